import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { GROUPINGS } from './figures.ts';

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

/**
 * What usage events add up to by UTC day (its first millisecond), kept by `credits/rollups.ts`: one row for each agent,
 * model, … of the day, and for dimension `day` one row with all of them. `value` is empty for runs without one.
 */
export const usageDay = sqliteTable(
  'usage_day',
  {
    workspaceId: text('workspace_id').notNull(),
    dimension: text('dimension', { enum: GROUPINGS }).notNull(),
    day: integer('day').notNull(),
    value: text('value').notNull(),
    runs: integer('runs').notNull(),
    succeeded: integer('succeeded').notNull(),
    failed: integer('failed').notNull(),
    cancelled: integer('cancelled').notNull(),
    inputTokens: integer('input_tokens').notNull(),
    cachedTokens: integer('cached_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
    cost: integer('cost').notNull(),
    latency: integer('latency').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.dimension, table.day, table.value] })],
);
