import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { SqlRow, SqlValue, Store } from '@uxflow/flow/sync/server';
import { nodeStore } from '@uxflow/flow/sync/node';
import { migrate } from '../schema.ts';
import { play } from './history.ts';
import type { Step } from './steps.ts';
import type { Wrap } from './world.ts';

export type Sandbox = (steps: readonly Step[], wrap?: Wrap) => void;

/**
 * Plays histories one after another on one database in memory: each begins with the ledger's empty tables and is rolled
 * back as a whole, which is fifty times as fast as a new database. Operations are savepoints in it.
 */
export function inMemory(): Sandbox {
  const db = new DatabaseSync(':memory:');
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const store: Store = {
    exec: <Row extends SqlRow>(sql: string, ...params: SqlValue[]) => prepare(sql).all(...params) as Row[],
    transaction<T>(body: () => T): T {
      prepare('SAVEPOINT operation').run();
      try {
        return body();
      } catch (error) {
        prepare('ROLLBACK TO operation').run();
        throw error;
      } finally {
        prepare('RELEASE operation').run();
      }
    },
  };
  migrate(store);
  return (steps, wrap) => {
    prepare('BEGIN').run();
    try {
      play(steps, { store, reopen: () => store }, wrap);
    } finally {
      prepare('ROLLBACK').run();
    }
  };
}

/** Plays each history on a new file; a new process finds only what is in it. Not synced: nothing kills the machine here. */
export function onFiles(directory: string): Sandbox {
  let files = 0;
  const open = (path: string) => {
    const store = nodeStore(path);
    store.exec('PRAGMA synchronous = OFF');
    return store;
  };
  return (steps, wrap) => {
    const path = join(directory, `${(files += 1)}.sqlite`);
    let current = open(path);
    const store: Store = {
      exec: (sql, ...params) => current.exec(sql, ...params),
      transaction: (body) => current.transaction(body),
    };
    const reopen = () => {
      current.close();
      current = open(path);
      return store;
    };
    try {
      play(steps, { store, reopen }, wrap);
    } finally {
      current.close();
      for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    }
  };
}
