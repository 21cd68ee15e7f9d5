import type { Store } from '../store.ts';

/** The steps of each actor that undo and redo can take; read from the log, latest first, so without an index. */
export class Steps {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
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
}
