import type { World } from '../world.ts';
import { collectInvoice, markUncollectible, methodFor, voidInvoice } from './collection.ts';
import { isMetered, itemLine, type LineSpec } from './invoice-lines.ts';
import { draftInvoice, finalizeInvoice, type Invoice, subscriptionOf } from './invoices.ts';
import { takePending } from './pending-items.ts';
import { nextEnd } from './periods.ts';
import { cancelSubscription, setStatus, type Subscription, usageLines } from './subscriptions.ts';

/** Seconds a renewal invoice stays a draft, so that somebody may add to it. */
const DRAFT_SECONDS = 3_600;

/** The end of the running period; all items share it. */
export function periodEnd(subscription: Subscription): number {
  return subscription.items.data[0]?.current_period_end ?? subscription.billing_cycle_anchor;
}

/** What happens when a period (or a trial) is over: the end of the subscription, or the next period and its invoice. */
export function endPeriod(world: World, id: string): void {
  const subscription = world.store.need('subscription', id);
  const end = periodEnd(subscription);
  if (
    subscription.cancel_at_period_end ||
    (subscription.cancel_at !== null && subscription.cancel_at <= end)
  ) {
    billFinalUsage(world, subscription, end);
    cancelSubscription(world, id, { reason: 'cancellation_requested' });
    return;
  }
  if (subscription.status === 'trialing') endTrial(world, subscription);
  else renew(world, id);
}

/** Metered usage of a period that is cut short or is the last one. */
export function billFinalUsage(world: World, subscription: Subscription, end: number): Invoice | undefined {
  const lines = [
    ...usageLines(world, subscription, end).filter(({ amount }) => amount > 0),
    ...takePending(world, subscription.customer, subscription.id),
  ];
  if (lines.length === 0) return undefined;
  const invoice = draftInvoice(world, {
    customer: subscription.customer,
    currency: subscription.currency,
    reason: 'subscription_cycle',
    lines,
    subscription,
    collection: subscription.collection_method === 'send_invoice' ? 'send_invoice' : 'charge_automatically',
  });
  world.update('subscription', subscription.id, { latest_invoice: invoice.id });
  return collectInvoice(world, invoice.id, { offSession: true });
}

function endTrial(world: World, subscription: Subscription): void {
  const invoice = {
    default_payment_method: null,
    customer: subscription.customer,
    parent: parentOf(subscription),
  };
  const behavior = subscription.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice';
  if (behavior !== 'create_invoice' && methodFor(world, invoice as Invoice) === null) {
    if (behavior === 'cancel') {
      cancelSubscription(world, subscription.id, { reason: 'cancellation_requested' });
      return;
    }
    const paused = world.update('subscription', subscription.id, { status: 'paused' });
    world.emit('customer.subscription.updated', paused, subscription);
    world.emit('customer.subscription.paused', paused);
    return;
  }
  renew(world, subscription.id);
}

function parentOf({ id, metadata }: Subscription): Invoice['parent'] {
  return {
    type: 'subscription_details',
    quote_details: null,
    subscription_details: { subscription: id, metadata },
  };
}

/** Opens the next period and drafts its invoice: licensed items in advance, metered ones for the period just over. */
export function renew(world: World, id: string, start?: number): Invoice {
  const before = world.store.need('subscription', id);
  const from = start ?? periodEnd(before);
  const recurring = before.items.data[0]?.price.recurring;
  const anchor = start ?? before.billing_cycle_anchor;
  const to = nextEnd(anchor, recurring?.interval ?? 'month', recurring?.interval_count ?? 1, from);
  const ended = before.items.data.map((item) => ({
    start: item.current_period_start,
    end: from,
  }));
  const items = before.items.data.map((item) => ({
    ...item,
    current_period_start: from,
    current_period_end: to,
  }));
  const trial = before.status === 'trialing' || before.status === 'paused';
  const lines: LineSpec[] = items.map((item, index) => {
    const over = ended[index] ?? { start: from, end: from };
    return itemLine(world, before, item, isMetered(item) ? over : { start: from, end: to });
  });
  const invoice = draftInvoice(world, {
    customer: before.customer,
    currency: before.currency,
    reason: 'subscription_cycle',
    lines: [...lines, ...takePending(world, before.customer, id)],
    subscription: before,
    period: { start: ended[0]?.start ?? from, end: from },
    finalizeAfter: DRAFT_SECONDS,
    collection: before.collection_method === 'send_invoice' ? 'send_invoice' : 'charge_automatically',
    daysUntilDue: before.days_until_due,
  });
  const after = world.update('subscription', id, {
    items: { ...before.items, data: items },
    billing_cycle_anchor: anchor,
    latest_invoice: invoice.id,
    status: trial ? 'active' : before.status,
  });
  world.emit('customer.subscription.updated', after, before);
  return invoice;
}

/** A renewal's draft becomes due; what happens with it while collection is paused is the subscription's wish. */
export function advanceDraft(world: World, id: string): void {
  const invoice = world.store.need('invoice', id);
  const pause = world.store.get('subscription', subscriptionOf(invoice) ?? '')?.pause_collection;
  const paused = pause && (pause.resumes_at === null || pause.resumes_at > world.now(invoice.customer));
  if (paused && pause.behavior === 'keep_as_draft') {
    world.update('invoice', id, { automatically_finalizes_at: null, auto_advance: false });
    return;
  }
  const open = finalizeInvoice(world, id);
  if (paused && open.status === 'open') {
    if (pause.behavior === 'void') voidInvoice(world, id);
    else markUncollectible(world, id);
    return;
  }
  if (open.status === 'paid' || invoice.collection_method === 'send_invoice') return;
  collectInvoice(world, id, { offSession: true });
}

/** Takes a paused subscription up again: its next period begins now and is paid first. */
export function resumeSubscription(world: World, id: string): Subscription {
  const now = world.now(world.store.need('subscription', id).customer);
  const invoice = renew(world, id, now);
  const paid = collectInvoice(world, invoice.id, { offSession: true });
  if (paid.status !== 'paid') setStatus(world, id, 'past_due');
  const subscription = world.store.need('subscription', id);
  world.emit('customer.subscription.resumed', subscription);
  return subscription;
}
