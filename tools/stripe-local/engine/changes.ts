import { cardError, invalid } from '../errors.ts';
import type { Price } from '../objects/prices.ts';
import type { World } from '../world.ts';
import { collectInvoice } from './collection.ts';
import { isMetered, type LineSpec, type SubscriptionItem } from './invoice-lines.ts';
import { draftInvoice, finalizeInvoice, type Invoice, paymentOf } from './invoices.ts';
import { takePending } from './pending-items.ts';
import { addPending, differences } from './proration.ts';
import { makeItem, periodFrom, type Subscription } from './subscriptions.ts';

/** Seconds a change waits for its payment. */
const PENDING_SECONDS = 23 * 3_600;

export interface ItemChange {
  id?: string | undefined;
  price?: Price | undefined;
  quantity?: number | undefined;
  deleted?: boolean | undefined;
  metadata?: Record<string, string> | undefined;
}

export interface Change {
  items: ItemChange[];
  /** Begin a new period now. */
  reset: boolean;
  proration: 'always_invoice' | 'create_prorations' | 'none';
  behavior: 'allow_incomplete' | 'default_incomplete' | 'error_if_incomplete' | 'pending_if_incomplete';
  offSession: boolean;
  /** Prorate as of this moment instead of now. */
  prorationDate?: number | undefined;
}

/** The items of `subscription` after `changes`. @throws StripeError for an item it does not have. */
function changedItems(world: World, subscription: Subscription, changes: ItemChange[]): SubscriptionItem[] {
  const now = world.now(subscription.customer);
  const items = [...subscription.items.data];
  const period = {
    start: items[0]?.current_period_start ?? now,
    end: items[0]?.current_period_end ?? now,
  };
  for (const [index, change] of changes.entries()) {
    const at = items.findIndex(({ id }) => id === change.id);
    if (change.id !== undefined && at === -1) {
      throw invalid(
        `Subscription ${subscription.id} has no item '${change.id}'.`,
        `items[${index}][id]`,
        'resource_missing',
      );
    }
    const old = items[at];
    if (old && change.deleted) items.splice(at, 1);
    else if (old) {
      const quantity = change.quantity ?? old.quantity;
      const made = makeItem(
        world,
        subscription.id,
        {
          price: change.price ?? old.price,
          ...(isMetered({ price: change.price ?? old.price }) ? {} : { quantity }),
          metadata: change.metadata ?? old.metadata,
        },
        period,
        old.created,
      );
      items[at] = { ...made, id: old.id };
    } else {
      if (!change.price) {
        throw invalid(
          'Missing required param: items[0][price].',
          `items[${index}][price]`,
          'parameter_missing',
        );
      }
      const { price, quantity, metadata } = change;
      items.push(makeItem(world, subscription.id, { price, quantity, metadata }, period, now));
    }
  }
  return items;
}

/** Changes what a subscription sells, now, and bills the difference the way `change` says. */
export function changeItems(world: World, id: string, change: Change): Subscription {
  const before = world.store.need('subscription', id);
  if (world.store.get('pending_change', id)) dropPendingChange(world, id);
  const items = changedItems(world, before, change.items);
  const now = world.now(before.customer);
  const interval = (list: SubscriptionItem[]) =>
    `${list[0]?.price.recurring?.interval} ${list[0]?.price.recurring?.interval_count}`;
  const reset =
    change.reset || (interval(items) !== interval(before.items.data) && before.status !== 'trialing');
  const anchor = reset ? now : null;
  const period = reset
    ? periodFrom(
        now,
        items.map(({ price }) => price),
        now,
      )
    : null;
  const moved = period
    ? items.map((item) => ({ ...item, current_period_start: period.start, current_period_end: period.end }))
    : items;
  const lines =
    before.status === 'trialing' && !reset ? [] : differences(world, before, moved, change, reset);
  if (lines.length === 0 || (change.proration === 'create_prorations' && !reset)) {
    for (const line of lines) addPending(world, before, line);
    return applyItems(world, id, moved, anchor);
  }
  if (change.behavior !== 'pending_if_incomplete') applyItems(world, id, moved, anchor);
  const held = change.behavior === 'pending_if_incomplete' ? { items: moved, anchor } : null;
  const invoice = billNow(world, before, lines, change, held);
  return held && invoice.status !== 'paid' ? holdBack(world, id) : world.store.need('subscription', id);
}

