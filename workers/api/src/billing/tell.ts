import type { Env } from '../platform/env.ts';
import { sha256 } from '../platform/crypto.ts';
import type { WebhookEventType } from '../webhooks/event-schemas.ts';
import { publish } from '../webhooks/publish.ts';
import type { SubscriptionRow } from './store.ts';

type SubscriptionEvent = Extract<WebhookEventType, `subscription.${string}`>;

/** Told of every change of a subscription before it is written, so that a crash in between repeats it and loses none. */
export type TellSubscription = (before: SubscriptionRow | undefined, after: SubscriptionRow) => Promise<void>;

const HOUR = 3_600_000;

/** What the workspace's webhook endpoints hear of a change; null for what is of no interest to them. */
export function eventOf(
  before: SubscriptionRow | undefined,
  after: SubscriptionRow,
): SubscriptionEvent | null {
  const [was, is] = [before?.state ?? 'canceled', after.state];
  if (is === 'incomplete') return null;
  if (is === 'canceled') return was === 'canceled' ? null : 'subscription.ended';
  if (was === 'canceled' || was === 'incomplete') return 'subscription.created';
  if (is === 'past_due' && was !== 'past_due') return 'subscription.past_due';
  const shown = ({ plan, state, periodEnd, cancelAt }: SubscriptionRow) =>
    [plan, state, periodEnd, cancelAt].join();
  return before && shown(before) !== shown(after) ? 'subscription.updated' : null;
}

/** Publishes to the workspace's endpoints; the same change within an hour is one event. */
export function tellSubscription(env: Env): TellSubscription {
  return async (before, after) => {
    const type = eventOf(before, after);
    if (!type) return;
    const change = await sha256(JSON.stringify([before ?? null, after, Math.floor(Date.now() / HOUR)]));
    await publish(env, after.workspaceId, {
      type,
      key: `${after.subscriptionId}:${change.slice(0, 32)}`,
      data: {
        subscription: {
          plan: after.plan,
          status: after.state,
          currentPeriodEnd: new Date(after.periodEnd).toISOString(),
          cancelAtPeriodEnd: after.cancelAt !== null,
        },
      },
    });
  };
}
