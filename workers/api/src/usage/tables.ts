import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** One row for each ended run, brought by the ledger's outbox. Micro-credits, milliseconds; `at` is when the run ended. */
export const usageEvent = sqliteTable(
  'usage_event',
  {
    workspaceId: text('workspace_id').notNull(),
    seq: integer('seq').notNull(),
    runId: text('run_id').notNull(),
    flowId: text('flow_id').notNull(),
    keyId: text('key_id').notNull(),
    userId: text('user_id'),
    tenantId: text('tenant_id'),
    agent: text('agent').notNull(),
    model: text('model').notNull(),
    inputTokens: integer('input_tokens').notNull(),
    cachedTokens: integer('cached_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
    cost: integer('cost').notNull(),
    latency: integer('latency').notNull(),
    outcome: text('outcome', { enum: ['succeeded', 'failed', 'cancelled'] }).notNull(),
    at: integer('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.seq] }),
    uniqueIndex('usage_event_run').on(table.workspaceId, table.runId),
    index('usage_event_at').on(table.workspaceId, table.at),
  ],
);
