import type { Stripe } from 'stripe';
import type { Wire } from '../wire.ts';
import type { World } from '../world.ts';
import { changeItems, type ItemChange } from './changes.ts';
import { cancelSubscription, createSubscription, type NewItem, type Subscription } from './subscriptions.ts';

export type Schedule = Wire<Stripe.SubscriptionSchedule>;
type Phase = Schedule['phases'][number];

/** A phase says what is sold and how long; at its end the next one begins, or the schedule lets go. */
export function advanceSchedule(world: World, id: string): void {
  const schedule = world.store.need('subscription_schedule', id);
  if (schedule.status === 'not_started') {
    startSchedule(world, id);
    return;
  }
  const ended = schedule.phases.findIndex(
    ({ start_date }) => start_date === schedule.current_phase?.start_date,
  );
  const next = schedule.phases[ended + 1];
  if (next) enterPhase(world, schedule, next);
  else finish(world, schedule);
}

/** Begins the first phase: makes the subscription, if the schedule was not made from one. */
export function startSchedule(world: World, id: string): Schedule {
  const schedule = world.store.need('subscription_schedule', id);
  const [first] = schedule.phases;
  if (!first) return schedule;
  const made =
    schedule.subscription === null
      ? createSubscription(world, {
          customer: schedule.customer,
          items: first.items.map((item) => newItem(world, item)),
          metadata: first.metadata ?? {},
          defaultMethod: first.default_payment_method,
          offSession: true,
        })
      : world.store.need('subscription', schedule.subscription);
  world.update('subscription', made.id, { schedule: id });
  return world.update('subscription_schedule', id, {
    status: 'active',
    subscription: made.id,
    current_phase: { start_date: first.start_date, end_date: first.end_date },
  });
}

function newItem(world: World, { price, quantity }: Phase['items'][number]): NewItem {
  const full = world.store.need('price', price);
  return { price: full, ...(full.recurring?.usage_type === 'metered' ? {} : { quantity }) };
}

/** The items of a phase as changes of those a subscription has: same position, same item. */
function changesTo(world: World, subscription: Subscription, phase: Phase): ItemChange[] {
  const old = subscription.items.data;
  const changes: ItemChange[] = phase.items.map((item, index) => ({
    ...newItem(world, item),
    id: old[index]?.id,
  }));
  for (const { id } of old.slice(phase.items.length)) changes.push({ id, deleted: true });
  return changes;
}

function enterPhase(world: World, schedule: Schedule, phase: Phase): void {
  const subscription = world.store.need('subscription', schedule.subscription ?? '');
  const after = world.update('subscription_schedule', schedule.id, {
    current_phase: { start_date: phase.start_date, end_date: phase.end_date },
  });
  changeItems(world, subscription.id, {
    items: changesTo(world, subscription, phase),
    reset: false,
    // A phase that begins with a period has nothing to prorate; the renewal bills its price.
    proration: atPeriodEnd(subscription, phase.start_date) ? 'none' : prorationOf(phase),
    behavior: 'allow_incomplete',
    offSession: true,
  });
  if (phase.metadata && Object.keys(phase.metadata).length > 0) {
    const { metadata } = world.store.need('subscription', subscription.id);
    world.update('subscription', subscription.id, { metadata: { ...metadata, ...phase.metadata } });
  }
  world.emit('subscription_schedule.updated', after, schedule);
}

function prorationOf({
  proration_behavior: behavior,
}: Phase): 'always_invoice' | 'create_prorations' | 'none' {
  return behavior === 'always_invoice' || behavior === 'none' ? behavior : 'create_prorations';
}

function atPeriodEnd(subscription: Subscription, time: number): boolean {
  return subscription.items.data.some(({ current_period_end }) => current_period_end === time);
}

function finish(world: World, schedule: Schedule): void {
  const { subscription } = schedule;
  const completed = world.update('subscription_schedule', schedule.id, {
    status: 'completed',
    completed_at: world.now(schedule.customer),
    current_phase: null,
    ...(schedule.end_behavior === 'release'
      ? { released_subscription: subscription, subscription: null }
      : {}),
  });
  if (subscription !== null && world.store.get('subscription', subscription)?.status !== 'canceled') {
    if (schedule.end_behavior === 'cancel') {
      cancelSubscription(world, subscription, { reason: 'cancellation_requested' });
    } else world.update('subscription', subscription, { schedule: null });
  }
  world.emit('subscription_schedule.completed', completed);
}
