import { utf8Bytes } from '../../document/json.ts';
import type { Op } from '../../document/types.ts';
import type { Change, CommitProposal } from '../messages.ts';
import type { SqlRow, Store } from '../store.ts';
import { splitText } from '../text.ts';
import type { Actors } from './actors.ts';
import {
  commitOf,
  COMMITS,
  type AcceptedProposal,
  type CommitRow,
  type InverseStep,
  type LoggedCommit,
  type NumberedCommit,
} from './logged-commit.ts';

interface PayloadRow extends SqlRow {
  clock: number;
  text: string;
}

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

  /** @returns UTF-8 bytes of the ops, there and back. */
  append(commit: LoggedCommit, forward: readonly Op[], inverse: readonly InverseStep[]): number {
    const texts = { forward: JSON.stringify(forward), inverse: JSON.stringify(inverse) };
    const bytes = utf8Bytes(texts.forward) + utf8Bytes(texts.inverse);
    if (this.#bytes !== undefined) this.#bytes += bytes;
    const { clock, commitId, actor, kind, reverts, key, print, runId, message, at } = commit;
    this.#store.exec(
      `INSERT INTO op (clock, commit_id, actor, kind, reverts, key, print, run_id, message, at, forward, inverse)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      clock,
      commitId,
      actor,
      kind,
      reverts.length > 0 ? JSON.stringify(reverts) : null,
      key,
      print ?? null,
      runId ?? null,
      message ?? null,
      at,
      this.#firstPart(clock, 'forward', texts.forward),
      this.#firstPart(clock, 'inverse', texts.inverse),
    );
    if (!commit.proposal) return bytes;
    this.#store.exec(
      'INSERT INTO proposal_commit (clock, proposal, author, run_id) VALUES (?, ?, ?, ?)',
      clock,
      commit.proposal.id,
      commit.proposal.author,
      commit.proposal.runId ?? null,
    );
    return bytes;
  }

  /** The ops of one commit; undefined when it is not retained. */
  forward(clock: number): Op[] | undefined {
    return this.#payload<Op[]>(clock, 'forward');
  }

  inverse(clock: number): InverseStep[] | undefined {
    return this.#payload<InverseStep[]>(clock, 'inverse');
  }

  /** What the commits after `clock` did, oldest first. */
  *since(clock: number): Generator<{ clock: number; forward: Op[]; inverse: InverseStep[]; bytes: number }> {
    const rows = this.#store.exec<SqlRow & { clock: number; forward: string; inverse: string }>(
      'SELECT clock, forward, inverse FROM op WHERE clock > ? ORDER BY clock',
      clock,
    );
    for (const row of rows) {
      const forward = row.forward + this.#rest(row.clock, 'forward', row.forward);
      const inverse = row.inverse + this.#rest(row.clock, 'inverse', row.inverse);
      yield {
        clock: row.clock,
        forward: JSON.parse(forward) as Op[],
        inverse: JSON.parse(inverse) as InverseStep[],
        bytes: utf8Bytes(forward) + utf8Bytes(inverse),
      };
    }
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

  /** The commit that answered this running number; it is looked for from the latest one on. */
  numbered(actor: number, key: string): NumberedCommit | undefined {
    return this.#numbered(
      'actor = ? AND key = ? AND print IS NOT NULL ORDER BY clock DESC LIMIT 1',
      actor,
      key,
    )[0];
  }

  /** The commits under running numbers after `clock` and up to `last`, oldest first. */
  numberedBetween(clock: number, last: number = Number.MAX_SAFE_INTEGER): NumberedCommit[] {
    return this.#numbered('clock > ? AND clock <= ? AND print IS NOT NULL ORDER BY clock', clock, last);
  }

  #numbered(which: string, ...params: (string | number)[]): NumberedCommit[] {
    return this.#store
      .exec<SqlRow & Omit<NumberedCommit, 'commitId'> & { commit_id: string }>(
        `SELECT clock, commit_id, actor, key, print FROM op WHERE ${which}`,
        ...params,
      )
      .map(({ commit_id: commitId, ...row }) => ({ ...row, commitId }));
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

  #firstPart(clock: number, field: string, json: string): string {
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
    return JSON.parse(first.text + this.#rest(clock, field, first.text)) as T;
  }

  /** What of a payload goes on after its first part. */
  #rest(clock: number, field: 'forward' | 'inverse', first: string): string {
    // No character takes more than six bytes of a part: so short a one is the only one.
    if (first.length * 6 < ROW_BYTES - 12) return '';
    const rows = this.#store.exec<PayloadRow>(
      'SELECT clock, text FROM op_part WHERE clock = ? AND field = ? ORDER BY part',
      clock,
      field,
    );
    return rows.map(({ text }) => text).join('');
  }
}
