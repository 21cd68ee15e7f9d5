import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One row for each `Idempotency-Key` in use. */
export const idempotency = sqliteTable(
  'idempotency',
  {
    /** Workspace, principal, method and path. */
    scope: text('scope').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    /** ULID from which the operation's ids are made, so that running it again makes the same ones. */
    seed: text('seed').notNull(),
    state: text('state', { enum: ['open', 'stored', 'secret', 'rerun'] }).notNull(),
    /** Milliseconds since the epoch; an open row is taken over after that. */
    lockedUntil: integer('locked_until').notNull(),
    /** Status, headers and body as JSON, when `stored`. */
    response: text('response'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.scope, table.key] }),
    index('idempotency_created').on(table.createdAt),
  ],
);
