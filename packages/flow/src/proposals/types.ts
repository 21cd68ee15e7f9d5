import type { Op } from '../document/types.ts';
import type { Actor, Conflict } from '../sync/messages.ts';

/** `accepted` as soon as nothing is open any more and something of it was accepted. */
export type ProposalStatus = 'open' | 'accepted' | 'rejected' | 'expired';

/** `dropped`: accepted when what it belongs to was gone already, so that nothing of it landed. */
export type ProposalOpState = 'open' | 'accepted' | 'rejected' | 'dropped';

/** A proposal without its ops, as lists and the room tell it. Times are milliseconds since the epoch. */
export interface ProposalSummary {
  id: string;
  status: ProposalStatus;
  title: string;
  /** Who proposed it. */
  author: Actor;
  /** The agent run that it comes from. */
  runId?: string;
  /** The clock of the flow that its author had seen. */
  baseClock: number;
  /** How many ops it has in each state. */
  counts: Record<ProposalOpState, number>;
  /** What was accepted of it, oldest first. */
  commits: AcceptedCommit[];
  createdAt: number;
  expiresAt: number;
  /** When it was decided on or expired, and by whom; nobody ends what expires. */
  endedAt?: number;
  endedBy?: Actor;
}

/** One acceptance: a commit of whoever accepted. */
export interface AcceptedCommit {
  clock: number;
  commitId: string;
  actor: Actor;
  at: number;
}

export interface ProposalOp {
  opId: string;
  op: Op;
  state: ProposalOpState;
  /** Open ops that have to be accepted before or together with this one. */
  requires: string[];
  /** What has changed since the base clock and this op would overwrite, or cannot do any more because it is gone. */
  conflicts: Conflict[];
  /** Why it cannot land on the flow as it stands; absent when it can. */
  blocked?: string;
  /** Who changed it after it was proposed. */
  editedBy?: Actor;
}

export interface Proposal extends ProposalSummary {
  /** The clock against which `requires`, `conflicts` and `blocked` were worked out. */
  clock: number;
  ops: ProposalOp[];
}
