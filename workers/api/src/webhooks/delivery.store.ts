import { and, desc, eq, lt, lte, sql } from 'drizzle-orm';
import { database } from '../platform/database.ts';
import type { Env } from '../platform/env.ts';
import { webhookDelivery, webhookEvent } from './tables.ts';

export type DeliveryRow = typeof webhookDelivery.$inferSelect;
export type EventRow = typeof webhookEvent.$inferSelect;

/** What is written of a delivery after an attempt. */
export type Progress = Pick<DeliveryRow, 'state' | 'tries' | 'dueAt' | 'attempts' | 'endedAt'>;

const FREE = { lease: null, leasedUntil: 0 };
/** Columns times rows of one INSERT stay below the 100 parameters that D1 takes. */
const ROWS_AT_ONCE = 7;

/** Queries on events and their deliveries. */
export function deliveryStore(env: Env) {
  const db = database(env);
  const isOneOf = (ids: string[]) =>
    sql`${webhookDelivery.id} in (select value from json_each(${JSON.stringify(ids)}))`;
  const one = (workspaceId: string, endpointId: string, id: string) =>
    and(
      eq(webhookDelivery.workspaceId, workspaceId),
      eq(webhookDelivery.endpointId, endpointId),
      eq(webhookDelivery.id, id),
    );

  return {
    /**
     * Keeps the event and its deliveries, all or none. An event that has been kept before under its key stays as it was.
     * @returns the deliveries that were not there yet.
     */
    insert: async (event: EventRow, deliveries: Omit<DeliveryRow, 'eventId'>[]): Promise<DeliveryRow[]> => {
      const { workspaceId, key } = event;
      const eventId = sql`(select id from webhook_event where workspace_id = ${workspaceId} and key = ${key})`;
      const rows = deliveries.map((delivery) => ({ ...delivery, eventId }));
      const parts = Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, part) =>
        db
          .insert(webhookDelivery)
          .values(rows.slice(part * ROWS_AT_ONCE, (part + 1) * ROWS_AT_ONCE))
          .onConflictDoNothing()
          .returning(),
      );
      const [, ...inserted] = await db.batch([
        db.insert(webhookEvent).values(event).onConflictDoNothing(),
        ...parts,
      ]);
      return inserted.flat();
    },

    find: async (workspaceId: string, endpointId: string, id: string): Promise<DeliveryRow | undefined> =>
      (
        await db
          .select()
          .from(webhookDelivery)
          .where(one(workspaceId, endpointId, id))
      )[0],

    /** Newest first. */
    list: (
      workspaceId: string,
      endpointId: string,
      before: string | undefined,
      limit: number,
      state: DeliveryRow['state'] | undefined,
    ): Promise<DeliveryRow[]> =>
      db
        .select()
        .from(webhookDelivery)
        .where(
          and(
            eq(webhookDelivery.workspaceId, workspaceId),
            eq(webhookDelivery.endpointId, endpointId),
            state === undefined ? undefined : eq(webhookDelivery.state, state),
            before === undefined ? undefined : lt(webhookDelivery.id, before),
          ),
        )
        .orderBy(desc(webhookDelivery.id))
        .limit(limit),

    /** Due at once, with all attempts before it again. */
    restart: async (workspaceId: string, endpointId: string, id: string, now: number) =>
      (
        await db
          .update(webhookDelivery)
          .set({ state: 'pending', tries: 0, dueAt: now, endedAt: null })
          .where(one(workspaceId, endpointId, id))
          .returning()
      )[0],

    /** Takes what is due (or is so `slack` milliseconds from now) and not taken by anybody else. */
    claim: (
      ids: string[],
      { now, slack, lease, leaseMs }: { now: number; slack: number; lease: string; leaseMs: number },
    ): Promise<DeliveryRow[]> =>
      db
        .update(webhookDelivery)
        .set({ lease, leasedUntil: now + leaseMs })
        .where(
          and(
            isOneOf(ids),
            eq(webhookDelivery.state, 'pending'),
            lte(webhookDelivery.dueAt, now + slack),
            lte(webhookDelivery.leasedUntil, now),
          ),
        )
        .returning(),

    events: (ids: string[]): Promise<EventRow[]> =>
      db
        .select()
        .from(webhookEvent)
        .where(sql`${webhookEvent.id} in (select value from json_each(${JSON.stringify(ids)}))`),

    byIds: (ids: string[]): Promise<DeliveryRow[]> => db.select().from(webhookDelivery).where(isOneOf(ids)),

    /** Ends leases with what came of them; one that is held by somebody else meanwhile stays as it is. */
    progress: async (all: { id: string; lease: string; to: Progress }[]): Promise<void> => {
      const [first, ...rest] = all.map(({ id, lease, to }) =>
        db
          .update(webhookDelivery)
          .set({ ...to, ...FREE })
          .where(and(eq(webhookDelivery.id, id), eq(webhookDelivery.lease, lease))),
      );
      if (first) await db.batch([first, ...rest]);
    },

    /** Nothing more is sent to this endpoint. */
    failPending: async (endpointId: string, now: number): Promise<void> => {
      await db
        .update(webhookDelivery)
        .set({ state: 'failed', endedAt: now, ...FREE })
        .where(and(eq(webhookDelivery.endpointId, endpointId), eq(webhookDelivery.state, 'pending')));
    },

    /**
     * Ids of deliveries that have been due since `before` and of which the queue has lost track. They count as due now,
     * so that they are not found again at once.
     */
    overdue: async (before: number, now: number, limit: number): Promise<string[]> => {
      const rows = await db
        .update(webhookDelivery)
        .set({ dueAt: now })
        .where(
          sql`${webhookDelivery.id} in (select id from webhook_delivery where state = 'pending' and due_at < ${before}
            and leased_until < ${before} order by due_at limit ${limit})`,
        )
        .returning({ id: webhookDelivery.id });
      return rows.map(({ id }) => id);
    },

    purge: async (before: number): Promise<void> => {
      await db.batch([
        db.delete(webhookDelivery).where(lt(webhookDelivery.createdAt, before)),
        db.delete(webhookEvent).where(lt(webhookEvent.createdAt, before)),
      ]);
    },
  };
}
