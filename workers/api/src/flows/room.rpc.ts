import type { FlowDocument, Op } from '@uxflow/flow';
import type { Actor, Change, Conflict } from '@uxflow/flow/sync';
import type { Outcome } from '../platform/errors.ts';
import type { HistoryRpc } from './history.rpc.ts';
import type { ProposalRpc } from './proposal.rpc.ts';

/** What the rest of the API may ask of a flow's room. `FlowRoom` implements it. */
export interface FlowRoomRpc extends HistoryRpc, ProposalRpc {
  /** Creates the flow at clock 0, or 1 when `document` is given. The same call again is answered the same. */
  create(input: CreateInput): Promise<Outcome<{ clock: number; document: FlowDocument }>>;
  /** The one door: every edit from REST, WebSocket, agents, import, layout and restore comes through here. */
  commit(input: CommitInput): Promise<Outcome<CommitResult>>;
  /** @returns `updatedAt` too, in milliseconds since the epoch, when a commit tells it. */
  snapshot(): Promise<Outcome<{ clock: number; document: FlowDocument; updatedAt?: number | undefined }>>;
  /** Commits after `clock` (else from the oldest retained one on), oldest first, at most `limit`. */
  commitsAfter(
    clock: number | undefined,
    limit: number,
  ): Promise<Outcome<{ commits: (Change & { commitId: string })[] }>>;
  /** Reverts the actor's last step (an agent run is one step); `conflict` when there is none. */
  undo(actor: Actor, key: string): Promise<Outcome<CommitResult & { skipped: string[] }>>;
  redo(actor: Actor, key: string): Promise<Outcome<CommitResult & { skipped: string[] }>>;
  /** Tells everyone in the room that a run's status has changed. */
  announceRun(run: { runId: string; status: string }): Promise<void>;
  /** The flow was deleted: closes all sockets and refuses edits. Storage stays, so that it can be restored. */
  close(code: string): Promise<void>;
  /** The flow was restored. */
  open(): Promise<void>;
}

export interface CreateInput {
  workspaceId: string;
  flowId: string;
  /** The partner's own customer; sockets that renew their token are judged by it. */
  tenantId?: string | null;
  name: string;
  document?: FlowDocument;
  actor: Actor;
}

export interface CommitInput {
  actor: Actor;
  ops: Op[];
  /** Idempotency key, unique for this actor in the flow for ever. */
  key: string;
  /** The clock the author had seen; fields changed since by others are reported as conflicts. */
  baseClock?: number;
  runId?: string;
  message?: string;
  /** Commits of the product itself (import, layout) go up to the document's limits instead of a commit's. */
  internal?: boolean;
}

export interface CommitResult {
  clock: number;
  commitId: string;
  /** The ops as applied, referential clean-up included. */
  applied: Op[];
  conflicts: Conflict[];
  /** The key had been used before: this is the first result again. */
  replayed?: boolean;
}
