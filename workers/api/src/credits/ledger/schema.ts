import type { Store } from '@uxflow/flow/sync/server';

/**
 * The accounts of the double entry, seen from the workspace: a debit raises the balance, a credit lowers it, all of
 * them together are always 0. `granted` and `debt` are sources, so their balances are ≤ 0.
 */
const ACCOUNTS = ['granted', 'available', 'held', 'consumed', 'expired', 'clawed_back', 'debt'] as const;
export type Account = (typeof ACCOUNTS)[number];

/** Each step takes the tables one version further; steps already released never change. Amounts: micro-credits, times: ms. */
const VERSIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE account (
       name TEXT PRIMARY KEY, balance INTEGER NOT NULL,
       CHECK (name NOT IN ('available', 'held') OR balance >= 0)
     ) WITHOUT ROWID`,
    `INSERT INTO account (name, balance) VALUES ${ACCOUNTS.map((name) => `('${name}', 0)`).join(', ')}`,

    // id is the order of granting; remaining includes held.
    `CREATE TABLE "grant" (
       id INTEGER PRIMARY KEY, source TEXT NOT NULL, priority INTEGER NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0),
       remaining INTEGER NOT NULL, held INTEGER NOT NULL, expires_at INTEGER, note TEXT, created_at INTEGER NOT NULL,
       CHECK (0 <= held AND held <= remaining AND remaining <= amount)
     )`,
    `CREATE INDEX grant_free ON "grant" (priority, expires_at, id) WHERE remaining > held`,
    `CREATE INDEX grant_expiry ON "grant" (expires_at) WHERE remaining > held AND expires_at IS NOT NULL`,

    // One hold a run. The columns from cost on are null while it is open; ended_seq numbers the ended ones without gaps.
    `CREATE TABLE hold (
       id TEXT PRIMARY KEY, amount INTEGER NOT NULL CHECK (amount > 0),
       state TEXT NOT NULL CHECK (state IN ('open', 'settled', 'voided')),
       expires_at INTEGER NOT NULL, created_at INTEGER NOT NULL,
       flow_id TEXT NOT NULL, agent TEXT NOT NULL, model TEXT NOT NULL, key_id TEXT NOT NULL, user_id TEXT, tenant_id TEXT,
       cost INTEGER, outcome TEXT, input_tokens INTEGER, cached_tokens INTEGER, output_tokens INTEGER, latency INTEGER,
       ended_at INTEGER, ended_seq INTEGER UNIQUE,
       CHECK ((state = 'open') = (ended_seq IS NULL)),
       CHECK (cost IS NULL OR (0 <= cost AND cost <= amount))
     ) WITHOUT ROWID`,
    `CREATE INDEX hold_expiry ON hold (expires_at) WHERE state = 'open'`,
    `CREATE TABLE hold_alloc (
       hold_id TEXT NOT NULL, grant_id INTEGER NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0),
       PRIMARY KEY (hold_id, grant_id)
     ) WITHOUT ROWID`,

    // Lines with the same id are one entry, next to each other.
    `CREATE TABLE entry (
       seq INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL,
       debit TEXT NOT NULL, credit TEXT NOT NULL,
       amount INTEGER NOT NULL CHECK (amount > 0), at INTEGER NOT NULL
     )`,
    `CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END`,
    `CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END`,

    `CREATE TABLE idem (key TEXT PRIMARY KEY, request TEXT NOT NULL, response TEXT NOT NULL) WITHOUT ROWID`,

    // Both logs that leave this ledger are gap-free (entry.seq, hold.ended_seq), so the outbox is one mark a stream.
    `CREATE TABLE outbox (
       stream TEXT PRIMARY KEY, delivered INTEGER NOT NULL, attempts INTEGER NOT NULL, due_at INTEGER
     ) WITHOUT ROWID`,
    `INSERT INTO outbox (stream, delivered, attempts) VALUES ('entry', 0, 0), ('usage', 0, 0)`,

    // scope is 'user:<id>' so far; keys, tenants and agents will stand beside it.
    `CREATE TABLE budget (
       scope TEXT NOT NULL, per TEXT NOT NULL, start INTEGER NOT NULL, ends INTEGER NOT NULL,
       held INTEGER NOT NULL CHECK (held >= 0), used INTEGER NOT NULL CHECK (used >= 0),
       PRIMARY KEY (scope, per, start)
     ) WITHOUT ROWID`,
    `CREATE INDEX budget_ends ON budget (ends) WHERE held = 0`,
  ],
  [
    // lost: what has expired of this grant and was not rolled over into the next period.
    `ALTER TABLE "grant" ADD COLUMN payment_intent TEXT`,
    `ALTER TABLE "grant" ADD COLUMN lost INTEGER NOT NULL DEFAULT 0 CHECK (lost >= 0)`,
    `CREATE INDEX grant_payment ON "grant" (payment_intent) WHERE payment_intent IS NOT NULL`,
    `CREATE INDEX grant_of_plan ON "grant" (expires_at) WHERE source = 'plan'`,

    // What a payment has granted, what shall be clawed back of it and what has been; a target may come before its grant.
    `CREATE TABLE payment (
       payment_intent TEXT PRIMARY KEY, granted INTEGER NOT NULL, target INTEGER NOT NULL, clawed INTEGER NOT NULL,
       CHECK (clawed = MIN(target, granted))
     ) WITHOUT ROWID`,

    // rolled: what came into this period from the one before, never above cap.
    `CREATE TABLE plan_period (
       ends INTEGER PRIMARY KEY, starts INTEGER, cap INTEGER NOT NULL, rolled INTEGER NOT NULL,
       CHECK (0 <= rolled AND rolled <= cap)
     )`,

    // One row, once the plan is known.
    `CREATE TABLE policy (
       id INTEGER PRIMARY KEY CHECK (id = 1), plan TEXT NOT NULL, concurrent_runs INTEGER NOT NULL,
       overage_allowed INTEGER NOT NULL, overage_cap INTEGER NOT NULL,
       period_start INTEGER NOT NULL, period_end INTEGER NOT NULL
     )`,
  ],
  [
    // overage: how much of the amount is not covered by credits, counted in the period that starts at overage_start.
    // queue_seq: its place among the runs that wait for a slot; null when it has one. life: how long it may work (ms).
    `ALTER TABLE hold ADD COLUMN max_credits INTEGER`,
    `ALTER TABLE hold ADD COLUMN budget_credits INTEGER`,
    `ALTER TABLE hold ADD COLUMN budget_per TEXT`,
    `ALTER TABLE hold ADD COLUMN overage INTEGER NOT NULL DEFAULT 0 CHECK (0 <= overage AND overage <= amount)`,
    `ALTER TABLE hold ADD COLUMN overage_start INTEGER`,
    `ALTER TABLE hold ADD COLUMN queue_seq INTEGER`,
    `ALTER TABLE hold ADD COLUMN life INTEGER NOT NULL DEFAULT 0`,
    `CREATE INDEX hold_running ON hold (created_at) WHERE state = 'open' AND queue_seq IS NULL`,
    `CREATE INDEX hold_queue ON hold (queue_seq) WHERE state = 'open' AND queue_seq IS NOT NULL`,
    `CREATE INDEX hold_overage ON hold (overage) WHERE state = 'open' AND overage > 0`,

    // What the workspace allows to a key, user, tenant or agent; '*' is each one that has no rule of its own.
    `CREATE TABLE budget_rule (
       scope TEXT NOT NULL, id TEXT NOT NULL, per TEXT NOT NULL, credits INTEGER NOT NULL CHECK (credits >= 0),
       PRIMARY KEY (scope, id, per)
     ) WITHOUT ROWID`,
    // Per cent of its limit that was announced: 0, 80 or 100.
    `ALTER TABLE budget ADD COLUMN announced INTEGER NOT NULL DEFAULT 0`,
    // The same for the balance: the tank is what there was after credits last came in.
    `CREATE TABLE tank (id INTEGER PRIMARY KEY CHECK (id = 1), level INTEGER NOT NULL, announced INTEGER NOT NULL)`,
    `INSERT INTO tank (id, level, announced) VALUES (1, 0, 0)`,

    // What leaves by the outbox beside journal and usage, each numbered without gaps.
    `CREATE TABLE event (seq INTEGER PRIMARY KEY, type TEXT NOT NULL, data TEXT NOT NULL, at INTEGER NOT NULL)`,
    `CREATE TABLE meter (seq INTEGER PRIMARY KEY, run_id TEXT NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0),
       at INTEGER NOT NULL)`,
    `CREATE TABLE start (seq INTEGER PRIMARY KEY, run_id TEXT NOT NULL, expires_at INTEGER NOT NULL, at INTEGER NOT NULL)`,
    `INSERT INTO outbox (stream, delivered, attempts) VALUES ('event', 0, 0), ('meter', 0, 0), ('start', 0, 0)`,

    // hash covers the row and the hash before it, so that no row can be changed, removed or put in between unseen.
    `CREATE TABLE audit (
       seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL,
       detail TEXT NOT NULL, hash TEXT NOT NULL
     )`,
    `CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`,
    `CREATE TRIGGER audit_is_never_removed BEFORE DELETE ON audit
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`,
  ],
];

/** Brings the tables to the newest version; cheap when they are there already. */
export function migrate(store: Store): void {
  store.transaction(() => {
    store.exec('CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
    const [row] = store.exec<{ value: string }>(`SELECT value FROM meta WHERE name = 'schema'`);
    const version = Number(row?.value ?? 0);
    if (version === VERSIONS.length) return;
    for (const statements of VERSIONS.slice(version))
      for (const statement of statements) store.exec(statement);
    store.exec(`INSERT OR REPLACE INTO meta (name, value) VALUES ('schema', ?)`, String(VERSIONS.length));
  });
}
