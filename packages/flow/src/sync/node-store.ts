import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { SqlRow, SqlValue, Store } from './store.ts';

/** A store that is a file or memory of this process. */
export interface NodeStore extends Store {
  /** Closes the database; the store cannot be used afterwards. */
  close(): void;
}

/** Prepared statements kept at most; the cores use a few dozen. */
const KEPT_STATEMENTS = 200;

/**
 * The `node:sqlite` driver of the storage port.
 *
 * The file is held for this process alone: the cores keep in memory what stands in it, so a second writer must be
 * refused, and what is not shared needs no locks at each commit.
 *
 * @param path a file, made when absent, or `':memory:'`. A file is written through to the disk at each commit.
 */
export function nodeStore(path: string): NodeStore {
  const db = new DatabaseSync(path);
  db.exec('PRAGMA busy_timeout = 5000; PRAGMA locking_mode = EXCLUSIVE;');
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
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
      begin.run();
      try {
        const result = body();
        commit.run();
        return result;
      } catch (error) {
        // Some failures, a full disk among them, have rolled back already.
        if (db.isTransaction) rollback.run();
        throw error;
      }
    },
    close: () => db.close(),
  };
}
