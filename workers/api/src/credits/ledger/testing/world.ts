import type { SqlRow, SqlValue, Store } from '@uxflow/flow/sync/server';

/** Where a ledger lives. `reopen` gives the same data to a new process. */
export interface World {
  store: Store;
  reopen(): Store;
}
export type Wrap = (store: Store) => Store;

export class Crash extends Error {}

/** Dies in the middle of an operation when armed. */
export class Fuse implements Store {
  readonly #inner: Store;
  armed = Infinity;

  constructor(inner: Store) {
    this.#inner = inner;
  }

  exec<Row extends SqlRow>(sql: string, ...params: SqlValue[]): Row[] {
    this.armed -= 1;
    if (this.armed < 0) throw new Crash('the process died');
    return this.#inner.exec<Row>(sql, ...params);
  }

  transaction<T>(body: () => T): T {
    return this.#inner.transaction(body);
  }
}
