import { and, count, desc, eq, lt, sql } from 'drizzle-orm';
import { database } from '../platform/database.ts';
import type { Env } from '../platform/env.ts';
import { webhookDelivery, webhookEndpoint } from './tables.ts';

export type EndpointRow = typeof webhookEndpoint.$inferSelect;

/** Queries on endpoints. Every one that a caller's id reaches takes the workspace. */
export function endpointStore(env: Env) {
  const db = database(env);
  const one = (workspaceId: string, id: string) =>
    and(eq(webhookEndpoint.workspaceId, workspaceId), eq(webhookEndpoint.id, id));

  return {
    /** Writes a new endpoint; one of this id whose secret nobody has seen yet is replaced. */
    upsert: async (row: EndpointRow): Promise<void> => {
      const { id: _id, workspaceId, ...set } = row;
      await db
        .insert(webhookEndpoint)
        .values(row)
        .onConflictDoUpdate({
          target: webhookEndpoint.id,
          set,
          setWhere: eq(webhookEndpoint.workspaceId, workspaceId),
        });
    },

    find: async (workspaceId: string, id: string): Promise<EndpointRow | undefined> =>
      (await db.select().from(webhookEndpoint).where(one(workspaceId, id)))[0],

    count: async (workspaceId: string): Promise<number> =>
      (
        await db
          .select({ rows: count() })
          .from(webhookEndpoint)
          .where(eq(webhookEndpoint.workspaceId, workspaceId))
      )[0]?.rows ?? 0,

    /** Newest first. */
    list: (workspaceId: string, before: string | undefined, limit: number): Promise<EndpointRow[]> =>
      db
        .select()
        .from(webhookEndpoint)
        .where(
          and(
            eq(webhookEndpoint.workspaceId, workspaceId),
            before === undefined ? undefined : lt(webhookEndpoint.id, before),
          ),
        )
        .orderBy(desc(webhookEndpoint.id))
        .limit(limit),

    enabled: (workspaceId: string): Promise<EndpointRow[]> =>
      db
        .select()
        .from(webhookEndpoint)
        .where(and(eq(webhookEndpoint.workspaceId, workspaceId), eq(webhookEndpoint.state, 'enabled'))),

    byIds: (ids: string[]): Promise<EndpointRow[]> =>
      db
        .select()
        .from(webhookEndpoint)
        .where(sql`${webhookEndpoint.id} in (select value from json_each(${JSON.stringify(ids)}))`),

    update: async (
      workspaceId: string,
      id: string,
      set: Partial<EndpointRow>,
    ): Promise<EndpointRow | undefined> =>
      (await db.update(webhookEndpoint).set(set).where(one(workspaceId, id)).returning())[0],

    /** The endpoint has answered well: what failed before no longer counts. */
    succeeded: async (id: string, at: number): Promise<void> => {
      await db
        .update(webhookEndpoint)
        .set({ failures: 0, failingSince: null, lastSuccessAt: at })
        .where(eq(webhookEndpoint.id, id));
    },

    /** @param at when the first of these attempts failed */
    failed: async (id: string, attempts: number, at: number): Promise<EndpointRow | undefined> =>
      (
        await db
          .update(webhookEndpoint)
          .set({
            failures: sql`${webhookEndpoint.failures} + ${attempts}`,
            failingSince: sql`coalesce(${webhookEndpoint.failingSince}, ${at})`,
          })
          .where(eq(webhookEndpoint.id, id))
          .returning()
      )[0],

    /** With its deliveries. */
    remove: async (workspaceId: string, id: string): Promise<void> => {
      await db.batch([
        db
          .delete(webhookDelivery)
          .where(and(eq(webhookDelivery.workspaceId, workspaceId), eq(webhookDelivery.endpointId, id))),
        db.delete(webhookEndpoint).where(one(workspaceId, id)),
      ]);
    },
  };
}
