import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Run, RunStatus } from './run.rpc.ts';

/**
 * The index of runs, for lists; the run itself lives in its object. The route inserts the row, the object writes it
 * again when the run has ended. Times are milliseconds since the epoch.
 */
export const run = sqliteTable(
  'run',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    flowId: text('flow_id').notNull(),
    status: text('status').$type<RunStatus>().notNull(),
    createdAt: integer('created_at').notNull(),
    /** Set once, when the run has ended. */
    endedAt: integer('ended_at'),
    /** The run as the API shows it. */
    body: text('body', { mode: 'json' }).$type<Run>().notNull(),
  },
  (table) => [index('run_flow').on(table.workspaceId, table.flowId, table.id)],
);
