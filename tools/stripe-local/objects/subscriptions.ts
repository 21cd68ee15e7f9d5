import type { Stripe } from 'stripe';
import { z } from 'zod';
import { changeItems } from '../engine/changes.ts';
import { billFinalUsage, periodEnd, resumeSubscription } from '../engine/cycle.ts';
import {
  cancelSubscription,
  createSubscription,
  sayTrialEnds,
  type Subscription,
} from '../engine/subscriptions.ts';
import { invalid } from '../errors.ts';
import { page } from '../list.ts';
import { bool, id, mergeMetadata, PAGE, params, seconds, unsettable } from '../params.ts';
import { route } from '../route.ts';
import { DAY, type World } from '../world.ts';
import { needCustomer } from './customers.ts';
import { resolveMethod } from './payment-methods.ts';
import { cancellation, create, PENDING_MAY, proration, update } from './subscription-params.ts';

/** A living subscription under its id. */
export function needSubscription(world: World, id: string, param = 'id'): Subscription {
  return world.store.need('subscription', id, param);
}

function createFrom(world: World, input: z.output<typeof create>): Subscription {
  const customer = needCustomer(world, input.customer);
  const now = world.now(customer.id);
  const trialEnd =
    input.trial_end === 'now'
      ? null
      : (input.trial_end ?? (input.trial_period_days ? now + input.trial_period_days * DAY : null));
  if (typeof trialEnd === 'number' && trialEnd <= now) {
    throw invalid('Invalid timestamp: must be an integer Unix timestamp in the future.', 'trial_end');
  }
  return createSubscription(world, {
    customer: customer.id,
    items: input.items.map(({ price, quantity, metadata }, index) => ({
      price: world.store.need('price', price, `items[${index}][price]`),
      quantity,
      metadata: mergeMetadata(null, metadata),
    })),
    trialEnd,
    anchor: input.billing_cycle_anchor,
    metadata: mergeMetadata(null, input.metadata),
    description: input.description ?? null,
    defaultMethod:
      input.default_payment_method === undefined
        ? null
        : resolveMethod(world, input.default_payment_method, customer.id, 'default_payment_method').id,
    behavior: input.payment_behavior ?? 'allow_incomplete',
    cancelAtPeriodEnd: input.cancel_at_period_end ?? false,
    cancelAt: input.cancel_at ?? null,
    collection: input.collection_method ?? 'charge_automatically',
    daysUntilDue: input.days_until_due ?? null,
    offSession: input.off_session ?? false,
    missingMethod: input.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
    saveMethod: input.payment_settings?.save_default_payment_method ?? 'off',
  });
}

export function updateSubscription(world: World, id: string, input: z.output<typeof update>): Subscription {
  const before = needSubscription(world, id);
  if (before.status === 'canceled' || before.status === 'incomplete_expired') {
    throw invalid('A canceled subscription can only update its cancellation_details and metadata.', 'id');
  }
  if (input.payment_behavior === 'pending_if_incomplete') {
    const other = Object.keys(input).find((name) => !PENDING_MAY.has(name));
    if (other !== undefined) {
      throw invalid(`You cannot update \`${other}\` when payment_behavior is pending_if_incomplete.`, other);
    }
  }
  const now = world.now(before.customer);
  const endTrial = input.trial_end === 'now' && before.status === 'trialing';
  applyFields(world, before, input, now);
  const { items: changes } = input;
  if (!changes && !endTrial && input.billing_cycle_anchor !== 'now') {
    const after = needSubscription(world, id);
    world.emitUpdate('customer.subscription.updated', after, before);
    const soon =
      after.trial_end !== null && after.trial_end !== before.trial_end && after.trial_end - now <= 3 * DAY;
    if (soon) sayTrialEnds(world, id);
    return after;
  }
  if (endTrial && !changes && pausesWithoutMethod(world, before)) return pause(world, before);
  return changeItems(world, id, {
    items: (changes ?? []).map((change, index) => ({
      id: change.id,
      price:
        change.price === undefined
          ? undefined
          : world.store.need('price', change.price, `items[${index}][price]`),
      quantity: change.quantity,
      deleted: change.deleted,
      metadata: change.metadata === undefined ? undefined : mergeMetadata(null, change.metadata),
    })),
    reset: endTrial || input.billing_cycle_anchor === 'now',
    proration: input.proration_behavior ?? 'create_prorations',
    behavior: input.payment_behavior ?? 'allow_incomplete',
    offSession: input.off_session ?? false,
    prorationDate: input.proration_date,
  });
}

function pausesWithoutMethod(
  world: World,
  { customer, default_payment_method: own, trial_settings }: Subscription,
) {
  const owner = needCustomer(world, customer);
  return (
    trial_settings?.end_behavior.missing_payment_method === 'pause' &&
    own === null &&
    owner.invoice_settings.default_payment_method === null
  );
}

function pause(world: World, before: Subscription): Subscription {
  const paused = world.update('subscription', before.id, {
    status: 'paused',
    trial_end: world.now(before.customer),
  });
  world.emit('customer.subscription.updated', paused, before);
  world.emit('customer.subscription.paused', paused);
  return paused;
}

