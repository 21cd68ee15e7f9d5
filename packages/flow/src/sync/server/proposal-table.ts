import type { NamedOp } from '../../proposals/requirements.ts';
import type { ProposalOpState, ProposalStatus, ProposalSummary } from '../../proposals/types.ts';
import type { Op } from '../../document/types.ts';
import type { SqlRow, Store } from '../store.ts';
import type { Actors } from './actors.ts';

/** A proposal as stored, actors by number. */
export interface StoredProposal {
  no: number;
  id: string;
  /** What was decided; `open` also when it has expired since and nobody has noted it. */
  status: ProposalStatus;
  title: string;
  author: number;
  runId: string | undefined;
  base: number;
  commits: StoredCommit[];
  created: number;
  expires: number;
  ended: number | undefined;
  endedBy: number | undefined;
  bytes: number;
}

interface StoredCommit {
  clock: number;
  commitId: string;
  actor: number;
  at: number;
}

export interface StoredOp extends NamedOp {
  state: ProposalOpState;
  /** Number of the actor who changed it. */
  edited: number | undefined;
}

interface ProposalRow extends SqlRow {
  no: number;
  id: string;
  status: ProposalStatus;
  title: string;
  author: number;
  run_id: string | null;
  base: number;
  commits: string;
  created: number;
  expires: number;
  ended: number | null;
  ended_by: number | null;
  bytes: number;
}

const PREFIX = 'op_';

/** The tables of a flow's proposals. */
export class ProposalTable {
  readonly #store: Store;
  readonly #actors: Actors;

  constructor(store: Store, actors: Actors) {
    this.#store = store;
    this.#actors = actors;
  }

  find(id: string): StoredProposal | undefined {
    return this.#select('WHERE id = ?', id)[0];
  }

