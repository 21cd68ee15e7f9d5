import type { FlowErrorCode } from '../../document/errors.ts';
import type { FlowError, FlowIssue, Op } from '../../index.ts';
import type { Change, Conflict } from '../messages.ts';

/** Why the log refused; the codes are those of the public API. */
export type RefusalCode =
  | FlowErrorCode
  | 'conflict'
  | 'idempotency_conflict'
  | 'not_found'
  | 'not_retained'
  | 'proposal_incomplete'
  | 'forbidden';

/** What the log answers instead of throwing. Nothing has changed. */
export interface Refusal {
  ok: false;
  code: RefusalCode;
  /** One sentence: what is wrong and how to mend it. */
  detail: string;
  issues?: FlowIssue[];
  /** What the caller needs to go on, e.g. the oldest clock that is retained. */
  extra?: Record<string, number | string[]>;
}
export type Outcome<T> = ({ ok: true } & T) | Refusal;

/** What a commit did. */
export interface Committed {
  /** The flow's clock after it; the unchanged clock when nothing remained to be done; 0 when only known to be done. */
  clock: number;
  /** Empty when no commit was written. */
  commitId: string;
  /** In simplest form, clean-up included; empty when no commit was written or it is no longer retained. */
  applied: Op[];
  conflicts: Conflict[];
  /** For `undo` and `redo`: what could not be reverted, and why, in words. */
  skipped: string[];
  /** True when `applied` is not simply what the sent ops amount to, because others had removed what they touch. */
  adapted: boolean;
  /** What to tell the others; absent when nothing new was written, as for a repeated key. */
  change?: Change;
}

export function refuse(code: RefusalCode, detail: string, issues?: FlowIssue[]): Refusal {
  return { ok: false, code, detail, ...(issues && { issues }) };
}

export function refusalOf(error: FlowError): Refusal {
  return refuse(error.code, error.message, error.issues);
}

/** The flow as it stood at `clock` cannot be made any more; names the oldest clock that can. */
export function notRetained(clock: number, oldestClock: number): Refusal {
  return {
    ...refuse('not_retained', `Clock ${clock} is no longer retained: the oldest one is ${oldestClock}`),
    extra: { oldestClock },
  };
}

export function notFound(): Refusal {
  return refuse('not_found', 'There is no such flow');
}
