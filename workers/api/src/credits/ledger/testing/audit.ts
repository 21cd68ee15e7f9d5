import type { SqlRow, Store } from '@uxflow/flow/sync/server';

/** Reads a ledger's raw tables and says which of its laws are broken. Knows the tables, none of the ledger's code. */
export function audit(store: Store): string[] {
  const broken: string[] = [];
  const law = (holds: boolean, what: string) => {
    if (!holds) broken.push(what);
  };
  const none = (sql: string, what: string) => law(store.exec(sql).length === 0, what);

  none(
    `SELECT a.name FROM account AS a LEFT JOIN (
       SELECT name, SUM(delta) AS balance FROM (
         SELECT debit AS name, amount AS delta FROM entry UNION ALL SELECT credit, -amount FROM entry) GROUP BY name
     ) AS fold ON fold.name = a.name WHERE a.balance <> COALESCE(fold.balance, 0)`,
    'an account is the fold of the entries',
  );
  none('SELECT 1 FROM (SELECT SUM(balance) AS total FROM account) WHERE total <> 0', 'entries balance');
  none(
    'SELECT 1 FROM (SELECT COUNT(*) AS n, MAX(seq) AS last FROM entry) WHERE n <> COALESCE(last, 0)',
    'the journal has no gap',
  );
  none(
    `SELECT g.id FROM "grant" AS g LEFT JOIN hold_alloc AS a ON a.grant_id = g.id
     GROUP BY g.id HAVING g.held <> COALESCE(SUM(a.amount), 0)`,
    'Σ hold_alloc = grant.held',
  );
  none(
    'SELECT 1 FROM "grant" WHERE NOT (0 <= held AND held <= remaining AND remaining <= amount)',
    '0 ≤ held ≤ remaining ≤ amount',
  );
  none(
    `SELECT h.id FROM hold AS h LEFT JOIN hold_alloc AS a ON a.hold_id = h.id GROUP BY h.id
     HAVING COALESCE(SUM(a.amount), 0) <> CASE h.state WHEN 'open' THEN h.amount ELSE 0 END`,
    'an open hold is bound to grants in full, an ended one not at all',
  );
  none(
    `SELECT 1 FROM account WHERE name = 'available'
       AND balance <> (SELECT COALESCE(SUM(remaining - held), 0) FROM "grant")`,
    'available = Σ (remaining − held)',
  );
  none(
    `SELECT h.id FROM hold AS h LEFT JOIN entry AS e ON e.ref = h.id AND e.kind IN ('hold', 'settle', 'void')
     GROUP BY h.id HAVING COUNT(DISTINCT e.id) <> CASE h.state WHEN 'open' THEN 1 ELSE 2 END
       OR SUM(CASE WHEN e.debit = 'held' THEN e.amount WHEN e.credit = 'held' THEN -e.amount ELSE 0 END)
          <> CASE h.state WHEN 'open' THEN h.amount ELSE 0 END
       OR SUM(CASE WHEN e.debit = 'consumed' THEN e.amount ELSE 0 END) <> COALESCE(h.cost, 0)`,
    'a hold begins once, ends once and returns what it took',
  );
  none(
    `SELECT 1 FROM (SELECT COUNT(*) AS n, MAX(ended_seq) AS last FROM hold WHERE state <> 'open') WHERE n <> COALESCE(last, 0)`,
    'usage events have no gap',
  );
  none(
    `SELECT 1 FROM account WHERE name = 'consumed' AND balance <> (SELECT COALESCE(SUM(cost), 0) FROM hold)`,
    'consumed = Σ usage',
  );
  none(
    `SELECT b.scope FROM budget AS b LEFT JOIN hold AS h
       ON 'user:' || h.user_id = b.scope AND h.created_at >= b.start AND h.created_at < b.ends
     GROUP BY b.scope, b.per, b.start
     HAVING b.held <> COALESCE(SUM(CASE h.state WHEN 'open' THEN h.amount ELSE 0 END), 0)
       OR b.used <> COALESCE(SUM(h.cost), 0)`,
    'a budget is the fold of its holds',
  );
  return broken;
}

/** Every row of the ledger that outlives a restart, as text: two ledgers in the same state give the same text. */
export function fingerprint(store: Store): string {
  const tables = ['account', 'grant', 'hold', 'hold_alloc', 'idem', 'outbox', 'budget'];
  const state: SqlRow[][] = tables.map((name) => store.exec(`SELECT * FROM "${name}" ORDER BY 1, 2`));
  state.push(store.exec('SELECT * FROM entry ORDER BY seq'));
  return JSON.stringify(state);
}