  /** Newest first, those made before the one whose `no` is `before`; of one status as it is at `now`, or of all. */
  list(
    before: number | undefined,
    limit: number,
    status: ProposalStatus | undefined,
    now: number,
  ): StoredProposal[] {
    const last = before ?? Number.MAX_SAFE_INTEGER;
    if (status === undefined) return this.#select('WHERE no < ? ORDER BY no DESC LIMIT ?', last, limit);
    return this.#select(
      `WHERE no < ? AND iif(status = 'open' AND expires <= ?, 'expired', status) = ? ORDER BY no DESC LIMIT ?`,
      last,
      now,
      status,
      limit,
    );
  }

  /** Those that nobody has decided on by `now`, whose time is up. */
  overdue(now: number): StoredProposal[] {
    return this.#select(`WHERE status = 'open' AND expires <= ? ORDER BY no`, now);
  }

  /** When the next one expires. */
  nextExpiry(): number | undefined {
    const [row] = this.#store.exec<{ at: number | null }>(
      `SELECT min(expires) AS at FROM proposal WHERE status = 'open'`,
    );
    return row?.at ?? undefined;
  }

  /** How many are open at `now`, and the bytes of their ops. */
  open(now: number): { count: number; bytes: number } {
    const [row] = this.#store.exec<{ count: number; bytes: number | null }>(
      `SELECT count(*) AS count, sum(bytes) AS bytes FROM proposal WHERE status = 'open' AND expires > ?`,
      now,
    );
    return { count: row?.count ?? 0, bytes: row?.bytes ?? 0 };
  }

  add(
    proposal: Omit<StoredProposal, 'no' | 'status' | 'commits' | 'ended' | 'endedBy'>,
    ops: readonly Op[],
  ): void {
    const { id, title, author, runId, base, created, expires, bytes } = proposal;
    const [row] = this.#store.exec<{ no: number }>(
      `INSERT INTO proposal (id, status, title, author, run_id, base, commits, created, expires, bytes)
       VALUES (?, 'open', ?, ?, ?, ?, '[]', ?, ?, ?) RETURNING no`,
      id,
      title,
      author,
      runId ?? null,
      base,
      created,
      expires,
      bytes,
    );
    if (!row) throw new Error('SQLite returned no row for an insert');
    ops.forEach((op, i) => {
      this.#store.exec(
        `INSERT INTO proposal_op (proposal, pos, json, state) VALUES (?, ?, ?, 'open')`,
        row.no,
        i + 1,
        JSON.stringify(op),
      );
    });
  }

  ops(no: number): StoredOp[] {
    return this.#store
      .exec<{ pos: number; json: string; state: ProposalOpState; edited: number | null }>(
        'SELECT pos, json, state, edited FROM proposal_op WHERE proposal = ? ORDER BY pos',
        no,
      )
      .map(({ pos, json, state, edited }) => ({
        opId: `${PREFIX}${pos}`,
        op: JSON.parse(json) as Op,
        state,
        edited: edited ?? undefined,
      }));
  }

  setState(no: number, opId: string, state: ProposalOpState): void {
    this.#store.exec(
      'UPDATE proposal_op SET state = ? WHERE proposal = ? AND pos = ?',
      state,
      no,
      Number(opId.slice(PREFIX.length)),
    );
  }

  setOp(no: number, opId: string, op: Op, editor: number): void {
    this.#store.exec(
      'UPDATE proposal_op SET json = ?, edited = ? WHERE proposal = ? AND pos = ?',
      JSON.stringify(op),
      editor,
      no,
      Number(opId.slice(PREFIX.length)),
    );
  }

  setText(no: number, title: string, bytes: number): void {
    this.#store.exec('UPDATE proposal SET title = ?, bytes = ? WHERE no = ?', title, bytes, no);
  }

  addCommit({ no, commits }: StoredProposal, commit: StoredCommit): void {
    this.#store.exec(
      'UPDATE proposal SET commits = ? WHERE no = ?',
      JSON.stringify([...commits, commit]),
      no,
    );
  }

  end(no: number, status: ProposalStatus, at: number, by: number | null): void {
    this.#store.exec(
      'UPDATE proposal SET status = ?, ended = ?, ended_by = ? WHERE no = ?',
      status,
      at,
      by,
      no,
    );
  }

  /** Forgets the oldest of the ended ones, so that at most `count` with at most `bytes` of ops remain. */
  prune(count: number, bytes: number): void {
    let kept = 0;
    let size = 0;
    const ended = this.#store.exec<{ no: number; bytes: number }>(
      `SELECT no, bytes FROM proposal WHERE status <> 'open' ORDER BY ended DESC, no DESC`,
    );
    for (const each of ended) {
      kept += 1;
      size += each.bytes;
      if (kept === 1 || (kept <= count && size <= bytes)) continue;
      this.#store.exec('DELETE FROM proposal WHERE no = ?', each.no);
      this.#store.exec('DELETE FROM proposal_op WHERE proposal = ?', each.no);
    }
  }

  /** As it is told, at `now`. */
  summary(proposal: StoredProposal, now: number): ProposalSummary {
    const { no, id, title, base, created, expires, runId, ended, endedBy } = proposal;
    const hasExpired = isExpired(proposal, now);
    const endedAt = hasExpired ? expires : ended;
    const counts = { open: 0, accepted: 0, rejected: 0, dropped: 0 };
    const states = this.#store.exec<{ state: ProposalOpState; n: number }>(
      'SELECT state, count(*) AS n FROM proposal_op WHERE proposal = ? GROUP BY state',
      no,
    );
    for (const { state, n } of states) counts[state] = n;
    return {
      id,
      status: hasExpired ? 'expired' : proposal.status,
      title,
      author: this.#actors.get(proposal.author),
      ...(runId !== undefined && { runId }),
      baseClock: base,
      counts,
      commits: proposal.commits.map((commit) => ({ ...commit, actor: this.#actors.get(commit.actor) })),
      createdAt: created,
      expiresAt: expires,
      ...(endedAt !== undefined && { endedAt }),
      ...(endedBy !== undefined && { endedBy: this.#actors.get(endedBy) }),
    };
  }

  #select(which: string, ...params: (string | number)[]): StoredProposal[] {
    return this.#store
      .exec<ProposalRow>(`SELECT * FROM proposal ${which}`, ...params)
      .map(({ run_id, ended_by, commits, ended, ...row }) => ({
        ...row,
        runId: run_id ?? undefined,
        commits: JSON.parse(commits) as StoredCommit[],
        ended: ended ?? undefined,
        endedBy: ended_by ?? undefined,
      }));
  }
}

/** Whether its time is up and nobody has decided on it. */
export function isExpired({ status, expires }: StoredProposal, now: number): boolean {
  return status === 'open' && expires <= now;
}
