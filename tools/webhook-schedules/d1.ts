import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { ROOT } from '../lib/paths.ts';
import { passFuse } from './fuse.ts';

const folder = join(ROOT, 'workers/api/migrations');
const MIGRATIONS = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n');

/** As much of D1 over a database in memory as the product's queries use, with the product's tables in it. */
export function memoryD1(): { d1: D1Database; sqlite: DatabaseSync } {
  const sqlite = new DatabaseSync(':memory:');
  sqlite.exec(MIGRATIONS);
  const known = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    let statement = known.get(sql);
    if (!statement) known.set(sql, (statement = sqlite.prepare(sql)));
    return statement;
  };
  const d1 = {
    prepare: (sql: string) => new Statement(prepared(sql), []),
    batch: (statements: Statement[]) =>
      guarded(() => {
        sqlite.exec('BEGIN');
        try {
          const results = statements.map((statement) => statement.now());
          sqlite.exec('COMMIT');
          return results;
        } catch (error) {
          sqlite.exec('ROLLBACK');
          throw error;
        }
      }),
  };
  return { d1: d1 as unknown as D1Database, sqlite };
}

async function guarded<T>(work: () => T): Promise<T> {
  await passFuse();
  const result = work();
  await passFuse();
  return result;
}

class Statement {
  readonly #prepared: StatementSync;
  readonly #values: SQLInputValue[];

  constructor(prepared: StatementSync, values: SQLInputValue[]) {
    this.#prepared = prepared;
    this.#values = values;
  }

  bind(...values: (SQLInputValue | boolean)[]): Statement {
    const plain = values.map((value) => (typeof value === 'boolean' ? Number(value) : value));
    return new Statement(this.#prepared, plain);
  }

  now(): { results: unknown[]; success: true; meta: object } {
    this.#prepared.setReturnArrays(false);
    return { results: this.#prepared.all(...this.#values), success: true, meta: {} };
  }

  run() {
    return guarded(() => this.now());
  }

  all() {
    return guarded(() => this.now());
  }

  raw(): Promise<unknown[][]> {
    return guarded(() => {
      this.#prepared.setReturnArrays(true);
      return this.#prepared.all(...this.#values) as unknown as unknown[][];
    });
  }
}
