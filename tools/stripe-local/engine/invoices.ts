import type { Stripe } from 'stripe';
import { invalid } from '../errors.ts';
import type { Customer } from '../objects/customers.ts';
import type { Wire } from '../wire.ts';
import type { World } from '../world.ts';
import { type LineSpec, makeLine } from './invoice-lines.ts';
import { createIntent } from './intents.ts';
import { bindPending } from './pending-items.ts';

export type Invoice = Wire<Stripe.Invoice>;

export interface NewInvoice {
  customer: string;
  currency: string;
  reason: 'manual' | 'subscription_create' | 'subscription_cycle' | 'subscription_update';
  lines: LineSpec[];
  subscription?: { id: string; metadata: Record<string, string> } | undefined;
  period?: { start: number; end: number };
  autoAdvance?: boolean;
  /** Seconds after which a draft is finalized by itself; `null` leaves that to somebody. */
  finalizeAfter?: number | null;
  collection?: 'charge_automatically' | 'send_invoice';
  daysUntilDue?: number | null;
  defaultMethod?: string | null;
  description?: string | null;
  footer?: string | null;
  metadata?: Record<string, string>;
}

/** A draft. Nothing is numbered, due or charged before `finalizeInvoice`. */
export function draftInvoice(world: World, given: NewInvoice): Invoice {
  const customer = world.store.need('customer', given.customer, 'customer') as Customer;
  const now = world.now(given.customer);
  const id = world.newId('in');
  const lines = given.lines.map((line) => makeLine(world, id, given.currency, line));
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  const due = Math.max(0, total);
  const collection = given.collection ?? 'charge_automatically';
  const invoice = {
    id,
    object: 'invoice',
    account_country: 'US',
    account_name: 'stripe-local',
    account_tax_ids: null,
    amount_due: due,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: due,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: given.autoAdvance ?? true,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at:
      given.finalizeAfter === undefined || given.finalizeAfter === null ? null : now + given.finalizeAfter,
    billing_reason: given.reason,
    collection_method: collection,
    created: now,
    currency: given.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: given.defaultMethod ?? null,
    default_source: null,
    default_tax_rates: [],
    description: given.description ?? null,
    discounts: [],
    due_date: collection === 'send_invoice' ? now + (given.daysUntilDue ?? 30) * 86_400 : null,
    effective_at: null,
    ending_balance: null,
    footer: given.footer ?? null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: given.metadata ?? {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: given.subscription
      ? {
          type: 'subscription_details',
          quote_details: null,
          subscription_details: {
            subscription: given.subscription.id,
            metadata: given.subscription.metadata,
          },
        }
      : null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: given.period?.end ?? now,
    period_start: given.period?.start ?? now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: customer.test_clock ?? null,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  } satisfies Invoice;
  world.store.put('invoice', invoice);
  bindPending(world, invoice);
  world.emit('invoice.created', invoice);
  return invoice;
}

export function subscriptionOf(invoice: Invoice): string | null {
  return invoice.parent?.subscription_details?.subscription ?? null;
}

/**
 * Numbers a draft, applies the customer's balance and makes it payable; what costs nothing is paid at once. `paidBy` is
 * an intent that has paid it already.
 */
export function finalizeInvoice(world: World, id: string, paidBy?: string): Invoice {
  const draft = world.store.need('invoice', id);
  if (draft.status !== 'draft') {
    throw invalid(
      'This invoice is already finalized, you can’t re-finalize a non-draft invoice.',
      'id',
      'invoice_not_editable',
    );
  }
  const customer = world.store.need('customer', draft.customer ?? '', 'customer') as Customer;
  const now = world.now(customer.id);
  // A balance below zero is credit. A negative total becomes credit; credit pays for what is due.
  const due = paidBy === undefined ? Math.max(0, draft.total + customer.balance) : draft.total;
  const ending = draft.total + customer.balance - due;
  const sequence = customer.next_invoice_sequence ?? 1;
  world.update('customer', customer.id, { balance: ending, next_invoice_sequence: sequence + 1 });
  const open = world.update('invoice', id, {
    status: 'open',
    number: `${customer.invoice_prefix ?? 'LOCAL'}-${String(sequence).padStart(4, '0')}`,
    starting_balance: customer.balance,
    ending_balance: ending,
    amount_due: due,
    amount_remaining: due,
    effective_at: now,
    automatically_finalizes_at: null,
    hosted_invoice_url: `${world.publicUrl}/pay/invoice/${id}`,
    invoice_pdf: `${world.publicUrl}/pay/invoice/${id}`,
    status_transitions: { ...draft.status_transitions, finalized_at: now },
  });
  if (paidBy !== undefined) linkPayment(world, open, paidBy, 'open');
  else if (due > 0) {
    const intent = createIntent(world, {
      amount: due,
      currency: open.currency,
      customer: customer.id,
      description:
        open.description ?? (subscriptionOf(open) === null ? 'Payment for invoice' : 'Subscription'),
    });
    linkPayment(world, open, intent.id, 'open');
  }
  world.emit('invoice.finalized', open);
  return due > 0 && paidBy === undefined ? open : markPaid(world, id);
}

/** The record that ties an invoice to the intent that pays it. */
function linkPayment(world: World, invoice: Invoice, intent: string, status: 'open' | 'paid'): void {
  const now = world.now(invoice.customer);
  world.store.put('invoice_payment', {
    id: world.newId('inpay'),
    object: 'invoice_payment',
    amount_paid: status === 'paid' ? invoice.amount_due : null,
    amount_requested: invoice.amount_due,
    created: now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { type: 'payment_intent', payment_intent: intent },
    status,
    status_transitions: { canceled_at: null, paid_at: status === 'paid' ? now : null },
  });
}

export function paymentOf(world: World, invoice: string) {
  return world.store
    .all('invoice_payment')
    .findLast((payment) => payment.invoice === invoice && payment.is_default);
}

export function markPaid(world: World, id: string, outOfBand = false): Invoice {
  const invoice = world.store.need('invoice', id);
  const now = world.now(invoice.customer);
  const paid = world.update('invoice', id, {
    status: 'paid',
    amount_paid: outOfBand ? 0 : invoice.amount_due,
    amount_remaining: 0,
    attempted: true,
    attempt_count: invoice.amount_due > 0 && !outOfBand ? invoice.attempt_count + 1 : invoice.attempt_count,
    auto_advance: false,
    next_payment_attempt: null,
    status_transitions: { ...invoice.status_transitions, paid_at: now },
  });
  const payment = paymentOf(world, id);
  if (payment && payment.status === 'open' && !outOfBand) {
    const settled = world.update('invoice_payment', payment.id, {
      status: 'paid',
      amount_paid: invoice.amount_due,
      status_transitions: { canceled_at: null, paid_at: now },
    });
    world.emit('invoice_payment.paid', settled);
  }
  world.emitUpdate('invoice.updated', paid, invoice);
  world.emit('invoice.paid', paid);
  world.emit('invoice.payment_succeeded', paid);
  return paid;
}
