import type { Op } from '../../document/types.ts';
import type { SqlRow } from '../store.ts';
import type { Origins } from './marks.ts';

/** `edit` and `create` are what somebody did; `undo` and `redo` are the log's own answers to it. */
export type CommitKind = 'create' | 'edit' | 'undo' | 'redo';

/** One step back of a commit. */
export interface InverseStep {
  /** In simplest form. */
  op: Op;
  /** Where the values that `op` brings back came from. */
  prior?: Origins;
  /** Where the values that `op` takes away come from, where that is not the commit itself. */
  left?: Origins;
}

/** One commit as stored. */
export interface LoggedCommit {
  clock: number;
  commitId: string;
  actor: number;
  kind: CommitKind;
  /** Clocks of the commits that this undo or redo changed. */
  reverts: number[];
  key: string;
  /** The fingerprint of the request, where its key is a client's running number. */
  print: string | undefined;
  runId: string | undefined;
  message: string | undefined;
  at: number;
  /** The proposal that it accepts; `author` is the number of whoever proposed. */
  proposal: AcceptedProposal | undefined;
}

export interface AcceptedProposal {
  id: string;
  author: number;
  runId: string | undefined;
}

/** A commit under a client's running number. */
export interface NumberedCommit {
  clock: number;
  commitId: string;
  actor: number;
  key: string;
  print: string;
}

export interface CommitRow extends SqlRow {
  clock: number;
  commit_id: string;
  actor: number;
  kind: string;
  reverts: string | null;
  key: string;
  print: string | null;
  run_id: string | null;
  message: string | null;
  at: number;
  proposal: string | null;
  proposal_author: number | null;
  proposal_run: string | null;
}
export const COMMITS: string = `SELECT op.clock, commit_id, actor, kind, reverts, key, print, op.run_id, message, at, proposal,
  author AS proposal_author, proposal_commit.run_id AS proposal_run
  FROM op LEFT JOIN proposal_commit ON proposal_commit.clock = op.clock`;

export function commitOf(row: CommitRow): LoggedCommit {
  return {
    clock: row.clock,
    commitId: row.commit_id,
    actor: row.actor,
    kind: row.kind as CommitKind,
    reverts: row.reverts === null ? [] : (JSON.parse(row.reverts) as number[]),
    key: row.key,
    print: row.print ?? undefined,
    runId: row.run_id ?? undefined,
    message: row.message ?? undefined,
    at: row.at,
    proposal:
      row.proposal === null || row.proposal_author === null
        ? undefined
        : { id: row.proposal, author: row.proposal_author, runId: row.proposal_run ?? undefined },
  };
}
