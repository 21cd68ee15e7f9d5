import type { World } from '../world.ts';
import { voidInvoice } from './collection.ts';
import { type Invoice, subscriptionOf } from './invoices.ts';
import { applyPendingChange, dropPendingChange } from './changes.ts';
import { cancelSubscription, setStatus } from './subscriptions.ts';

/** Seconds until a first payment that was never made lets its subscription go. */
export const INCOMPLETE_SECONDS = 23 * 3_600;

/** What the fate of an invoice means for its subscription. */
export function subscriptionReactions(world: World): void {
  world.on('invoice.paid', (invoice: Invoice) => {
    const id = subscriptionOf(invoice);
    const subscription = id === null ? undefined : world.store.get('subscription', id);
    if (!subscription || id === null) return;
    if (world.store.get('pending_change', id)?.invoice === invoice.id) applyPendingChange(world, id);
    const { status, default_payment_method: own, payment_settings } = world.store.need('subscription', id);
    if (['incomplete', 'past_due', 'unpaid'].includes(status) && !hasOpenInvoice(world, id)) {
      setStatus(world, id, 'active');
    }
    if (own === null && payment_settings?.save_default_payment_method === 'on_subscription') {
      const method = methodThatPaid(world, invoice.id);
      if (method !== null) world.update('subscription', id, { default_payment_method: method });
    }
  });
  world.on('invoice.payment_failed', (invoice: Invoice) => {
    const id = subscriptionOf(invoice);
    const subscription = id === null ? undefined : world.store.get('subscription', id);
    if (!subscription || id === null || world.store.get('pending_change', id)?.invoice === invoice.id) return;
    if (subscription.status === 'active' || subscription.status === 'trialing')
      setStatus(world, id, 'past_due');
    const last =
      invoice.next_payment_attempt === null && invoice.attempt_count > world.dunning.retryDays.length;
    if (!last || invoice.billing_reason === 'subscription_create') return;
    if (world.dunning.finally === 'cancel') cancelSubscription(world, id, { reason: 'payment_failed' });
    else setStatus(world, id, world.dunning.finally);
  });
  world.on('invoice.voided', (invoice: Invoice) => {
    const id = subscriptionOf(invoice);
    if (id !== null && world.store.get('pending_change', id)?.invoice === invoice.id)
      dropPendingChange(world, id);
  });
}

function hasOpenInvoice(world: World, subscription: string): boolean {
  return world.store
    .all('invoice')
    .some(
      (invoice) => invoice.status === 'open' && invoice.attempted && subscriptionOf(invoice) === subscription,
    );
}

function methodThatPaid(world: World, invoice: string): string | null {
  const payment = world.store
    .all('invoice_payment')
    .find((each) => each.invoice === invoice && each.status === 'paid');
  return world.store.get('payment_intent', payment?.payment.payment_intent ?? '')?.payment_method ?? null;
}

/** A first payment that did not come in time. */
export function expireIncomplete(world: World, id: string): void {
  const before = world.store.need('subscription', id);
  const now = world.now(before.customer);
  const expired = world.update('subscription', id, {
    status: 'incomplete_expired',
    ended_at: now,
    canceled_at: now,
  });
  world.emit('customer.subscription.updated', expired, before);
  const invoice =
    before.latest_invoice === null ? undefined : world.store.get('invoice', before.latest_invoice);
  if (invoice?.status === 'open') voidInvoice(world, invoice.id);
}

/** A change whose payment did not come in time. */
export function expirePendingChange(world: World, id: string): void {
  const change = world.store.need('pending_change', id);
  const invoice = world.store.need('invoice', change.invoice);
  // Voiding the invoice drops the change.
  if (invoice.status === 'open') voidInvoice(world, invoice.id);
  else dropPendingChange(world, id);
}
