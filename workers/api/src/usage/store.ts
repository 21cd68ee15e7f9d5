import { and, asc, count, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { database } from '../platform/database.ts';
import type { Env } from '../platform/env.ts';
import { usageEvent as u } from './tables.ts';

export const GROUPINGS = ['day', 'agent', 'model', 'user', 'tenant', 'key', 'flow'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What groups are made of. A day is a UTC day. */
const GROUP_BY: Record<Grouping, SQL<string | null>> = {
  day: sql`strftime('%Y-%m-%d', ${u.at} / 1000, 'unixepoch')`,
  agent: sql`${u.agent}`,
  model: sql`${u.model}`,
  user: sql`${u.userId}`,
  tenant: sql`${u.tenantId}`,
  key: sql`${u.keyId}`,
  flow: sql`${u.flowId}`,
};

const outcomes = (outcome: 'succeeded' | 'failed' | 'cancelled') =>
  sql<number>`COALESCE(SUM(${u.outcome} = ${outcome}), 0)`;
const total = (column: SQL | typeof u.cost | typeof u.latency) => sql<number>`COALESCE(SUM(${column}), 0)`;

const FIGURES = {
  runs: count(),
  succeeded: outcomes('succeeded'),
  failed: outcomes('failed'),
  cancelled: outcomes('cancelled'),
  inputTokens: total(sql`${u.inputTokens}`),
  cachedTokens: total(sql`${u.cachedTokens}`),
  outputTokens: total(sql`${u.outputTokens}`),
  cost: total(u.cost),
  latency: total(u.latency),
};

export interface Figures {
  runs: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  cost: number;
  latency: number;
}

export function usageStore(env: Env) {
  const db = database(env);
  /** Runs that ended in [from, to), milliseconds. */
  const within = (workspaceId: string, from: number, to: number) =>
    and(eq(u.workspaceId, workspaceId), gte(u.at, from), lt(u.at, to));

  return {
    /** Days in order, everything else by cost, dearest first; at most `limit` groups. */
    async groups(workspaceId: string, from: number, to: number, by: Grouping, limit: number) {
      const group = GROUP_BY[by];
      const order = by === 'day' ? [asc(group)] : [desc(FIGURES.cost), asc(group)];
      return db
        .select({ group, ...FIGURES })
        .from(u)
        .where(within(workspaceId, from, to))
        .groupBy(group)
        .orderBy(...order)
        .limit(limit);
    },

    async totals(workspaceId: string, from: number, to: number): Promise<Figures> {
      const [row] = await db
        .select(FIGURES)
        .from(u)
        .where(within(workspaceId, from, to));
      if (!row) throw new Error('A sum without a row');
      return row;
    },
  };
}
