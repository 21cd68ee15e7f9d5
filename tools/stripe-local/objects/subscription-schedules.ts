import type { Stripe } from 'stripe';
import { z } from 'zod';
import { addIntervals } from '../engine/periods.ts';
import { type Schedule, startSchedule } from '../engine/schedules.ts';
import { cancelSubscription, type Subscription } from '../engine/subscriptions.ts';
import { invalid } from '../errors.ts';
import { page } from '../list.ts';
import {
  bool,
  count,
  id,
  int,
  mergeMetadata,
  metadata,
  PAGE,
  params,
  seconds,
  text,
  time,
} from '../params.ts';
import { route } from '../route.ts';
import type { World } from '../world.ts';
import { needCustomer } from './customers.ts';
import { needSubscription } from './subscriptions.ts';

const phase = z.strictObject({
  items: z
    .array(z.strictObject({ price: id, quantity: count.optional(), metadata: metadata.optional() }))
    .min(1)
    .max(20),
  start_date: z.union([z.literal('now'), time]).optional(),
  end_date: time.optional(),
  duration: z
    .strictObject({ interval: z.enum(['day', 'week', 'month', 'year']), interval_count: int.optional() })
    .optional(),
  // How older API versions say a duration.
  iterations: int.optional(),
  metadata: metadata.optional(),
  proration_behavior: z.enum(['always_invoice', 'create_prorations', 'none']).optional(),
  default_payment_method: id.optional(),
});
const endBehavior = z.enum(['cancel', 'release']);

const create = params<Stripe.SubscriptionScheduleCreateParams>()({
  customer: id.optional(),
  end_behavior: endBehavior.optional(),
  from_subscription: id.optional(),
  metadata: metadata.optional(),
  phases: z.array(phase).min(1).max(10).optional(),
  start_date: z.union([z.literal('now'), time]).optional(),
});
const update = params<Stripe.SubscriptionScheduleUpdateParams>()({
  end_behavior: endBehavior.optional(),
  metadata: metadata.optional(),
  phases: z.array(phase).min(1).max(10).optional(),
  proration_behavior: z.enum(['always_invoice', 'create_prorations', 'none']).optional(),
});

type Phase = Schedule['phases'][number];

/** Phases one after the other from `start`; one without an end takes one interval of its first price. */
function phasesFrom(world: World, given: z.output<typeof phase>[], start: number): Phase[] {
  let from = start;
  return given.map((each, index) => {
    const prices = each.items.map(({ price }, at) =>
      world.store.need('price', price, `phases[${index}][items][${at}][price]`),
    );
    const recurring = prices[0]?.recurring;
    const interval = each.duration?.interval ?? recurring?.interval ?? 'month';
    const steps = each.duration
      ? (each.duration.interval_count ?? 1)
      : (each.iterations ?? 1) * (recurring?.interval_count ?? 1);
    const begin = typeof each.start_date === 'number' ? each.start_date : from;
    const end = each.end_date ?? addIntervals(begin, interval, steps);
    if (end <= begin) throw invalid('A phase must end after it starts.', `phases[${index}][end_date]`);
    if (index > 0 && begin !== from) {
      throw invalid('A phase must start where the one before it ends.', `phases[${index}][start_date]`);
    }
    from = end;
    return makePhase(each, prices[0]?.currency ?? 'usd', begin, end);
  });
}

function makePhase(given: z.output<typeof phase>, currency: string, start: number, end: number): Phase {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    currency,
    default_payment_method: given.default_payment_method ?? null,
    description: null,
    discounts: [],
    end_date: end,
    invoice_settings: null,
    items: given.items.map((item) => ({
      billing_thresholds: null,
      discounts: [],
      metadata: mergeMetadata(null, item.metadata),
      plan: item.price,
      price: item.price,
      ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
      tax_rates: [],
    })),
    metadata: mergeMetadata(null, given.metadata),
    on_behalf_of: null,
    proration_behavior: given.proration_behavior ?? 'create_prorations',
    start_date: start,
    transfer_data: null,
    trial_end: null,
  } satisfies Phase;
}

/** The running period of a subscription as the only phase of its schedule. */
function phaseOf({ items, currency, metadata }: Subscription): Phase {
  const { current_period_start: start = 0, current_period_end: end = 0 } = items.data[0] ?? {};
  const sold = items.data.map(({ price, quantity }) => ({ price: price.id, quantity }));
  return makePhase({ items: sold, metadata }, currency, start, end);
}

