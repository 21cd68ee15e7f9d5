import type { SqlRow, SqlValue } from '@uxflow/flow/sync/server';
import type { Wrap } from './history.ts';

/** A ledger with one bug planted: a statement that is altered or left out on its way to storage. */
export interface Mutant {
  name: string;
  wrap: Wrap;
  /** How often the bug has been in effect. */ fired(): number;
}

/** `replace` null leaves the statement out. */
function altered(name: string, find: string, replace: string | null): Mutant {
  let fired = 0;
  const wrap: Wrap = (inner) => ({
    exec<Row extends SqlRow>(sql: string, ...params: SqlValue[]): Row[] {
      if (!sql.includes(find)) return inner.exec<Row>(sql, ...params);
      fired += 1;
      return replace === null ? [] : inner.exec<Row>(sql.replace(find, replace), ...params);
    },
    transaction: (body) => inner.transaction(body),
  });
  return { name, wrap, fired: () => fired };
}

function withoutRollback(): Mutant {
  let fired = 0;
  const wrap: Wrap = (inner) => ({
    exec: <Row extends SqlRow>(sql: string, ...params: SqlValue[]) => inner.exec<Row>(sql, ...params),
    transaction<T>(body: () => T): T {
      fired += 1;
      return body();
    },
  });
  return { name: 'a crash keeps half an operation', wrap, fired: () => fired };
}

/** Fresh mutants; each must be caught by `play`. */
export function mutants(): Mutant[] {
  return [
    altered('answers are not remembered, so a duplicate counts twice', 'INSERT INTO idem', null),
    altered(
      'a grant forgets what it was asked, so another request replays',
      'INSERT INTO idem (key, request, response) SELECT value ->> 0, value ->> 1',
      `INSERT INTO idem (key, request, response) SELECT value ->> 0, ''`,
    ),
    altered(
      'settling gives back only what was charged',
      'held = held - c.released',
      'held = held - c.charged',
    ),
    altered(
      'settling does not use the grant up',
      'remaining = remaining - c.charged',
      'remaining = remaining',
    ),
    altered(
      'a grant that expires takes held credits along',
      'lost = lost + remaining - held, remaining = held',
      'lost = lost + remaining, remaining = 0, held = 0',
    ),
    altered(
      'credits are spent after their expiry',
      'WHERE expires_at <= ? AND expires_at IS NOT NULL',
      'WHERE expires_at <= ? AND 0',
    ),
    altered(
      'the hold of a dead agent stays open',
      `state = 'open' AND expires_at <= ?`,
      `state = 'open' AND expires_at <= ? AND 0`,
    ),
    altered(
      'the oldest grant burns first, whatever its expiry',
      'WHERE remaining > held ORDER BY priority, expires_at IS NULL, expires_at, id',
      'WHERE remaining > held ORDER BY id',
    ),
    altered(
      'a grant without expiry burns before one that expires',
      'ORDER BY priority, expires_at IS NULL, expires_at, id',
      'ORDER BY priority, expires_at, id',
    ),
    altered(
      'a settlement charges the grant that burns last',
      `json_each(?)) ORDER BY priority, expires_at IS NULL, expires_at, id`,
      'json_each(?)) ORDER BY priority DESC, expires_at IS NOT NULL, expires_at DESC, id DESC',
    ),
    altered(
      'open holds do not count against a budget',
      'SET held = budget.held + c.held',
      'SET held = budget.held',
    ),
    altered('what is spent today counts yesterday too', ' AND budget.start = c.start', ''),
    altered('holds are not bound to grants', 'UPDATE "grant" SET held = held + part.amount', null),
    altered('balances move without an entry', 'INSERT INTO entry', null),
    altered('an account misses a movement', 'UPDATE account SET balance = balance + delta.amount', null),
    altered(
      'the outbox skips a row that never arrived',
      'delivered = MAX(delivered, ?)',
      'delivered = MAX(delivered, ? + 1)',
    ),
    altered(
      'nothing wakes the outbox',
      'SET due_at = COALESCE(due_at, ?)',
      'SET due_at = NULLIF(due_at, due_at + ?)',
    ),
    altered('the alarm does not know of holds', `FROM hold WHERE state = 'open'\n`, 'FROM hold WHERE 0\n'),
    withoutRollback(),
  ];
}
