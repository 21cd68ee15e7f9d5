import type { Blame } from '@uxflow/flow/history';
import type { NameVersionRequest, Past, RestoreRequest, Version } from '@uxflow/flow/sync/server';
import type { Outcome } from '../platform/errors.ts';
import type { CommitResult } from './room.rpc.ts';

/** What the rest of the API may ask of a flow's history. Its room implements it. */
export interface HistoryRpc {
  /** Makes a version under a name; the same id again is answered with the version that it made. */
  nameVersion(input: NameVersionRequest): Promise<Outcome<{ version: Version }>>;
  /** Newest first; those made before the one whose `no` is `before`. */
  versions(before: number | undefined, limit: number): Promise<Outcome<{ versions: Version[] }>>;
  version(id: string): Promise<Outcome<{ version: Version }>>;
  /**
   * The flow as it stood at a clock or as the version with this id holds it: its document, or under which id the
   * archive has it. `not_retained` names the oldest clock.
   */
  past(ref: number | string): Promise<Outcome<Past>>;
  /** One commit that makes the flow what the version holds, see `FlowLog.restore`. */
  restoreVersion(input: RestoreRequest): Promise<Outcome<CommitResult>>;
  blame(): Promise<Outcome<{ clock: number } & Blame>>;
}
