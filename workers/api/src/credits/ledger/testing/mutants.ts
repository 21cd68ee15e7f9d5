import type { SqlRow, SqlValue } from '@uxflow/flow/sync/server';
import type { Wrap } from './world.ts';

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
      `INSERT INTO idem (key, request, response) SELECT value ->> 0, '[]'`,
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
    altered(
      'a repeated hold answers as if it had not ended',
      'SELECT id, state, queue_seq IS NOT NULL AS queued',
      `SELECT id, 'open' AS state, queue_seq IS NOT NULL AS queued`,
    ),
    altered(
      'a clawback adds to the one before instead of moving to its target',
      'SELECT granted, target, clawed FROM payment',
      'SELECT granted, target, 0 AS clawed FROM payment',
    ),
    altered(
      'a clawback takes from other payments first',
      'ORDER BY payment_intent IS NOT ?,',
      'ORDER BY payment_intent IS ?,',
    ),
    altered(
      'what is clawed back stays in its grant',
      'UPDATE "grant" SET remaining = remaining - part.amount',
      null,
    ),
    altered(
      'a renewal takes credits that were bought',
      `WHERE source = 'plan' AND expires_at = ?`,
      'WHERE (expires_at = ? OR expires_at IS NULL)',
    ),
    altered('a second renewal rolls over beyond the cap', 'SET rolled = rolled + ?', 'SET rolled = 0 * ?'),
    altered(
      'expired credits roll over more than once',
      'lost = "grant".lost - part.lost',
      'lost = "grant".lost',
    ),
    altered(
      'unused overage stays granted',
      `source = 'overage' AND remaining > held`,
      `source = 'overage' AND 0`,
    ),
    altered(
      'overage is billed twice',
      'INSERT INTO meter (run_id, amount, at) SELECT value ->> 0, value ->> 1',
      'INSERT INTO meter (run_id, amount, at) SELECT value ->> 0, 2 * (value ->> 1)',
    ),
    altered(
      'the last in the queue comes first',
      'ORDER BY queue_seq\n     LIMIT',
      'ORDER BY queue_seq DESC\n     LIMIT',
    ),
    altered('a free slot is given to nobody', '(SELECT concurrent_runs FROM policy)', '0'),
    altered('the time of a queued run goes by while it waits', 'expires_at = n.expires_at', 'life = life'),
    altered('an extra hold leaves no trace', 'SET amount = e.amount, overage', 'SET overage'),
    altered(
      'an alert is given again and again',
      'UPDATE tank SET announced = ?',
      'UPDATE tank SET announced = 0 * ?',
    ),
    altered('a budget of one user limits nobody', 'r.id = w.id', `r.id = '*' AND w.id = '*'`),
    altered(
      'the audit log says something else than was hashed',
      'hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
      `hash) VALUES (?, ?, ?, ?, ?, ? || ' ', ?)`,
    ),
    withoutRollback(),
  ];
}
