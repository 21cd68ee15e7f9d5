/** What SQLite takes and gives. */
export type SqlValue = string | number | null | Uint8Array;
export type SqlRow = Record<string, SqlValue>;

/**
 * The one storage port of every pure core (the flow log here, the credit ledger in the API Worker).
 * Synchronous on purpose: a core changes its tables in one uninterrupted block, so there is nothing to lock.
 * Drivers: `node:sqlite` (simulations, tests, self-hosting) and Durable Object SQLite (production).
 */
export interface Store {
  /** Runs one statement with positional `?` parameters and returns its rows. */
  exec<Row extends SqlRow = SqlRow>(sql: string, ...params: SqlValue[]): Row[];
  /** Runs `body` atomically: when it throws, every change it made is rolled back and the error rethrown. Not nested. */
  transaction<T>(body: () => T): T;
}

/** What a pure core may ask of the world besides storage. */
export interface Ports {
  /** Milliseconds since the epoch. */
  now(): number;
  /** A new unique id with this prefix, e.g. `newId('cmt')` → `cmt_01J…`. */
  newId(prefix: string): string;
}