function applyFields(world: World, before: Subscription, input: z.output<typeof update>, now: number): void {
  const cancels = input.cancel_at_period_end ?? before.cancel_at_period_end;
  let cancelAt = input.cancel_at === '' ? null : (input.cancel_at ?? before.cancel_at);
  if (input.cancel_at_period_end !== undefined) cancelAt = cancels ? periodEnd(before) : null;
  const method = input.default_payment_method;
  const trialEnd = typeof input.trial_end === 'number' ? input.trial_end : null;
  const details = before.cancellation_details;
  world.update('subscription', before.id, {
    cancel_at: cancelAt,
    cancel_at_period_end: cancels,
    canceled_at: cancelAt === null ? null : (before.canceled_at ?? now),
    cancellation_details: {
      comment: unsettable(input.cancellation_details?.comment, details?.comment ?? null),
      feedback: input.cancellation_details?.feedback ?? details?.feedback ?? null,
      feedback_option: null,
      reason: cancelAt === null ? null : 'cancellation_requested',
    },
    default_payment_method:
      method === undefined
        ? before.default_payment_method
        : method === ''
          ? null
          : resolveMethod(world, method, before.customer, 'default_payment_method').id,
    description: unsettable(input.description, before.description),
    metadata: mergeMetadata(before.metadata, input.metadata),
    ...(input.pause_collection === undefined
      ? {}
      : {
          pause_collection:
            input.pause_collection === ''
              ? null
              : {
                  behavior: input.pause_collection.behavior,
                  resumes_at: input.pause_collection.resumes_at ?? null,
                },
        }),
    ...(input.trial_settings
      ? {
          trial_settings: {
            end_behavior: { billing_cycle_anchor: null, ...input.trial_settings.end_behavior },
          },
        }
      : {}),
    ...(trialEnd === null
      ? {}
      : {
          status: 'trialing' as const,
          trial_end: trialEnd,
          trial_start: before.trial_start ?? now,
          billing_cycle_anchor: trialEnd,
          items: {
            ...before.items,
            data: before.items.data.map((each) => ({ ...each, current_period_end: trialEnd })),
          },
        }),
  });
}

export const subscriptionRoutes = [
  route('POST', '/v1/subscriptions', create, createFrom),
  route('GET', '/v1/subscriptions/:id', params<object>()({}), (world, _input, { id }) =>
    needSubscription(world, id),
  ),
  route('POST', '/v1/subscriptions/:id', update, (world, input, { id }) =>
    updateSubscription(world, id, input),
  ),
  route(
    'DELETE',
    '/v1/subscriptions/:id',
    params<Stripe.SubscriptionCancelParams>()({
      cancellation_details: cancellation.optional(),
      invoice_now: bool.optional(),
      prorate: z.literal('false').optional(),
    }),
    (world, input, { id }) => {
      const before = needSubscription(world, id);
      const { comment, feedback } = input.cancellation_details ?? {};
      const after = cancelSubscription(world, id, {
        reason: 'cancellation_requested',
        comment: comment ?? null,
        ...(feedback === undefined ? {} : { feedback }),
      });
      if (input.invoice_now) billFinalUsage(world, before, world.now(before.customer));
      return after;
    },
  ),
  route(
    'POST',
    '/v1/subscriptions/:id/resume',
    params<Stripe.SubscriptionResumeParams>()({
      billing_cycle_anchor: z.literal('now').optional(),
      proration_behavior: proration.optional(),
    }),
    (world, _input, { id }) => {
      if (needSubscription(world, id).status !== 'paused') {
        throw invalid('You can only resume a subscription whose status is paused.', 'id');
      }
      return resumeSubscription(world, id);
    },
  ),
  route(
    'GET',
    '/v1/subscriptions',
    params<Stripe.SubscriptionListParams>()({
      ...PAGE,
      created: seconds.optional(),
      customer: id.optional(),
      price: id.optional(),
      status: z
        .enum([
          'active',
          'all',
          'canceled',
          'ended',
          'incomplete',
          'incomplete_expired',
          'past_due',
          'paused',
          'trialing',
          'unpaid',
        ])
        .optional(),
      test_clock: id.optional(),
    }),
    (world, input) => {
      const { status } = input;
      const found = world.store.all('subscription').filter((each) => {
        const ended = each.status === 'canceled' || each.status === 'incomplete_expired';
        return (
          (input.customer === undefined || each.customer === input.customer) &&
          (input.price === undefined || each.items.data.some(({ price }) => price.id === input.price)) &&
          (input.test_clock === undefined || each.test_clock === input.test_clock) &&
          (status === 'all' ||
            (status === undefined
              ? each.status !== 'canceled'
              : status === 'ended'
                ? ended
                : each.status === status))
        );
      });
      return page('/v1/subscriptions', found, input);
    },
  ),
  route(
    'GET',
    '/v1/subscription_items',
    params<Stripe.SubscriptionItemListParams>()({ ...PAGE, subscription: id }),
    (world, input) =>
      page(
        '/v1/subscription_items',
        needSubscription(world, input.subscription, 'subscription').items.data.toReversed(),
        input,
      ),
  ),
];
