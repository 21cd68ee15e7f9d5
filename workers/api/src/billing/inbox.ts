import { and, asc, eq, lt, ne, sql } from 'drizzle-orm';
import { database } from '../platform/database.ts';
import type { Env } from '../platform/env.ts';
import { applyEvent, type ReceivedEvent } from './apply/events.ts';
import { Busy } from './apply/lease.ts';
import type { BillingPorts } from './ports.ts';
import { stripeEvent } from './tables.ts';

/** After so many failures an event is left to a person. With the queue's waits that is about three days. */
const MOST_ATTEMPTS = 30;

/** An event as the webhook Worker has verified it. */
export interface RawStripeEvent {
  id: string;
  type: string;
  kind: 'snapshot' | 'thin';
  /** The body as it was signed. */
  payload: string;
}

/** `retry`: ask again after so many seconds. `dead`: given up; `replayStripeEvent` tries anew. */
export type Applied =
  | { state: 'done' }
  | { state: 'unknown' }
  | { state: 'retry'; afterSeconds: number; error: string }
  | { state: 'dead'; error: string };

export interface DeadStripeEvent {
  id: string;
  type: string;
  attempts: number;
  error: string;
  receivedAt: string;
}

/** Stripe's events as they came in, and how far each has got. */
export function stripeInbox(env: Pick<Env, 'DB'>, now: () => number = Date.now) {
  const db = database(env);
  const byId = (id: string) => eq(stripeEvent.id, id);
  return {
    /** Keeps an event before anything is done with it. `stored` is false when it was known already. */
    store: async ({ id, type, kind, payload }: RawStripeEvent): Promise<{ stored: boolean }> => {
      const inserted = await db
        .insert(stripeEvent)
        .values({ id, type, kind, payload, state: 'stored', attempts: 0, receivedAt: now() })
        .onConflictDoNothing()
        .returning({ id: stripeEvent.id });
      return { stored: inserted.length > 0 };
    },

    /** Does what an event calls for; it counts as done only after its effect. */
    apply: async (ports: () => BillingPorts, id: string): Promise<Applied> => {
      const [row] = await db.select().from(stripeEvent).where(byId(id));
      if (!row) return { state: 'unknown' };
      if (row.state === 'done') return { state: 'done' };
      try {
        await applyEvent(ports(), received(row));
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        if (error instanceof Busy) return { state: 'retry', afterSeconds: 2, error: text };
        const dead = row.attempts + 1 >= MOST_ATTEMPTS;
        await db
          .update(stripeEvent)
          .set({
            attempts: sql`${stripeEvent.attempts} + 1`,
            error: text,
            ...(dead && { state: 'dead' as const }),
          })
          .where(and(byId(id), ne(stripeEvent.state, 'done')));
        return dead
          ? { state: 'dead', error: text }
          : { state: 'retry', afterSeconds: Math.min(3_600 * 4, 5 * 2 ** row.attempts), error: text };
      }
      await db.update(stripeEvent).set({ state: 'done', error: null, doneAt: now() }).where(byId(id));
      return { state: 'done' };
    },

    /** Events that were given up, oldest first. */
    dead: async (limit: number): Promise<DeadStripeEvent[]> => {
      const rows = await db
        .select()
        .from(stripeEvent)
        .where(eq(stripeEvent.state, 'dead'))
        .orderBy(asc(stripeEvent.receivedAt))
        .limit(limit);
      return rows.map(({ id, type, attempts, error, receivedAt }) => ({
        id,
        type,
        attempts,
        error: error ?? '',
        receivedAt: new Date(receivedAt).toISOString(),
      }));
    },

    /** Gives an event another full set of attempts. */
    revive: async (id: string): Promise<void> => {
      await db
        .update(stripeEvent)
        .set({ state: 'stored', attempts: 0 })
        .where(and(byId(id), eq(stripeEvent.state, 'dead')));
    },

    /** Events that came in before `before` and that nobody has finished: their message was lost. */
    left: async (before: number): Promise<string[]> => {
      const rows = await db
        .select({ id: stripeEvent.id })
        .from(stripeEvent)
        .where(and(eq(stripeEvent.state, 'stored'), lt(stripeEvent.receivedAt, before)))
        .orderBy(asc(stripeEvent.receivedAt))
        .limit(50);
      return rows.map(({ id }) => id);
    },
  };
}

/** What is believed of a payload: which object it is about, and when. Its state is read from Stripe. */
function received({ id, type, payload }: { id: string; type: string; payload: string }): ReceivedEvent {
  const {
    created,
    data,
    related_object: related,
  } = JSON.parse(payload) as {
    created: number | string;
    data?: { object?: { id?: string } };
    related_object?: { id?: string };
  };
  const seconds = typeof created === 'string' ? Math.floor(Date.parse(created) / 1_000) : created;
  return { id, type, created: seconds, objectId: data?.object?.id ?? related?.id ?? '' };
}
