import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * The index of flows, for lists and permission checks; the flow itself lives in its room. The route inserts the row,
 * afterwards only the room's outbox moves name, clock and updatedAt. Times are milliseconds since the epoch.
 */
export const flow = sqliteTable(
  'flow',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    tenantId: text('tenant_id'),
    name: text('name').notNull(),
    clock: integer('clock').notNull(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    deletedAt: integer('deleted_at'),
  },
  (table) => [
    index('flow_workspace').on(table.workspaceId, table.id),
    index('flow_tenant').on(table.workspaceId, table.tenantId, table.id),
  ],
);
