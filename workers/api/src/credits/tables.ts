import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

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
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.seq] })],
);
