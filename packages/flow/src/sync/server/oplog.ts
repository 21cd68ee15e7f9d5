import { utf8Bytes } from '../../document/json.ts';
import type { Op } from '../../document/types.ts';
import type { Change, CommitProposal } from '../messages.ts';
import type { SqlRow, Store } from '../store.ts';
import { splitText } from '../text.ts';
import type { Actors } from './actors.ts';
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

interface CommitRow extends SqlRow {
  clock: number;
  commit_id: string;
  actor: number;
  kind: string;
  reverts: string | null;
  key: string;
  run_id: string | null;
  message: string | null;
  at: number;
  proposal: string | null;
  proposal_author: number | null;
  proposal_run: string | null;
}
interface PayloadRow extends SqlRow {
  clock: number;
  text: string;
}

const COMMITS = `SELECT op.clock, commit_id, actor, kind, reverts, key, op.run_id, message, at, proposal,
  author AS proposal_author, proposal_commit.run_id AS proposal_run
  FROM op LEFT JOIN proposal_commit ON proposal_commit.clock = op.clock`;
/** A row holds 2 MB in Durable Object SQLite; what is longer goes on in `op_part`. */
const ROW_BYTES = 512 * 1024;

/** The commits that are retained, and what undo needs to know about them. */
export class OpLog {
  readonly #store: Store;
  readonly #actors: Actors;
  /** Measured when first asked for, then counted. */
  #bytes: number | undefined;

  constructor(store: Store, actors: Actors) {
    this.#store = store;
    this.#actors = actors;
  }

