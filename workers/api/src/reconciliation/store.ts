import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { billingCustomer } from '../billing/tables.ts';
import { database } from '../platform/database.ts';
import type { Env } from '../platform/env.ts';
import { newId } from '../platform/ids.ts';
import type { Drift } from './ports.ts';
import { reconciliationReport as r } from './tables.ts';

export type ReportRow = typeof r.$inferSelect;

export function reconciliationStore(env: Pick<Env, 'DB'>) {
  const db = database(env);
  return {
    /** A drift that was there before is noted as seen again. */
    add: async (workspaceId: string, drifts: readonly Drift[], at: number): Promise<void> => {
      const [first, ...rest] = drifts.map(({ expected, found, ...drift }) =>
        db
          .insert(r)
          .values({ id: newId('rec'), workspaceId, ...drift, expected, found, at, seenAt: at })
          .onConflictDoUpdate({
            target: [r.workspaceId, r.kind, r.subject],
            targetWhere: sql`repaired = 0`,
            set: { expected, found, seenAt: at },
          }),
      );
      if (first) await db.batch([first, ...rest]);
    },
    /** Newest first. */
    list: (
      workspaceId: string | undefined,
      before: string | undefined,
      limit: number,
    ): Promise<ReportRow[]> =>
      db
        .select()
        .from(r)
        .where(
          and(
            workspaceId === undefined ? undefined : eq(r.workspaceId, workspaceId),
            before === undefined ? undefined : lt(r.id, before),
          ),
        )
        .orderBy(desc(r.id))
        .limit(limit),
    /** Customers in Stripe that the workspace has or had. */
    customers: async (workspaceId: string): Promise<string[]> =>
      (
        await db
          .select({ id: billingCustomer.customerId })
          .from(billingCustomer)
          .where(eq(billingCustomer.workspaceId, workspaceId))
      ).map(({ id }) => id),
  };
}
