import { and, asc, desc, eq, gt, isNotNull, isNull, lt, lte, or } from 'drizzle-orm';
import { database } from '../platform/database.ts';
import type { Env } from '../platform/env.ts';
import { apiKey, tokenRevocation, workspace } from './tables.ts';

export type KeyRow = typeof apiKey.$inferSelect;
export type RevocationRow = typeof tokenRevocation.$inferSelect;
export type WorkspaceRow = typeof workspace.$inferSelect;

/** Queries on workspaces, keys and revocations. Whatever belongs to a workspace is asked for with its id. */
export function identityStore(env: Env) {
  const db = database(env);
  return {
    insertWorkspace: async (row: WorkspaceRow): Promise<void> => {
      await db.insert(workspace).values(row).onConflictDoNothing();
    },
    workspaceById: async (id: string): Promise<WorkspaceRow | undefined> =>
      (await db.select().from(workspace).where(eq(workspace.id, id)))[0],
    workspaces: (after: string | undefined, limit: number): Promise<WorkspaceRow[]> =>
      db
        .select()
        .from(workspace)
        .where(after === undefined ? undefined : gt(workspace.id, after))
        .orderBy(asc(workspace.id))
        .limit(limit),

    /** Writes a new key; a key of this id whose value nobody has seen yet is replaced. */
    upsertKey: async (row: KeyRow): Promise<void> => {
      await db
        .insert(apiKey)
        .values(row)
        .onConflictDoUpdate({
          target: apiKey.id,
          set: { hash: row.hash, prefix: row.prefix },
          setWhere: eq(apiKey.workspaceId, row.workspaceId),
        });
    },
    keyByHash: async (hash: string): Promise<KeyRow | undefined> =>
      (await db.select().from(apiKey).where(eq(apiKey.hash, hash)))[0],
    key: async (workspaceId: string, id: string): Promise<KeyRow | undefined> =>
      (
        await db
          .select()
          .from(apiKey)
          .where(and(eq(apiKey.workspaceId, workspaceId), eq(apiKey.id, id)))
      )[0],
    keys: (workspaceId: string, before: string | undefined, limit: number): Promise<KeyRow[]> =>
      db
        .select()
        .from(apiKey)
        .where(
          and(eq(apiKey.workspaceId, workspaceId), before === undefined ? undefined : lt(apiKey.id, before)),
        )
        .orderBy(desc(apiKey.id))
        .limit(limit),
    /** Sets the end of a key's life unless it ends earlier already. */
    expireKey: async (workspaceId: string, id: string, at: number): Promise<void> => {
      await db
        .update(apiKey)
        .set({ expiresAt: at })
        .where(
          and(
            eq(apiKey.workspaceId, workspaceId),
            eq(apiKey.id, id),
            or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, at)),
          ),
        );
    },
    revokeKey: async (workspaceId: string, id: string, at: number): Promise<void> => {
      await db
        .update(apiKey)
        .set({ revokedAt: at })
        .where(and(eq(apiKey.workspaceId, workspaceId), eq(apiKey.id, id), isNull(apiKey.revokedAt)));
    },
    touchKey: async (workspaceId: string, id: string, at: number): Promise<void> => {
      await db
        .update(apiKey)
        .set({ lastUsedAt: at })
        .where(and(eq(apiKey.workspaceId, workspaceId), eq(apiKey.id, id)));
    },

    insertRevocation: async (row: typeof tokenRevocation.$inferInsert): Promise<void> => {
      await db
        .insert(tokenRevocation)
        .values(row)
        .onConflictDoUpdate({
          target: [tokenRevocation.workspaceId, tokenRevocation.kind, tokenRevocation.value],
          set: { revokedAt: row.revokedAt, purgeAt: row.purgeAt },
        });
    },
    /** Of one token: is it revoked by its id, or by its user at or after the moment it was minted? */
    revocations: (workspaceId: string, jti: string, userId: string): Promise<RevocationRow[]> =>
      db
        .select()
        .from(tokenRevocation)
        .where(
          and(
            eq(tokenRevocation.workspaceId, workspaceId),
            or(
              and(eq(tokenRevocation.kind, 'jti'), eq(tokenRevocation.value, jti)),
              and(eq(tokenRevocation.kind, 'user'), eq(tokenRevocation.value, userId)),
            ),
          ),
        ),
    workspaceRevocations: (workspaceId: string, now: number): Promise<RevocationRow[]> =>
      db
        .select()
        .from(tokenRevocation)
        .where(and(eq(tokenRevocation.workspaceId, workspaceId), gt(tokenRevocation.purgeAt, now))),
    /** Keys that were revoked or have expired. */
    endedKeyIds: async (workspaceId: string, now: number): Promise<string[]> => {
      const rows = await db
        .select({ id: apiKey.id })
        .from(apiKey)
        .where(
          and(
            eq(apiKey.workspaceId, workspaceId),
            or(isNotNull(apiKey.revokedAt), lte(apiKey.expiresAt, now)),
          ),
        );
      return rows.map(({ id }) => id);
    },
    purgeRevocations: async (now: number): Promise<void> => {
      await db.delete(tokenRevocation).where(lt(tokenRevocation.purgeAt, now));
    },
  };
}
