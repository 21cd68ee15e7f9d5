import type { FlowDocument, Op } from '../../document/types.ts';
import type { NamedOp } from '../../proposals/requirements.ts';
import type { Actor, Change, Snapshot } from '../messages.ts';

/** How one author's ops ask to be committed. */
export interface CommitRequest {
  actor: Actor;
  /** Checked in full by the log, wherever they come from. */
  ops: Op[];
  /** Answered the same for ever: a repeated key carries nothing out twice. Keys of different actors are apart. */
  key: string;
  /** The clock that the author had seen. Without it the ops are taken as written against the flow as it stands. */
  baseClock?: number;
  /** Commits of one agent run are one step of undo. */
  runId?: string;
  message?: string;
  /** The product's own commit (import, layout): bounded by the document's limits instead of a commit's. */
  internal?: boolean;
  /** The key is `clientId:seq`, numbered upwards by a client that keeps count: bounded storage, see `Keys`. */
  sequenced?: boolean;
}

export interface RevertRequest {
  actor: Actor;
  key: string;
  sequenced?: boolean;
}

export interface RestoreRequest extends RevertRequest {
  versionId: string;
  /** What the version holds; checked in full. */
  document: FlowDocument;
}

export interface ProposeRequest {
  /** The same id again is answered with the proposal that it made. */
  id: string;
  title: string;
  actor: Actor;
  /** Written against the flow at `baseClock`; up to the limits of a document. */
  ops: Op[];
  /** A retained clock; the current one when absent. */
  baseClock?: number;
  runId?: string;
  /** Milliseconds until it expires; see `PROPOSAL_LIMITS`. */
  lifetime?: number;
}

export interface EditProposalRequest {
  id: string;
  actor: Actor;
  title?: string;
  /** What stands in the place of open ops. */
  ops?: NamedOp[];
}

export interface AcceptRequest extends RevertRequest {
  id: string;
  /** All that are open when absent. */
  opIds?: readonly string[];
}

export interface RejectRequest {
  id: string;
  actor: Actor;
  /** All that are open when absent. */
  opIds?: readonly string[];
}

/** Either what has happened, or the document when there is too much of it or it is no longer known. */
export type Catchup =
  | { kind: 'changes'; clock: number; changes: Change[] }
  | ({ kind: 'snapshot' } & Snapshot);

export interface FlowLogOptions {
  /** Commits kept for `at`, `commitsAfter` and undo; see `LOG_LIMITS`. */
  retention?: number;
  /** UTF-8 bytes of ops kept. */
  retentionBytes?: number;
  /** Commits after which their number is looked at. */
  compactEvery?: number;
  /** Commits after which what they did is written to the records. */
  settleEvery?: number;
}
