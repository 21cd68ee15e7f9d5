import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { SqlRow, SqlValue, Store } from './store.ts';

/** A store that is a file or memory of this process. */
export interface NodeStore extends Store {
  /** Closes the database; the store cannot be used afterwards. */
  close(): void;
}

/** Prepared statements kept at most; the cores use a few dozen. */
const KEPT_STATEMENTS = 200;

/** Pages of the write-ahead log, 4 KB each, after which they are copied into the file, which waits for the disk twice. */
const CHECKPOINT_PAGES = 4_000;

/**
 * The `node:sqlite` driver of the storage port.
 *
 * @param path a file, made when absent, or `':memory:'`. A file is written through to the disk at each commit.
 */
export function nodeStore(path: string): NodeStore {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;');
  db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  const statements = new Map<string, StatementSync>();

  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    if (statements.size >= KEPT_STATEMENTS) statements.clear();
    const statement = db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };

  return {
    exec<Row extends SqlRow>(sql: string, ...params: SqlValue[]): Row[] {
      // The caller names the columns it selects; SQLite's own types are those of SqlValue (no big integers here).
      return prepare(sql).all(...params) as Row[];
    },
    transaction<T>(body: () => T): T {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = body();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => db.close(),
  };
}
