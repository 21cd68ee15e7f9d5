import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { workspace } from '../identity/tables.ts';

/** How a workspace wants its flows checked; no row, no changes. */
export const lintConfig = sqliteTable('lint_config', {
  workspaceId: text('workspace_id')
    .primaryKey()
    .references(() => workspace.id),
  /** Rule id → level. A rule may have gone since it was written. */
  rules: text('rules', { mode: 'json' }).$type<Record<string, string>>().notNull(),
  /** Milliseconds since the epoch. */
  updatedAt: integer('updated_at').notNull(),
});