/** Bills a change. One that is `held` is made by the payment of its invoice. */
function billNow(
  world: World,
  subscription: Subscription,
  lines: LineSpec[],
  change: Change,
  held: { items: SubscriptionItem[]; anchor: number | null } | null,
): Invoice {
  const invoice = draftInvoice(world, {
    customer: subscription.customer,
    currency: subscription.currency,
    reason: 'subscription_update',
    lines: [...lines, ...takePending(world, subscription.customer, subscription.id)],
    subscription,
    collection: subscription.collection_method === 'send_invoice' ? 'send_invoice' : 'charge_automatically',
    daysUntilDue: subscription.days_until_due,
    // A change that waits is not retried by itself: its payer acts, or it lapses.
    autoAdvance: change.behavior !== 'pending_if_incomplete',
  });
  world.update('subscription', subscription.id, { latest_invoice: invoice.id });
  if (held) world.store.put('pending_change', { id: subscription.id, invoice: invoice.id, ...held });
  const open = finalizeInvoice(world, invoice.id);
  if (open.status === 'paid' || change.behavior === 'default_incomplete') return open;
  const tried = collectInvoice(world, invoice.id, { offSession: change.offSession });
  if (tried.status !== 'paid' && change.behavior === 'error_if_incomplete') {
    const message = 'The subscription was not changed, because its payment failed.';
    throw cardError({ code: 'card_declined', message }, {}, false);
  }
  return tried;
}

function applyItems(
  world: World,
  id: string,
  items: SubscriptionItem[],
  anchor: number | null,
): Subscription {
  const before = world.store.need('subscription', id);
  const trialing = before.status === 'trialing' && anchor !== null;
  const after = world.update('subscription', id, {
    items: { ...before.items, data: items },
    billing_cycle_anchor: anchor ?? before.billing_cycle_anchor,
    ...(trialing ? { status: 'active', trial_end: anchor } : {}),
  });
  world.emitUpdate('customer.subscription.updated', after, before);
  return after;
}

/** Says on the subscription which change waits for its payment. */
function holdBack(world: World, id: string): Subscription {
  const before = world.store.need('subscription', id);
  const { items, anchor } = world.store.need('pending_change', id);
  const after = world.update('subscription', id, {
    pending_update: {
      billing_cycle_anchor: anchor,
      cancel_at_period_end: null,
      discount: null,
      discounts: null,
      expires_at: world.now(before.customer) + PENDING_SECONDS,
      metadata: null,
      subscription_items: items,
      trial_end: null,
      trial_from_plan: null,
    },
  });
  world.emit('customer.subscription.updated', after, before);
  return after;
}

/** The payment came: the change that waited for it is made. Only what had to wait is called a pending update. */
export function applyPendingChange(world: World, id: string): void {
  const { items, anchor } = world.store.need('pending_change', id);
  world.store.remove('pending_change', id);
  const waited = world.store.need('subscription', id).pending_update !== null;
  world.update('subscription', id, { pending_update: null });
  const after = applyItems(world, id, items, anchor);
  if (waited) world.emit('customer.subscription.pending_update_applied', after);
}

/** The change is off; what was asked for it may not be collected any more. */
export function dropPendingChange(world: World, id: string): void {
  const change = world.store.need('pending_change', id);
  world.store.remove('pending_change', id);
  const before = world.store.need('subscription', id);
  const after = world.update('subscription', id, { pending_update: null });
  const payment = paymentOf(world, change.invoice);
  if (payment?.status === 'open') world.update('invoice', change.invoice, { auto_advance: false });
  world.emit('customer.subscription.updated', after, before);
  world.emit('customer.subscription.pending_update_expired', after);
}
