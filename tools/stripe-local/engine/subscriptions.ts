import type { Stripe } from 'stripe';
import { cardError, invalid } from '../errors.ts';
import type { Price } from '../objects/prices.ts';
import type { Wire } from '../wire.ts';
import { DAY, type World } from '../world.ts';
import { collectInvoice } from './collection.ts';
import { isMetered, itemLine, type LineSpec, productName, type SubscriptionItem } from './invoice-lines.ts';
import { draftInvoice, finalizeInvoice } from './invoices.ts';
import { nextEnd } from './periods.ts';

export type Subscription = Wire<Stripe.Subscription>;

export interface NewItem {
  price: Price;
  quantity?: number | undefined;
  metadata?: Record<string, string> | undefined;
}

export interface NewSubscription {
  customer: string;
  items: NewItem[];
  trialEnd?: number | null;
  anchor?: number | undefined;
  metadata?: Record<string, string>;
  description?: string | null;
  defaultMethod?: string | null;
  behavior?: 'allow_incomplete' | 'default_incomplete' | 'error_if_incomplete';
  cancelAtPeriodEnd?: boolean;
  cancelAt?: number | null;
  collection?: 'charge_automatically' | 'send_invoice';
  daysUntilDue?: number | null;
  offSession?: boolean;
  /** Its owner has just passed 3-D Secure, on the Checkout page. */
  authenticated?: boolean;
  missingMethod?: 'cancel' | 'create_invoice' | 'pause';
  saveMethod?: 'off' | 'on_subscription';
  /** One-time lines that go on the first invoice. */
  extraLines?: LineSpec[];
}