  append(commit: LoggedCommit, forward: readonly Op[], inverse: readonly InverseStep[]): void {
    const { clock, commitId, actor, kind, reverts, key, runId, message, at } = commit;
    this.#store.exec(
      `INSERT INTO op (clock, commit_id, actor, kind, reverts, key, run_id, message, at, forward, inverse)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      clock,
      commitId,
      actor,
      kind,
      reverts.length > 0 ? JSON.stringify(reverts) : null,
      key,
      runId ?? null,
      message ?? null,
      at,
      this.#firstPart(clock, 'forward', forward),
      this.#firstPart(clock, 'inverse', inverse),
    );
    if (!commit.proposal) return;
    this.#store.exec(
      'INSERT INTO proposal_commit (clock, proposal, author, run_id) VALUES (?, ?, ?, ?)',
      clock,
      commit.proposal.id,
      commit.proposal.author,
      commit.proposal.runId ?? null,
    );
  }

  /** The ops of one commit; undefined when it is not retained. */
  forward(clock: number): Op[] | undefined {
    return this.#payload<Op[]>(clock, 'forward');
  }

  inverse(clock: number): InverseStep[] | undefined {
    return this.#payload<InverseStep[]>(clock, 'inverse');
  }

  find(clock: number): LoggedCommit | undefined {
    const row = this.#store.exec<CommitRow>(`${COMMITS} WHERE op.clock = ?`, clock)[0];
    return row && commitOf(row);
  }

  /** Commits after `clock`, oldest first, at most `limit`, as they are told to readers. */
  after(clock: number, limit: number): (Change & { commitId: string })[] {
    const rows = this.#store.exec<CommitRow>(
      `${COMMITS} WHERE op.clock > ? ORDER BY op.clock LIMIT ?`,
      clock,
      limit,
    );
    return rows.map((row) => {
      const commit = commitOf(row);
      return { ...this.change(commit, this.forward(row.clock) ?? []), commitId: commit.commitId };
    });
  }

  change(commit: LoggedCommit, ops: Op[]): Change {
    const { clock, at, key, runId, message } = commit;
    return {
      clock,
      ops,
      actor: this.#actors.get(commit.actor),
      at,
      key,
      ...(runId !== undefined && { runId }),
      ...(message !== undefined && { message }),
      ...(commit.proposal && { proposal: this.#proposal(commit.proposal) }),
    };
  }

  #proposal({ id, author, runId }: AcceptedProposal): CommitProposal {
    return { id, author: this.#actors.get(author), ...(runId !== undefined && { runId }) };
  }

  /** How many commits follow `clock`, and how long their ops are as JSON, in characters. */
  measureAfter(clock: number): { commits: number; length: number } {
    const [row] = this.#store.exec<{ commits: number; length: number | null }>(
      `SELECT count(*) AS commits,
         coalesce(sum(length(forward)), 0) +
         coalesce((SELECT sum(length(text)) FROM op_part WHERE clock > ? AND field = 'forward'), 0) AS length
       FROM op WHERE clock > ?`,
      clock,
      clock,
    );
    return { commits: row?.commits ?? 0, length: row?.length ?? 0 };
  }

  /** The lowest clock that the retained commits lead back to; `now` when none are retained. */
  floor(now: number): number {
    const [row] = this.#store.exec<{ first: number | null }>('SELECT min(clock) AS first FROM op');
    return row?.first == null ? now : row.first - 1;
  }

  /** UTF-8 bytes of all retained ops, there and back. */
  get bytes(): number {
    return (this.#bytes ??= this.#bytesUpTo(Number.MAX_SAFE_INTEGER));
  }

  /** The highest clock from which on the retained ops hold more than `bytes`; 0 when all hold less. */
  clockBeyond(bytes: number): number {
    let total = 0;
    const sizes = this.#store.exec<{ clock: number; bytes: number }>(
      `SELECT clock, octet_length(forward) + octet_length(inverse) + coalesce(
         (SELECT sum(octet_length(text)) FROM op_part WHERE op_part.clock = op.clock), 0) AS bytes
       FROM op ORDER BY clock DESC`,
    );
    for (const size of sizes) {
      total += size.bytes;
      if (total > bytes) return size.clock;
    }
    return 0;
  }

  /** Forgets commits up to and including `clock`. */
  prune(clock: number): void {
    if (this.#bytes !== undefined) this.#bytes -= this.#bytesUpTo(clock);
    this.#store.exec('DELETE FROM op WHERE clock <= ?', clock);
    this.#store.exec('DELETE FROM op_part WHERE clock <= ?', clock);
    this.#store.exec(
      'DELETE FROM proposal_commit WHERE clock <= ? AND clock NOT IN (SELECT clock FROM author)',
      clock,
    );
  }

  /** Forgets what was counted, after a transaction failed. */
  forget(): void {
    this.#bytes = undefined;
  }

  /** Clocks, latest first, of the actor's last step that stands: one commit, or all that he made in one run. */
  lastStep(actor: number): number[] {
    const [last] = this.#store.exec<{ clock: number; run_id: string | null }>(
      `SELECT clock, run_id FROM op WHERE actor = ? AND kind = 'edit' AND undone = 0 ORDER BY clock DESC LIMIT 1`,
      actor,
    );
    if (!last) return [];
    if (last.run_id === null) return [last.clock];
    return this.#store
      .exec<{ clock: number }>(
        `SELECT clock FROM op WHERE actor = ? AND kind = 'edit' AND undone = 0 AND run_id = ? ORDER BY clock DESC`,
        actor,
        last.run_id,
      )
      .map((row) => row.clock);
  }

  /** Clock of the actor's last undo that he can still redo: he has made no edit of his own since. */
  lastUndo(actor: number): number | undefined {
    return this.#store.exec<{ clock: number }>(
      `SELECT clock FROM op WHERE actor = ? AND kind = 'undo' AND undone = 0
         AND clock > (SELECT coalesce(max(clock), 0) FROM op WHERE actor = ? AND kind = 'edit')
       ORDER BY clock DESC LIMIT 1`,
      actor,
      actor,
    )[0]?.clock;
  }

  markUndone(clocks: readonly number[], undone: boolean): void {
    for (const clock of clocks)
      this.#store.exec('UPDATE op SET undone = ? WHERE clock = ?', undone ? 1 : 0, clock);
  }

  /** UTF-8 bytes of the ops of all commits up to `clock`. */
  #bytesUpTo(clock: number): number {
    const [row] = this.#store.exec<{ bytes: number }>(
      `SELECT coalesce((SELECT sum(octet_length(forward) + octet_length(inverse)) FROM op WHERE clock <= ?), 0) +
         coalesce((SELECT sum(octet_length(text)) FROM op_part WHERE clock <= ?), 0) AS bytes`,
      clock,
      clock,
    );
    return row?.bytes ?? 0;
  }

  #firstPart(clock: number, field: string, payload: unknown): string {
    const json = JSON.stringify(payload);
    if (this.#bytes !== undefined) this.#bytes += utf8Bytes(json);
    const [first = '', ...rest] = splitText(json, ROW_BYTES);
    rest.forEach((text, part) => {
      this.#store.exec(
        'INSERT INTO op_part (clock, field, part, text) VALUES (?, ?, ?, ?)',
        clock,
        field,
        part,
        text,
      );
    });
    return first;
  }

  #payload<T>(clock: number, field: 'forward' | 'inverse'): T | undefined {
    const first = this.#store.exec<PayloadRow>(
      `SELECT clock, ${field} AS text FROM op WHERE clock = ?`,
      clock,
    )[0];
    if (!first) return undefined;
    const rest = this.#store.exec<PayloadRow>(
      'SELECT clock, text FROM op_part WHERE clock = ? AND field = ? ORDER BY part',
      clock,
      field,
    );
    return JSON.parse(first.text + rest.map((row) => row.text).join('')) as T;
  }
}

function commitOf(row: CommitRow): LoggedCommit {
  return {
    clock: row.clock,
    commitId: row.commit_id,
    actor: row.actor,
    kind: row.kind as CommitKind,
    reverts: row.reverts === null ? [] : (JSON.parse(row.reverts) as number[]),
    key: row.key,
    runId: row.run_id ?? undefined,
    message: row.message ?? undefined,
    at: row.at,
    proposal:
      row.proposal === null || row.proposal_author === null
        ? undefined
        : { id: row.proposal, author: row.proposal_author, runId: row.proposal_run ?? undefined },
  };
}
