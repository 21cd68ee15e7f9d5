import type { CommitAuthor } from '../../history/blame.ts';
import type { CommitProposal } from '../messages.ts';
import type { SqlRow, Store } from '../store.ts';
import type { Actors } from './actors.ts';

interface AuthorRow extends SqlRow {
  clock: number;
  commit_id: string | null;
  actor: number;
  run_id: string | null;
  at: number;
}

const COLUMNS = 'clock, commit_id, actor, run_id, at';

/**
 * Who wrote each commit: of those that are retained the log knows it, of older ones it is kept as long as a value in
 * the document is theirs. So the last author of every field is known however much of the log has been forgotten.
 */
export class Authors {
  readonly #store: Store;
  readonly #actors: Actors;

  constructor(store: Store, actors: Actors) {
    this.#store = store;
    this.#actors = actors;
  }

  /** Number of the actor who wrote the commit at `clock`; undefined when nobody remembers. */
  actorAt(clock: number): number | undefined {
    return this.#find(clock)?.actor;
  }

  at(clock: number): CommitAuthor | undefined {
    const row = this.#find(clock);
    const proposal = row && this.#proposal(clock);
    return (
      row && {
        clock,
        actor: this.#actors.get(row.actor),
        at: row.at,
        ...(row.commit_id !== null && { commitId: row.commit_id }),
        ...(row.run_id !== null && { runId: row.run_id }),
        ...(proposal && { proposal }),
      }
    );
  }

  #proposal(clock: number): CommitProposal | undefined {
    const [row] = this.#store.exec<{ proposal: string; author: number; run_id: string | null }>(
      'SELECT proposal, author, run_id FROM proposal_commit WHERE clock = ?',
      clock,
    );
    return (
      row && {
        id: row.proposal,
        author: this.#actors.get(row.author),
        ...(row.run_id !== null && { runId: row.run_id }),
      }
    );
  }

  /** The flow was made, empty and without a commit. */
  created(actor: number, at: number): void {
    this.#store.exec('INSERT INTO author (clock, actor, at) VALUES (0, ?, ?)', actor, at);
  }

  /** To be called before the commits up to `floor` are forgotten: keeps those that `clocks` names, and no others. */
  keep(floor: number, clocks: ReadonlySet<number>): void {
    const kept = this.#store.exec<{ clock: number }>('SELECT clock FROM author');
    for (const { clock } of kept) {
      if (!clocks.has(clock)) this.#store.exec('DELETE FROM author WHERE clock = ?', clock);
    }
    const leaving = this.#store.exec<{ clock: number }>('SELECT clock FROM op WHERE clock <= ?', floor);
    for (const { clock } of leaving) {
      if (!clocks.has(clock)) continue;
      this.#store.exec(
        `INSERT INTO author (${COLUMNS}) SELECT ${COLUMNS} FROM op WHERE clock = ? ON CONFLICT DO NOTHING`,
        clock,
      );
    }
  }

  #find(clock: number): AuthorRow | undefined {
    return this.#store.exec<AuthorRow>(
      `SELECT ${COLUMNS} FROM op WHERE clock = ? UNION ALL SELECT ${COLUMNS} FROM author WHERE clock = ? LIMIT 1`,
      clock,
      clock,
    )[0];
  }
}
