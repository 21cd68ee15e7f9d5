import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { database } from '../platform/database.ts';
import type { Env } from '../platform/env.ts';
import type { Run } from './run.rpc.ts';
import { run } from './tables.ts';

export type RunRow = typeof run.$inferSelect;

/** Queries on the index of runs. Every one of them takes the workspace. */
export function runStore(env: Env) {
  const db = database(env);
  return {
    /** The route's row for a run that has just begun; a row that is there already stays. */
    insert: async (workspaceId: string, started: Run): Promise<void> => {
      await db.insert(run).values(toRow(workspaceId, started)).onConflictDoNothing();
    },

    /** The object's row for its run as it stands; once the run has ended, late and repeated deliveries change nothing. */
    save: async (workspaceId: string, current: Run): Promise<void> => {
      const row = toRow(workspaceId, current);
      await db
        .insert(run)
        .values(row)
        .onConflictDoUpdate({
          target: run.id,
          set: { status: row.status, endedAt: row.endedAt, body: row.body },
          setWhere: sql`${run.workspaceId} = ${workspaceId} and ${run.endedAt} is null`,
        });
    },

    find: async (workspaceId: string, id: string): Promise<RunRow | undefined> =>
      (
        await db
          .select()
          .from(run)
          .where(and(eq(run.workspaceId, workspaceId), eq(run.id, id)))
      )[0],

    /** Newest first. */
    list: (
      workspaceId: string,
      flowId: string,
      before: string | undefined,
      limit: number,
    ): Promise<RunRow[]> =>
      db
        .select()
        .from(run)
        .where(
          and(
            eq(run.workspaceId, workspaceId),
            eq(run.flowId, flowId),
            before === undefined ? undefined : lt(run.id, before),
          ),
        )
        .orderBy(desc(run.id))
        .limit(limit),
  };
}

function toRow(workspaceId: string, body: Run): RunRow {
  return {
    id: body.id,
    workspaceId,
    flowId: body.flowId,
    status: body.status,
    createdAt: Date.parse(body.createdAt),
    endedAt: body.endedAt === undefined ? null : Date.parse(body.endedAt),
    body,
  };
}
