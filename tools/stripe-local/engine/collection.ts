import { cardError, invalid } from '../errors.ts';
import type { Customer } from '../objects/customers.ts';
import { DAY, type World } from '../world.ts';
import { finalizeInvoice, type Invoice, markPaid, paymentOf, subscriptionOf } from './invoices.ts';
import { cancelIntent, confirmIntent, orDeclined } from './payments.ts';

interface How {
  method?: string | undefined;
  /** Nobody is there who could authenticate. */
  offSession: boolean;
  authenticated?: boolean;
}

/** The payment method an invoice is charged to: its own, its subscription's, its customer's. */
export function methodFor(world: World, invoice: Invoice): string | null {
  if (invoice.default_payment_method !== null) return invoice.default_payment_method;
  const subscription = world.store.get('subscription', subscriptionOf(invoice) ?? '');
  if (subscription?.default_payment_method) return subscription.default_payment_method;
  const customer = world.store.get('customer', invoice.customer ?? '');
  return customer && 'invoice_settings' in customer ? customer.invoice_settings.default_payment_method : null;
}

/** Tries to collect an invoice; a draft is finalized first. Look at the status: a failure is no exception here. */
export function collectInvoice(world: World, id: string, how: How): Invoice {
  const given = world.store.need('invoice', id);
  const invoice = given.status === 'draft' ? finalizeInvoice(world, id) : given;
  if (invoice.status === 'paid') return invoice;
  const method = how.method ?? methodFor(world, invoice);
  if (method === null) return failed(world, id);
  const payment = paymentOf(world, id);
  const intent = confirmIntent(world, payment?.payment.payment_intent ?? '', {
    method,
    offSession: how.offSession,
    authenticated: how.authenticated ?? false,
  });
  // `payment_intent.succeeded` has settled the invoice already.
  if (intent.status === 'succeeded' || intent.status === 'processing') return world.store.need('invoice', id);
  if (intent.status === 'requires_action') {
    world.emit('invoice.payment_action_required', world.store.need('invoice', id));
  }
  return failed(world, id);
}

/** Pays on request. @throws StripeError 402 when the bank says no. */
export function payInvoice(world: World, id: string, how: How & { outOfBand?: boolean }): Invoice {
  const invoice = world.store.need('invoice', id);
  if (invoice.status === 'paid') throw invalid('Invoice is already paid', 'id', 'invoice_already_paid');
  if (invoice.status !== 'draft' && invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw invalid(
      `You cannot pay an invoice with a status of ${invoice.status}.`,
      'id',
      'invoice_not_editable',
    );
  }
  if (how.outOfBand) {
    if (invoice.status === 'draft') finalizeInvoice(world, id);
    return markPaid(world, id, true);
  }
  const after = collectInvoice(world, id, how);
  if (after.status === 'paid') return after;
  const payment = paymentOf(world, id);
  const intent = world.store.need('payment_intent', payment?.payment.payment_intent ?? '');
  orDeclined(intent);
  if (intent.status === 'requires_action') {
    throw cardError(
      {
        code: 'invoice_payment_intent_requires_action',
        message:
          'Payment for this invoice requires additional user action before it can be completed successfully.',
      },
      { payment_intent: intent },
    );
  }
  if (intent.status === 'processing') return after;
  throw invalid(
    'There is no default payment method set for this customer.',
    undefined,
    'invoice_payment_intent_requires_payment_method',
  );
}

/** Counts a failed attempt and says when the next one is: only what belongs to a running subscription is retried. */
function failed(world: World, id: string): Invoice {
  const before = world.store.need('invoice', id);
  const attempts = before.attempt_count + 1;
  const retried =
    before.collection_method === 'charge_automatically' &&
    before.auto_advance === true &&
    (before.billing_reason === 'subscription_cycle' || before.billing_reason === 'subscription_update');
  const wait = retried ? world.dunning.retryDays[attempts - 1] : undefined;
  const invoice = world.update('invoice', id, {
    attempted: true,
    attempt_count: attempts,
    next_payment_attempt: wait === undefined ? null : world.now(before.customer) + wait * DAY,
  });
  world.emitUpdate('invoice.updated', invoice, before);
  world.emit('invoice.payment_failed', invoice);
  return world.store.need('invoice', id);
}

export function voidInvoice(world: World, id: string): Invoice {
  const before = world.store.need('invoice', id);
  if (before.status !== 'open' && before.status !== 'uncollectible') {
    throw invalid(
      `You can only void an open or uncollectible invoice; this one is ${before.status}.`,
      'id',
      'invoice_not_editable',
    );
  }
  giveUpPayment(world, id);
  const now = world.now(before.customer);
  // What the balance had paid comes back to it.
  const used = before.ending_balance === null ? 0 : before.starting_balance - before.ending_balance;
  if (used !== 0 && before.customer !== null) {
    const customer = world.store.need('customer', before.customer) as Customer;
    world.update('customer', customer.id, { balance: customer.balance + used });
  }
  const invoice = world.update('invoice', id, {
    status: 'void',
    auto_advance: false,
    next_payment_attempt: null,
    amount_remaining: 0,
    status_transitions: { ...before.status_transitions, voided_at: now },
  });
  world.emitUpdate('invoice.updated', invoice, before);
  world.emit('invoice.voided', invoice);
  return invoice;
}

export function markUncollectible(world: World, id: string): Invoice {
  const before = world.store.need('invoice', id);
  if (before.status !== 'open') {
    throw invalid(
      `You can only mark an open invoice uncollectible; this one is ${before.status}.`,
      'id',
      'invoice_not_editable',
    );
  }
  const invoice = world.update('invoice', id, {
    status: 'uncollectible',
    auto_advance: false,
    next_payment_attempt: null,
    status_transitions: { ...before.status_transitions, marked_uncollectible_at: world.now(before.customer) },
  });
  world.emitUpdate('invoice.updated', invoice, before);
  world.emit('invoice.marked_uncollectible', invoice);
  return invoice;
}

function giveUpPayment(world: World, invoice: string): void {
  const payment = paymentOf(world, invoice);
  const intent = world.store.get('payment_intent', payment?.payment.payment_intent ?? '');
  if (payment && intent && intent.status.startsWith('requires_')) {
    cancelIntent(world, intent.id, 'void_invoice');
    world.update('invoice_payment', payment.id, {
      status: 'canceled',
      status_transitions: { canceled_at: world.now(intent.customer), paid_at: null },
    });
  }
}

/** An intent that came through pays the invoice it belongs to; one that was refused later fails it. */
export function collectionReactions(world: World): void {
  const invoiceOf = (intent: { id: string }) =>
    world.store
      .all('invoice_payment')
      .find(({ payment, status }) => status === 'open' && payment.payment_intent === intent.id)?.invoice;
  world.on('payment_intent.succeeded', (intent: { id: string }) => {
    const invoice = invoiceOf(intent);
    if (invoice !== undefined) markPaid(world, invoice);
  });
}
