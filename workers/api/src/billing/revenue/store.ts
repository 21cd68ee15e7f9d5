import { and, asc, gt, gte, inArray, lt, or, eq, sql, sum } from 'drizzle-orm';
import { creditDay } from '../../credits/tables.ts';
import { database } from '../../platform/database.ts';
import type { Env } from '../../platform/env.ts';
import { subscriptionChange as c } from '../tables.ts';
import type { CreditOpening, CreditSums } from './credits.ts';
import type { Change, Standing } from './mrr.ts';

/** Rows of histories read at a time. */
const PAGE = 5_000;

const total = (column: Parameters<typeof sum>[0]) => sql<number>`coalesce(sum(${column}), 0)`;

/** Queries over all workspaces. The number of rows read into memory at a time does not grow with the customers. */
export function revenueStore(env: Env, page = PAGE) {
  const db = database(env);
  return {
    /** Customers for whom nothing has changed since `from` (ms). */
    standing: async (from: number): Promise<Standing[]> => {
      const newest = db
        .select({ workspaceId: c.workspaceId, seq: sql<number>`max(${c.seq})`.as('newest') })
        .from(c)
        .groupBy(c.workspaceId)
        .having(sql`max(${c.at}) < ${from}`)
        .as('newest');
      return db
        .select({ plan: c.toPlan, customers: sql<number>`count(*)`, cents: total(c.monthlyCents) })
        .from(c)
        .innerJoin(newest, and(eq(c.workspaceId, newest.workspaceId), eq(c.seq, newest.seq)))
        .where(gt(c.monthlyCents, 0))
        .groupBy(c.toPlan);
    },

    /** The whole history of each workspace for which something has changed since `from` (ms), one after the other. */
    async *histories(from: number): AsyncGenerator<Change[]> {
      const changed = db.selectDistinct({ workspaceId: c.workspaceId }).from(c).where(gte(c.at, from));
      let history: Change[] = [];
      let after: { workspaceId: string; seq: number } | null = null;
      for (;;) {
        const rows: Change[] = await db
          .select({
            workspaceId: c.workspaceId,
            seq: c.seq,
            at: c.at,
            toPlan: c.toPlan,
            monthlyCents: c.monthlyCents,
          })
          .from(c)
          .where(
            and(
              inArray(c.workspaceId, changed),
              after === null
                ? undefined
                : or(
                    gt(c.workspaceId, after.workspaceId),
                    and(eq(c.workspaceId, after.workspaceId), gt(c.seq, after.seq)),
                  ),
            ),
          )
          .orderBy(asc(c.workspaceId), asc(c.seq))
          .limit(page);
        for (const row of rows) {
          if (history.length > 0 && history.at(-1)?.workspaceId !== row.workspaceId) {
            yield history;
            history = [];
          }
          history.push(row);
        }
        after = rows.at(-1) ?? null;
        if (rows.length < page) break;
      }
      if (history.length > 0) yield history;
    },

    /** Balances of all ledgers before `from` (ms), and what moved on each day of [from, to). */
    credits: async (
      from: number,
      to: number,
    ): Promise<{ opening: CreditOpening; byDay: Map<number, CreditSums> }> => {
      const d = creditDay;
      const [[opening], days] = await db.batch([
        db
          .select({ debt: total(d.owed), liability: total(d.outstanding) })
          .from(d)
          .where(lt(d.day, from)),
        db
          .select({
            day: d.day,
            sold: total(d.sold),
            included: total(d.included),
            gifted: total(d.gifted),
            overage: total(d.overage),
            consumed: total(d.consumed),
            expired: total(d.expired),
            clawedBack: total(d.clawedBack),
            owed: total(d.owed),
            outstanding: total(d.outstanding),
          })
          .from(d)
          .where(and(gte(d.day, from), lt(d.day, to)))
          .groupBy(d.day),
      ]);
      if (!opening) throw new Error('A sum without a row');
      return { opening, byDay: new Map(days.map(({ day, ...sums }) => [day, sums])) };
    },
  };
}
