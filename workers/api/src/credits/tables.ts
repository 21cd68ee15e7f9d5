import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * The journals of all ledgers, as their outboxes have brought them: for reports, never for decisions. `seq` has no gaps
 * within a workspace. Amounts: micro-credits; times: milliseconds since the epoch.
 */
export const ledgerEntry = sqliteTable(
  'ledger_entry',
  {
    workspaceId: text('workspace_id').notNull(),
    seq: integer('seq').notNull(),
    /** Lines with the same id are one entry. */
    id: text('id').notNull(),
    kind: text('kind').notNull(),
    ref: text('ref').notNull(),
    debit: text('debit').notNull(),
    credit: text('credit').notNull(),
    amount: integer('amount').notNull(),
    at: integer('at').notNull(),
    /** Of a grant: where its credits came from. */
    source: text('source', { enum: ['plan', 'purchase', 'operator'] }),
    paymentIntent: text('payment_intent'),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.seq] })],
);

/**
 * What a workspace's journal adds up to, by UTC day (its first millisecond), kept by `rollups.ts`. Micro-credits; each
 * is the day's net movement: sold + included + gifted + overage + owed = consumed + expired + clawedBack + outstanding.
 */
export const creditDay = sqliteTable(
  'credit_day',
  {
    workspaceId: text('workspace_id').notNull(),
    day: integer('day').notNull(),
    sold: integer('sold').notNull(),
    included: integer('included').notNull(),
    gifted: integer('gifted').notNull(),
    overage: integer('overage').notNull(),
    consumed: integer('consumed').notNull(),
    expired: integer('expired').notNull(),
    clawedBack: integer('clawed_back').notNull(),
    owed: integer('owed').notNull(),
    outstanding: integer('outstanding').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.day] }), index('credit_day_day').on(table.day)],
);

/** Up to which number the rows of a stream (`entry`, `usage`) have been added up. */
export const rollupMark = sqliteTable(
  'rollup_mark',
  {
    workspaceId: text('workspace_id').notNull(),
    stream: text('stream').notNull(),
    seq: integer('seq').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.stream] })],
);