export function makeItem(
  world: World,
  subscription: string,
  { price, quantity, metadata }: NewItem,
  period: { start: number; end: number },
  now: number,
): SubscriptionItem {
  if (!price.recurring) {
    throw invalid(
      `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
      'items[0][price]',
    );
  }
  const metered = price.recurring.usage_type === 'metered';
  if (metered && quantity !== undefined) {
    throw invalid('A metered price takes no quantity.', 'items[0][quantity]');
  }
  return {
    id: world.newId('si').slice(0, 17),
    object: 'subscription_item',
    billing_thresholds: null,
    created: now,
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata: metadata ?? {},
    plan: planOf(price),
    price,
    ...(metered ? {} : { quantity: quantity ?? 1 }),
    subscription,
    tax_rates: [],
  } satisfies SubscriptionItem;
}

function planOf(price: Price): SubscriptionItem['plan'] {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: price.recurring?.meter ?? null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: price.tiers_mode,
    transform_usage: null,
    trial_period_days: null,
    usage_type: price.recurring?.usage_type ?? 'licensed',
  } satisfies SubscriptionItem['plan'];
}

/** The period that `time` lies in; every item of a subscription here bills at one interval. */
export function periodFrom(
  anchor: number,
  prices: readonly Price[],
  start: number,
): { start: number; end: number } {
  const recurring = prices[0]?.recurring;
  if (!recurring)
    throw invalid('A subscription needs at least one recurring price.', 'items', 'parameter_missing');
  const { interval, interval_count } = recurring;
  const mixed = prices.some(
    ({ recurring: other }) => other?.interval !== interval || other.interval_count !== interval_count,
  );
  if (mixed) {
    throw invalid('stripe-local bills all prices of a subscription at one interval; these differ.', 'items');
  }
  if (anchor > start) return { start, end: anchor };
  return { start, end: nextEnd(anchor, interval, interval_count, start) };
}

export function createSubscription(world: World, given: NewSubscription): Subscription {
  const now = world.now(given.customer);
  const id = world.newId('sub');
  const prices = given.items.map(({ price }) => price);
  const currency = prices[0]?.currency ?? 'usd';
  const trialEnd = given.trialEnd && given.trialEnd > now ? given.trialEnd : null;
  const anchor = trialEnd ?? given.anchor ?? now;
  const period = trialEnd === null ? periodFrom(anchor, prices, now) : { start: now, end: trialEnd };
  const items = given.items.map((item) => makeItem(world, id, item, period, now));
  const cancelAt = given.cancelAt ?? (given.cancelAtPeriodEnd ? period.end : null);
  const subscription = {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: anchor,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: cancelAt,
    cancel_at_period_end: given.cancelAtPeriodEnd ?? false,
    canceled_at: given.cancelAtPeriodEnd ? now : null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: given.collection ?? 'charge_automatically',
    created: now,
    currency,
    customer: given.customer,
    customer_account: null,
    days_until_due: given.daysUntilDue ?? null,
    default_payment_method: given.defaultMethod ?? null,
    default_source: null,
    default_tax_rates: [],
    description: given.description ?? null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: { object: 'list', data: items, has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: given.metadata ?? {},
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: given.saveMethod ?? 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: trialEnd === null ? 'incomplete' : 'trialing',
    test_clock: testClockOf(world, given.customer),
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: null,
        missing_payment_method: given.missingMethod ?? 'create_invoice',
      },
    },
    trial_start: trialEnd === null ? null : now,
  } satisfies Subscription;
  world.store.put('subscription', subscription);
  world.emit('customer.subscription.created', subscription);
  if (trialEnd !== null && trialEnd - now <= 3 * DAY) sayTrialEnds(world, id);
  firstInvoice(world, subscription, given);
  return world.store.need('subscription', id);
}

function testClockOf(world: World, customer: string): string | null {
  const found = world.store.get('customer', customer);
  return found && 'test_clock' in found ? (found.test_clock ?? null) : null;
}

export function sayTrialEnds(world: World, id: string): void {
  const subscription = world.store.need('subscription', id);
  world.store.put('setting', { id: `trial_will_end:${id}`, value: subscription.trial_end ?? 0 });
  world.emit('customer.subscription.trial_will_end', subscription);
}

function firstInvoice(world: World, subscription: Subscription, given: NewSubscription): void {
  const { id, customer, currency } = subscription;
  const licensed = subscription.items.data.filter((item) => !isMetered(item));
  const lines = licensed.map((item) => {
    const period = { start: item.current_period_start, end: item.current_period_end };
    const line = itemLine(world, subscription, item, period);
    if (subscription.status !== 'trialing') return line;
    return { ...line, amount: 0, description: `Trial period for ${productName(world, item.price)}` };
  });
  const invoice = draftInvoice(world, {
    customer,
    currency,
    reason: 'subscription_create',
    lines: [...lines, ...(given.extraLines ?? [])],
    subscription,
    collection: given.collection ?? 'charge_automatically',
    daysUntilDue: given.daysUntilDue ?? null,
  });
  world.update('subscription', id, { latest_invoice: invoice.id });
  const open = finalizeInvoice(world, invoice.id);
  if (open.status === 'paid') return;
  if (given.collection === 'send_invoice') {
    setStatus(world, id, 'active');
    return;
  }
  if (given.behavior === 'default_incomplete') return;
  const tried = collectInvoice(world, invoice.id, {
    offSession: given.offSession ?? false,
    authenticated: given.authenticated ?? false,
  });
  if (tried.status !== 'paid' && given.behavior === 'error_if_incomplete') {
    const message = 'The subscription was not created, because its first payment failed.';
    throw cardError({ code: 'card_declined', message }, {}, false);
  }
}

/** Moves a subscription to another status and says so; nothing happens when it is there already. */
export function setStatus(world: World, id: string, status: Subscription['status']): Subscription {
  const before = world.store.need('subscription', id);
  if (before.status === status) return before;
  const after = world.update('subscription', id, { status });
  world.emit('customer.subscription.updated', after, before);
  return after;
}

export interface Cancel {
  reason: 'cancellation_requested' | 'payment_failed' | 'payment_disputed';
  comment?: string | null;
  feedback?: NonNullable<Subscription['cancellation_details']>['feedback'];
}

/** Ends a subscription now. Bills nothing: see `finalUsage` for what metered items still owe. */
export function cancelSubscription(world: World, id: string, how: Cancel): Subscription {
  const before = world.store.need('subscription', id);
  if (before.status === 'canceled' || before.status === 'incomplete_expired') {
    throw invalid(`No active subscription: '${id}' is ${before.status}.`, 'id', 'resource_missing');
  }
  const now = world.now(before.customer);
  const after = world.update('subscription', id, {
    status: 'canceled',
    canceled_at: before.canceled_at ?? now,
    ended_at: now,
    pending_update: null,
    cancellation_details: {
      comment: how.comment ?? before.cancellation_details?.comment ?? null,
      feedback: how.feedback ?? before.cancellation_details?.feedback ?? null,
      feedback_option: null,
      reason: how.reason,
    },
  });
  world.store.remove('pending_change', id);
  for (const invoice of world.store.all('invoice')) {
    const belongs = invoice.parent?.subscription_details?.subscription === id;
    if (belongs && (invoice.status === 'open' || invoice.status === 'draft')) {
      world.update('invoice', invoice.id, { auto_advance: false, next_payment_attempt: null });
    }
  }
  world.emit('customer.subscription.deleted', after);
  return after;
}

/** What metered items of a subscription have used in the running period, as lines of an invoice; empty when nothing. */
export function usageLines(world: World, subscription: Subscription, end: number): LineSpec[] {
  return subscription.items.data
    .filter(isMetered)
    .map((item) => itemLine(world, subscription, item, { start: item.current_period_start, end }));
}
