import { and, asc, desc, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { database } from '../platform/database.ts';
import type { Env } from '../platform/env.ts';
import {
  billingAccount,
  billingCustomer,
  billingNotice,
  billingSubscription,
  subscriptionChange,
} from './tables.ts';

export type AccountRow = typeof billingAccount.$inferSelect;
export type SubscriptionRow = typeof billingSubscription.$inferSelect;
export type Change = Omit<typeof subscriptionChange.$inferInsert, 'workspaceId' | 'seq'>;
export type NoticeRow = typeof billingNotice.$inferSelect;

/** Queries on what is known of Stripe's side, by workspace. */
export function billingStore(env: Pick<Env, 'DB'>) {
  const db = database(env);
  const mine = (workspaceId: string) => eq(billingAccount.workspaceId, workspaceId);
  return {
    account: async (workspaceId: string): Promise<AccountRow | undefined> =>
      (await db.select().from(billingAccount).where(mine(workspaceId)))[0],

    putReturnUrls: async (workspaceId: string, returnUrls: string[]): Promise<void> => {
      await db
        .insert(billingAccount)
        .values({ workspaceId, returnUrls })
        .onConflictDoUpdate({ target: billingAccount.workspaceId, set: { returnUrls } });
    },

    noteFraudWarning: async (workspaceId: string, at: number): Promise<void> => {
      await db
        .update(billingAccount)
        .set({ fraudWarningAt: sql`coalesce(${billingAccount.fraudWarningAt}, ${at})` })
        .where(mine(workspaceId));
    },

    /** Takes the workspace's lease, or makes one's own longer. False while somebody else has it. */
    lease: async (workspaceId: string, owner: string, now: number, until: number): Promise<boolean> => {
      const taken = await db
        .insert(billingAccount)
        .values({ workspaceId, leaseOwner: owner, leaseUntil: until })
        .onConflictDoUpdate({
          target: billingAccount.workspaceId,
          set: { leaseOwner: owner, leaseUntil: until },
          setWhere: sql`${billingAccount.leaseOwner} = ${owner} or ${billingAccount.leaseUntil} <= ${now}`,
        })
        .returning({ owner: billingAccount.leaseOwner });
      return taken.length > 0;
    },
    /** Makes a lease that one still has longer. False when it ran out and somebody else took it. */
    renewLease: async (workspaceId: string, owner: string, until: number): Promise<boolean> => {
      const renewed = await db
        .update(billingAccount)
        .set({ leaseUntil: until })
        .where(and(mine(workspaceId), eq(billingAccount.leaseOwner, owner)))
        .returning({ owner: billingAccount.leaseOwner });
      return renewed.length > 0;
    },
    release: async (workspaceId: string, owner: string): Promise<void> => {
      await db
        .update(billingAccount)
        .set({ leaseOwner: null, leaseUntil: 0 })
        .where(and(mine(workspaceId), eq(billingAccount.leaseOwner, owner)));
    },

    workspaceOf: async (customerId: string): Promise<string | undefined> =>
      (await db.select().from(billingCustomer).where(eq(billingCustomer.customerId, customerId)))[0]
        ?.workspaceId,
    /** The workspace's customer that has not been deleted. */
    customerOf: async (workspaceId: string): Promise<string | undefined> =>
      (
        await db
          .select()
          .from(billingCustomer)
          .where(and(eq(billingCustomer.workspaceId, workspaceId), isNull(billingCustomer.deletedAt)))
          .orderBy(asc(billingCustomer.createdAt))
          .limit(1)
      )[0]?.customerId,
    customersEver: async (workspaceId: string): Promise<number> =>
      (await db.select().from(billingCustomer).where(eq(billingCustomer.workspaceId, workspaceId))).length,
    insertCustomer: async (row: {
      customerId: string;
      workspaceId: string;
      createdAt: number;
    }): Promise<void> => {
      await db.insert(billingCustomer).values(row).onConflictDoNothing();
    },
    markDeleted: async (customerId: string, at: number): Promise<void> => {
      await db
        .update(billingCustomer)
        .set({ deletedAt: sql`coalesce(${billingCustomer.deletedAt}, ${at})` })
        .where(eq(billingCustomer.customerId, customerId));
    },

    subscription: async (workspaceId: string): Promise<SubscriptionRow | undefined> =>
      (
        await db.select().from(billingSubscription).where(eq(billingSubscription.workspaceId, workspaceId))
      )[0],
    /** Writes the projection, and with it what has changed in what is paid. */
    putSubscription: async (row: SubscriptionRow, change: Change | null): Promise<void> => {
      const { workspaceId, ...set } = row;
      const upsert = db
        .insert(billingSubscription)
        .values(row)
        .onConflictDoUpdate({ target: billingSubscription.workspaceId, set });
      if (!change) return void (await upsert);
      const seq = sql<number>`(select coalesce(max(seq), 0) + 1 from ${subscriptionChange}
        where workspace_id = ${workspaceId})`;
      await db.batch([upsert, db.insert(subscriptionChange).values({ workspaceId, seq, ...change })]);
    },
    changes: (workspaceId: string) =>
      db
        .select()
        .from(subscriptionChange)
        .where(eq(subscriptionChange.workspaceId, workspaceId))
        .orderBy(asc(subscriptionChange.seq)),
    /** Subscriptions that owe a payment since before `since`, and still count as past due. */
    overdue: (since: number): Promise<SubscriptionRow[]> =>
      db
        .select()
        .from(billingSubscription)
        .where(
          and(
            isNotNull(billingSubscription.pastDueSince),
            lt(billingSubscription.pastDueSince, since),
            eq(billingSubscription.state, 'past_due'),
          ),
        )
        .limit(100),

    notice: async (row: NoticeRow): Promise<void> => {
      await db.insert(billingNotice).values(row).onConflictDoNothing();
    },
    /** Newest first. */
    notices: (workspaceId: string, limit: number): Promise<NoticeRow[]> =>
      db
        .select()
        .from(billingNotice)
        .where(eq(billingNotice.workspaceId, workspaceId))
        .orderBy(desc(billingNotice.at), desc(billingNotice.id))
        .limit(limit),
  };
}

export type BillingStore = ReturnType<typeof billingStore>;
