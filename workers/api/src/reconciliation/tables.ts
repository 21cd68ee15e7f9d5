import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { DRIFT_KINDS } from './ports.ts';

/** What was found to differ, and whether it was mended. A drift that stays is one row, seen again and again. */
export const reconciliationReport = sqliteTable(
  'reconciliation_report',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    kind: text('kind', { enum: DRIFT_KINDS }).notNull(),
    /** What differs, e.g. `entry 17`. */
    subject: text('subject').notNull(),
    expected: text('expected').notNull(),
    found: text('found').notNull(),
    repaired: integer('repaired', { mode: 'boolean' }).notNull(),
    /** Milliseconds since the epoch: first and last seen. */
    at: integer('at').notNull(),
    seenAt: integer('seen_at').notNull(),
  },
  (table) => [
    index('reconciliation_report_workspace').on(table.workspaceId, table.id),
    uniqueIndex('reconciliation_report_open')
      .on(table.workspaceId, table.kind, table.subject)
      .where(sql`repaired = 0`),
  ],
);

/** How far something that goes through everything in batches has come. */
export const cursor = sqliteTable('cursor', {
  name: text('name').primaryKey(),
  position: text('position').notNull(),
});
