import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Attempt } from './attempts.ts';

/** Where a workspace wants to be told of events. Times are milliseconds since the epoch. */
export const webhookEndpoint = sqliteTable(
  'webhook_endpoint',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    url: text('url').notNull(),
    description: text('description').notNull(),
    /** Names of events, families such as `flow.*`, or `*`. */
    eventTypes: text('event_types', { mode: 'json' }).$type<string[]>().notNull(),
    state: text('state', { enum: ['enabled', 'disabled'] }).notNull(),
    disabledReason: text('disabled_reason', { enum: ['request', 'failing', 'gone'] }),
    disabledAt: integer('disabled_at'),
    /** Sealed, see platform/encryption.ts. */
    secret: text('secret').notNull(),
    /** The secret before it, which signs along until `previousUntil`. */
    previousSecret: text('previous_secret'),
    previousUntil: integer('previous_until'),
    /** Which call made the present secret, so that its repetition after a crash does not push out the previous one. */
    rotation: text('rotation').notNull(),
    /** Attempts that failed since the last one that succeeded, and when the first of them was. */
    failures: integer('failures').notNull(),
    failingSince: integer('failing_since'),
    lastSuccessAt: integer('last_success_at'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [index('webhook_endpoint_workspace').on(table.workspaceId, table.id)],
);

/** What happened, once for all endpoints that are told of it. Only events that somebody wants are kept. */
export const webhookEvent = sqliteTable(
  'webhook_event',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    /** Names the happening, so that publishing it again makes no second event. */
    key: text('key').notNull(),
    type: text('type').notNull(),
    /** The request's body, the same bytes at each attempt. */
    body: text('body').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('webhook_event_key').on(table.workspaceId, table.key),
    index('webhook_event_created').on(table.createdAt),
  ],
);

/** One event on its way to one endpoint. This row decides what is due; queue messages only tell of it. */
export const webhookDelivery = sqliteTable(
  'webhook_delivery',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id').notNull(),
    endpointId: text('endpoint_id').notNull(),
    eventId: text('event_id').notNull(),
    eventType: text('event_type').notNull(),
    state: text('state', { enum: ['pending', 'succeeded', 'failed'] }).notNull(),
    /** Attempts made since it was published or last retried by hand; chooses the delay of the next one. */
    tries: integer('tries').notNull(),
    /** When the next attempt is due, while pending. */
    dueAt: integer('due_at').notNull(),
    /** Who is making an attempt, and until when nobody else may. */
    lease: text('lease'),
    leasedUntil: integer('leased_until').notNull(),
    /** Newest last. */
    attempts: text('attempts', { mode: 'json' }).$type<Attempt[]>().notNull(),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    uniqueIndex('webhook_delivery_event').on(table.endpointId, table.eventId),
    index('webhook_delivery_endpoint').on(table.endpointId, table.id),
    index('webhook_delivery_due')
      .on(table.dueAt)
      .where(sql`state = 'pending'`),
    index('webhook_delivery_created').on(table.createdAt),
  ],
);
