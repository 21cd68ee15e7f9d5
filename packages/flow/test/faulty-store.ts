import type { SqlRow, SqlValue, Store } from '../src/sync/server/index.ts';

/** The store has failed on purpose, as with a full disk. */
export class StorageFailure extends Error {}

/**
 * Where the failure strikes: before or after a statement is carried out, when a transaction is to be written, or when
 * it is written already and only the word of it gets lost.
 */
export type FailurePoint = 'before' | 'after' | 'commit' | 'committed';

/** A store that fails when it is told to, once. */
export class FaultyStore implements Store {
  readonly #store: Store;
  #point: FailurePoint | undefined;
  /** Statements still to be carried out before the failure. */
  #left = 0;
  failures = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The next failure, after so many statements; those at the end of a transaction count none. */
  arm(point: FailurePoint, statements: number): void {
    this.#point = point;
    this.#left = statements;
  }

  heal(): void {
    this.#point = undefined;
  }

  exec<Row extends SqlRow>(sql: string, ...params: SqlValue[]): Row[] {
    const strikes = (this.#point === 'before' || this.#point === 'after') && this.#left-- <= 0;
    if (strikes && this.#point === 'before') this.#fail();
    const rows = this.#store.exec<Row>(sql, ...params);
    if (strikes) this.#fail();
    return rows;
  }

  transaction<T>(body: () => T): T {
    const result = this.#store.transaction(() => {
      const inner = body();
      if (this.#point === 'commit') this.#fail();
      return inner;
    });
    if (this.#point === 'committed') this.#fail();
    return result;
  }

  #fail(): never {
    this.#point = undefined;
    this.failures += 1;
    throw new StorageFailure('the disk is full');
  }
}