export function createSchedule(world: World, input: z.output<typeof create>): Schedule {
  const from =
    input.from_subscription === undefined
      ? undefined
      : needSubscription(world, input.from_subscription, 'from_subscription');
  if (from?.schedule) {
    throw invalid(`Subscription ${from.id} already has a schedule (${from.schedule}).`, 'from_subscription');
  }
  if (from && input.phases) throw invalid('You cannot set `phases` if `from_subscription` is set.', 'phases');
  const customer = needCustomer(world, from?.customer ?? input.customer ?? '');
  const now = world.now(customer.id);
  const start = typeof input.start_date === 'number' ? input.start_date : now;
  const phases = from ? [phaseOf(from)] : phasesFrom(world, input.phases ?? [], start);
  if (phases.length === 0) throw invalid('Missing required param: phases.', 'phases', 'parameter_missing');
  const id = world.newId('sub_sched');
  const schedule = {
    id,
    object: 'subscription_schedule',
    application: null,
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    canceled_at: null,
    completed_at: null,
    created: now,
    current_phase: null,
    customer: customer.id,
    customer_account: null,
    default_settings: {
      application_fee_percent: null,
      billing_cycle_anchor: 'automatic',
      billing_thresholds: null,
      collection_method: 'charge_automatically',
      default_payment_method: null,
      description: null,
      invoice_settings: {
        account_tax_ids: null,
        custom_fields: null,
        days_until_due: null,
        description: null,
        footer: null,
        issuer: { type: 'self' },
      },
      on_behalf_of: null,
      transfer_data: null,
    },
    end_behavior: input.end_behavior ?? 'release',
    livemode: false,
    metadata: mergeMetadata(null, input.metadata),
    pause_schedules: [],
    phases,
    released_at: null,
    released_subscription: null,
    status: 'not_started',
    subscription: from?.id ?? null,
    test_clock: customer.test_clock ?? null,
  } satisfies Schedule;
  world.store.put('subscription_schedule', schedule);
  world.emit('subscription_schedule.created', schedule);
  return from !== undefined || start <= now ? startSchedule(world, id) : schedule;
}

function needRunning(world: World, scheduleId: string): Schedule {
  const schedule = world.store.need('subscription_schedule', scheduleId);
  if (schedule.status !== 'active' && schedule.status !== 'not_started') {
    throw invalid(`You cannot change a subscription schedule that is ${schedule.status}.`, 'id');
  }
  return schedule;
}

export function updateSchedule(world: World, scheduleId: string, input: z.output<typeof update>): Schedule {
  const before = needRunning(world, scheduleId);
  const first = input.phases?.[0]?.start_date;
  const start =
    typeof first === 'number' ? first : (before.current_phase?.start_date ?? before.phases[0]?.start_date);
  const phases = input.phases
    ? phasesFrom(world, input.phases, start ?? world.now(before.customer))
    : before.phases;
  const current = phases.find(({ start_date }) => start_date === before.current_phase?.start_date);
  if (before.current_phase && !current) {
    throw invalid('The phase that runs now must stay, with its start_date.', 'phases[0][start_date]');
  }
  const after = world.update('subscription_schedule', scheduleId, {
    end_behavior: input.end_behavior ?? before.end_behavior,
    metadata: mergeMetadata(before.metadata, input.metadata),
    phases,
    current_phase: current ? { start_date: current.start_date, end_date: current.end_date } : null,
  });
  world.emitUpdate('subscription_schedule.updated', after, before);
  return after;
}

function letGo(world: World, before: Schedule): void {
  if (before.subscription !== null) world.update('subscription', before.subscription, { schedule: null });
}

export const subscriptionScheduleRoutes = [
  route('POST', '/v1/subscription_schedules', create, createSchedule),
  route('GET', '/v1/subscription_schedules/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('subscription_schedule', id),
  ),
  route('POST', '/v1/subscription_schedules/:id', update, (world, input, { id }) =>
    updateSchedule(world, id, input),
  ),
  route(
    'POST',
    '/v1/subscription_schedules/:id/release',
    params<Stripe.SubscriptionScheduleReleaseParams>()({ preserve_cancel_date: bool.optional() }),
    (world, _input, { id }) => {
      const before = needRunning(world, id);
      letGo(world, before);
      const after = world.update('subscription_schedule', id, {
        status: 'released',
        released_at: world.now(before.customer),
        released_subscription: before.subscription,
        subscription: null,
        current_phase: null,
      });
      world.emit('subscription_schedule.released', after);
      return after;
    },
  ),
  route(
    'POST',
    '/v1/subscription_schedules/:id/cancel',
    params<Stripe.SubscriptionScheduleCancelParams>()({
      invoice_now: bool.optional(),
      prorate: z.literal('false').optional(),
    }),
    (world, _input, { id }) => {
      const before = needRunning(world, id);
      letGo(world, before);
      if (before.subscription !== null) {
        cancelSubscription(world, before.subscription, { reason: 'cancellation_requested' });
      }
      const after = world.update('subscription_schedule', id, {
        status: 'canceled',
        canceled_at: world.now(before.customer),
        current_phase: null,
      });
      world.emit('subscription_schedule.canceled', after);
      return after;
    },
  ),
  route(
    'GET',
    '/v1/subscription_schedules',
    params<Stripe.SubscriptionScheduleListParams>()({
      ...PAGE,
      created: seconds.optional(),
      customer: text.optional(),
      scheduled: bool.optional(),
    }),
    (world, input) => {
      const found = world.store
        .all('subscription_schedule')
        .filter(
          ({ customer, status }) =>
            (input.customer === undefined || customer === input.customer) &&
            (input.scheduled === undefined || (status === 'not_started') === input.scheduled),
        );
      return page('/v1/subscription_schedules', found, input);
    },
  ),
];
