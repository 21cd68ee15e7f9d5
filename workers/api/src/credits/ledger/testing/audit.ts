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
     GROUP BY h.id HAVING COUNT(DISTINCT CASE e.kind WHEN 'hold' THEN e.id END) NOT BETWEEN 1 AND 2
       OR COUNT(DISTINCT CASE e.kind WHEN 'hold' THEN NULL ELSE e.id END) <> CASE h.state WHEN 'open' THEN 0 ELSE 1 END
       OR SUM(CASE e.debit WHEN 'held' THEN e.amount ELSE 0 END) <> h.amount
       OR SUM(CASE e.credit WHEN 'held' THEN e.amount ELSE 0 END) <> CASE h.state WHEN 'open' THEN 0 ELSE h.amount END
       OR SUM(CASE e.debit WHEN 'consumed' THEN e.amount ELSE 0 END) <> COALESCE(h.cost, 0)`,
    'a hold begins once, ends once and returns what it took',
  );
  none('SELECT 1 FROM hold WHERE amount > max_credits', 'no hold passes its maxCredits');
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
       ON b.scope IN ('user:' || h.user_id, 'key:' || h.key_id, 'agent:' || h.agent, 'tenant:' || h.tenant_id) AND h.created_at >= b.start AND h.created_at < b.ends
     WHERE b.scope <> 'overage' GROUP BY b.scope, b.per, b.start
     HAVING b.held <> COALESCE(SUM(CASE h.state WHEN 'open' THEN h.amount ELSE 0 END), 0)
       OR b.used <> COALESCE(SUM(h.cost), 0)`,
    'a budget is the fold of its holds',
  );
  none(
    `SELECT 1 FROM account AS debt, account AS available WHERE debt.name = 'debt' AND available.name = 'available'
       AND debt.balance <> 0 AND available.balance <> 0`,
    'nothing is available beside a debt',
  );
  none(
    `SELECT 1 FROM account WHERE name = 'clawed_back' AND balance <> (SELECT COALESCE(SUM(clawed), 0) FROM payment)`,
    'what is clawed back = Σ payments',
  );
  none(
    `SELECT 1 FROM account WHERE name = 'expired' AND balance <> (SELECT COALESCE(SUM(lost), 0) FROM "grant")`,
    'expired = Σ what grants have lost',
  );
  none(
    `SELECT p.ends FROM plan_period AS p LEFT JOIN "grant" AS g ON g.expires_at = p.ends AND g.note = 'rolled over'
     GROUP BY p.ends HAVING p.rolled <> COALESCE(SUM(g.amount), 0) OR p.rolled > p.cap`,
    'a period is rolled over into up to its cap',
  );
  none(
    `SELECT 1 FROM "grant" WHERE source = 'overage' AND remaining > held`,
    'overage belongs to a hold or is not there',
  );
  none(
    `SELECT b.start FROM budget AS b LEFT JOIN hold AS h ON h.overage_start = b.start WHERE b.scope = 'overage'
     GROUP BY b.start HAVING b.held <> COALESCE(SUM(CASE h.state WHEN 'open' THEN h.overage ELSE 0 END), 0)`,
    'overage in use = Σ holds',
  );
  none(
    `SELECT 1 WHERE (SELECT COALESCE(SUM(amount), 0) FROM meter)
       <> (SELECT COALESCE(SUM(used), 0) FROM budget WHERE scope = 'overage')`,
    'overage used = Σ meter',
  );
  none(
    `SELECT 1 FROM policy WHERE EXISTS (SELECT 1 FROM hold WHERE state = 'open' AND queue_seq IS NOT NULL)
       AND (SELECT COUNT(*) FROM hold WHERE state = 'open' AND queue_seq IS NULL) < concurrent_runs`,
    'nobody waits while a slot is free',
  );
  return broken;
}

/** Every row of the ledger that outlives a restart, as text: two ledgers in the same state give the same text. */
export function fingerprint(store: Store): string {
  const tables = [
    'account',
    'grant',
    'hold',
    'hold_alloc',
    'idem',
    'outbox',
    'budget',
    'payment',
    'plan_period',
  ];
  tables.push('policy', 'budget_rule', 'tank', 'event', 'meter', 'start', 'audit');
  const state: SqlRow[][] = tables.map((name) => store.exec(`SELECT * FROM "${name}" ORDER BY 1, 2`));
  state.push(store.exec('SELECT * FROM entry ORDER BY seq'));
  return JSON.stringify(state);
}
