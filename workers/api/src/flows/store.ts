import { and, desc, eq, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { database } from '../platform/database.ts';
import type { Env } from '../platform/env.ts';
import { flow } from './tables.ts';

export type FlowRow = typeof flow.$inferSelect;

/** Which flows a list may show: everything, or these ids and tenants. */
export type FlowScope = { all: true } | { all: false; flowIds: string[]; tenantIds: string[] };

export interface ListInput {
  scope: FlowScope;
  q?: string;
  tenantId?: string;
  /** Id of the last row seen. Lists go by id (newest first), which no edit moves, so pages never skip or repeat. */
  before?: string;
  limit: number;
}

/** `column` is one of `values`; as one parameter, because D1 takes at most 100 of them. */
function oneOf(column: AnySQLiteColumn, values: string[]): SQL {
  return sql`${column} in (select value from json_each(${JSON.stringify(values)}))`;
}

/** Queries on the index of flows. Every one of them takes the workspace, so no other workspace's row is ever seen. */
export function flowStore(env: Env) {
  const db = database(env);
  const one = (workspaceId: string, id: string) => and(eq(flow.workspaceId, workspaceId), eq(flow.id, id));

  return {
    /** Inserts the row, or gives back the one that an earlier attempt under the same id has left. */
    insert: async (row: FlowRow): Promise<FlowRow> => {
      const [inserted] = await db.insert(flow).values(row).onConflictDoNothing().returning();
      const [present] = inserted
        ? [inserted]
        : await db.select().from(flow).where(one(row.workspaceId, row.id));
      if (!present) throw new Error(`The id ${row.id} is taken in another workspace`);
      return present;
    },

    /** Deleted rows included; the caller decides what they mean. */
    find: async (workspaceId: string, id: string): Promise<FlowRow | undefined> =>
      (await db.select().from(flow).where(one(workspaceId, id)))[0],

    list: (workspaceId: string, { scope, q, tenantId, before, limit }: ListInput): Promise<FlowRow[]> => {
      const where: (SQL | undefined)[] = [eq(flow.workspaceId, workspaceId), isNull(flow.deletedAt)];
      if (!scope.all) {
        where.push(or(oneOf(flow.id, scope.flowIds), oneOf(flow.tenantId, scope.tenantIds)));
      }
      if (tenantId !== undefined) where.push(eq(flow.tenantId, tenantId));
      // instr instead of LIKE: the text is not a pattern.
      if (q !== undefined) where.push(sql`instr(lower(${flow.name}), lower(${q})) > 0`);
      if (before !== undefined) where.push(lt(flow.id, before));
      return db
        .select()
        .from(flow)
        .where(and(...where))
        .orderBy(desc(flow.id))
        .limit(limit);
    },

    markDeleted: async (workspaceId: string, id: string, at: number): Promise<void> => {
      await db
        .update(flow)
        .set({ deletedAt: at })
        .where(and(one(workspaceId, id), isNull(flow.deletedAt)));
    },

    unmarkDeleted: async (workspaceId: string, id: string): Promise<void> => {
      await db
        .update(flow)
        .set({ deletedAt: null })
        .where(and(one(workspaceId, id), isNotNull(flow.deletedAt)));
    },

    /** The room's outbox: late and repeated deliveries change nothing. */
    advance: async (
      workspaceId: string,
      id: string,
      to: { name: string; clock: number; updatedAt: number },
    ): Promise<void> => {
      await db
        .update(flow)
        .set(to)
        .where(and(one(workspaceId, id), lt(flow.clock, to.clock)));
    },
  };
}
