import { and, eq, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm';
import { database } from '../platform/database.ts';
import type { Env } from '../platform/env.ts';
import { autoTopUp } from './tables.ts';

export type AutoTopUpRow = typeof autoTopUp.$inferSelect;

/** Each workspace's wish to be topped up, and the attempt that is in flight. */
export function autoTopUpStore(env: Pick<Env, 'DB'>) {
  const db = database(env);
  const mine = (workspaceId: string) => eq(autoTopUp.workspaceId, workspaceId);
  return {
    get: async (workspaceId: string): Promise<AutoTopUpRow | undefined> =>
      (await db.select().from(autoTopUp).where(mine(workspaceId)))[0],

    /** Keeps the wish. Turning it on anew forgives past declines, never what was spent this month. */
    put: async (
      row: Pick<AutoTopUpRow, 'workspaceId' | 'enabled' | 'topUp' | 'threshold' | 'monthlyCap' | 'month'>,
    ): Promise<void> => {
      const { workspaceId: _own, month: _month, ...set } = row;
      await db
        .insert(autoTopUp)
        .values({ ...row, spent: 0, attempt: 0, declines: 0, notBefore: 0 })
        .onConflictDoUpdate({ target: autoTopUp.workspaceId, set: { ...set, declines: 0, notBefore: 0 } });
    },

    /** Claims the one attempt there may be, and its money of this month; undefined when it may not be made. */
    claim: async (
      workspaceId: string,
      { now, month, price }: { now: number; month: string; price: number },
    ): Promise<AutoTopUpRow | undefined> => {
      const spent = sql<number>`iif(${autoTopUp.month} = ${month}, ${autoTopUp.spent}, 0)`;
      const [claimed] = await db
        .update(autoTopUp)
        .set({
          attempt: sql`${autoTopUp.attempt} + 1`,
          inFlightSince: now,
          month,
          spent: sql`${spent} + ${price}`,
        })
        .where(
          and(
            mine(workspaceId),
            eq(autoTopUp.enabled, true),
            isNull(autoTopUp.inFlightSince),
            lte(autoTopUp.notBefore, now),
            sql`${spent} + ${price} <= ${autoTopUp.monthlyCap}`,
          ),
        )
        .returning();
      return claimed;
    },

    /** Ends the attempt; a declined one gives its money of this month back. */
    end: async (
      { workspaceId, attempt }: AutoTopUpRow,
      outcome: { paid: true } | { paid: false; price: number; declines: number; notBefore: number },
    ): Promise<void> => {
      const set = outcome.paid
        ? { inFlightSince: null, declines: 0 }
        : {
            inFlightSince: null,
            declines: outcome.declines,
            notBefore: outcome.notBefore,
            spent: sql`max(0, ${autoTopUp.spent} - ${outcome.price})`,
          };
      await db
        .update(autoTopUp)
        .set(set)
        .where(and(mine(workspaceId), eq(autoTopUp.attempt, attempt), isNotNull(autoTopUp.inFlightSince)));
    },

    /** Attempts that have not ended since `before`: whoever made them is gone. */
    stuck: (before: number): Promise<AutoTopUpRow[]> =>
      db.select().from(autoTopUp).where(lt(autoTopUp.inFlightSince, before)).limit(100),
  };
}
