import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** A customer of ours. Times are milliseconds since the epoch. */
export const workspace = sqliteTable('workspace', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: integer('created_at').notNull(),
});

/** Secret keys. The value itself is not here: only its HMAC and the part that may be shown. */
export const apiKey = sqliteTable(
  'api_key',
  {
    id: text('id').primaryKey(),
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspace.id),
    name: text('name').notNull(),
    mode: text('mode', { enum: ['live', 'test'] }).notNull(),
    hash: text('hash').notNull(),
    /** First characters of the value, e.g. `uxf_sk_live_Ab3d…`, so that people recognise it. */
    prefix: text('prefix').notNull(),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at'),
    /** From then on the key is refused: end of a rotation's overlap, or the moment of revocation. */
    expiresAt: integer('expires_at'),
    revokedAt: integer('revoked_at'),
  },
  (table) => [
    uniqueIndex('api_key_hash').on(table.hash),
    index('api_key_workspace').on(table.workspaceId, table.id),
  ],
);

/** Client tokens taken back before they expire. A row is needed only as long as the longest token lives. */
export const tokenRevocation = sqliteTable(
  'token_revocation',
  {
    workspaceId: text('workspace_id').notNull(),
    kind: text('kind', { enum: ['jti', 'user'] }).notNull(),
    value: text('value').notNull(),
    /** Tokens of this user that were minted up to then are refused. */
    revokedAt: integer('revoked_at').notNull(),
    purgeAt: integer('purge_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.kind, table.value] }),
    index('token_revocation_purge').on(table.purgeAt),
  ],
);
