import type { Stripe } from 'stripe';
import { invalid } from '../errors.ts';
import type { CheckoutPlan } from '../kinds.ts';
import { createCustomer, type Customer } from '../objects/customers.ts';
import { attach, type PaymentMethod } from '../objects/payment-methods.ts';
import type { Wire } from '../wire.ts';
import { DAY, type World } from '../world.ts';
import type { LineSpec } from './invoice-lines.ts';
import { draftInvoice, finalizeInvoice } from './invoices.ts';
import { createIntent } from './intents.ts';
import { confirmIntent, verdict } from './payments.ts';
import { confirmSetup, createSetup } from './setups.ts';
import { createSubscription } from './subscriptions.ts';

export type CheckoutSession = Wire<Stripe.Checkout.Session>;

export interface Payer {
  /** Nothing when nothing is due and no method is wanted. */
  method: string | null;
  email?: string | null;
  name?: string | null;
  /** Has just passed 3-D Secure. */
  authenticated?: boolean;
}

/** `ask`: its bank wants to hear from the owner first. */
export type Paid = { kind: 'done' } | { kind: 'ask' } | { kind: 'refused'; message: string };

/** What pressing "Pay" on the hosted page does. */
export function paySession(world: World, id: string, payer: Payer): Paid {
  const session = world.store.need('checkout.session', id);
  if (session.status !== 'open') {
    throw invalid(
      `This Checkout Session is ${session.status} and can no longer be paid.`,
      'id',
      'checkout_session_not_open',
    );
  }
  const plan = world.store.need('checkout_plan', id);
  if (session.mode === 'payment') return payOnce(world, session, plan, payer);
  const method =
    payer.method === null ? null : world.store.need('payment_method', payer.method, 'payment_method');
  if (method) {
    const answer = verdict(world, method, { offSession: false, authenticated: payer.authenticated ?? false });
    const charges = session.mode === 'subscription' && trialEnd(world, session, plan) === null;
    // A card that only fails when charged can be saved.
    if (answer.kind === 'no' && (charges || refusedAtOnce(world, method))) {
      return { kind: 'refused', message: answer.decline.message };
    }
    if (answer.kind === 'ask') return { kind: 'ask' };
    if (payer.authenticated) world.update('instrument', method.id, { authenticated: true });
  } else if (session.mode === 'setup' || (session.amount_total ?? 0) > 0) {
    throw invalid('A payment method is needed.', 'payment_method', 'parameter_missing');
  }
  const customer = customerOf(world, session, payer);
  if (method && method.customer === null) attach(world, method.id, customer.id);
  return session.mode === 'setup'
    ? save(world, session, customer, method, payer)
    : subscribe(world, session, plan, customer, method, payer);
}

function refusedAtOnce(world: World, method: PaymentMethod): boolean {
  return world.store.get('instrument', method.id)?.card !== '4000000000000341';
}

function trialEnd(
  world: World,
  { customer }: CheckoutSession,
  { subscription }: CheckoutPlan,
): number | null {
  if (subscription.trial_end !== null) return subscription.trial_end;
  return subscription.trial_days === null ? null : world.now(customer) + subscription.trial_days * DAY;
}

function customerOf(world: World, session: CheckoutSession, payer: Payer): Customer {
  if (session.customer !== null) return world.store.need('customer', session.customer) as Customer;
  const customer = createCustomer(world, {
    email: payer.email ?? session.customer_email ?? '',
    name: payer.name ?? '',
  });
  world.update('checkout.session', session.id, { customer: customer.id });
  return customer;
}

function payOnce(world: World, session: CheckoutSession, plan: CheckoutPlan, payer: Payer): Paid {
  const wantsCustomer =
    session.customer !== null ||
    session.customer_creation === 'always' ||
    plan.invoice !== null ||
    plan.payment.setup_future_usage !== null;
  const customer = wantsCustomer ? customerOf(world, session, payer) : null;
  if ((session.amount_total ?? 0) === 0) {
    complete(world, session.id, payer, { payment_status: 'no_payment_required' });
    return { kind: 'done' };
  }
  const intent =
    session.payment_intent ??
    createIntent(world, {
      ...plan.payment,
      amount: session.amount_total ?? 0,
      currency: session.currency ?? 'usd',
      customer: customer?.id ?? null,
      payment_method_types: session.payment_method_types,
    }).id;
  world.update('checkout.session', session.id, { payment_intent: intent });
  const result = confirmIntent(world, intent, {
    method: payer.method ?? undefined,
    offSession: false,
    authenticated: payer.authenticated ?? false,
    returnUrl: session.success_url ?? undefined,
  });
  if (result.status === 'requires_action') return { kind: 'ask' };
  if (result.status === 'requires_payment_method') {
    return { kind: 'refused', message: result.last_payment_error?.message ?? 'Your card was declined.' };
  }
  // A payment that came through at once has completed the session by its event.
  if (world.store.need('checkout.session', session.id).status === 'open') {
    const paid = result.status === 'succeeded' || result.status === 'requires_capture';
    if (paid) billPayment(world, session.id, plan);
    complete(world, session.id, payer, { payment_status: paid ? 'paid' : 'unpaid' });
  }
  return { kind: 'done' };
}

/** The invoice of a one-time payment (`invoice_creation`), paid by the payment it documents. */
function billPayment(world: World, id: string, plan: CheckoutPlan): void {
  const session = world.store.need('checkout.session', id);
  if (!plan.invoice || session.customer === null || session.payment_intent === null) return;
  const invoice = draftInvoice(world, {
    customer: session.customer,
    currency: session.currency ?? 'usd',
    reason: 'manual',
    lines: linesOf(world, session, plan, () => true),
    description: plan.invoice.description,
    footer: plan.invoice.footer,
    metadata: plan.invoice.metadata,
  });
  world.update('checkout.session', id, { invoice: invoice.id });
  finalizeInvoice(world, invoice.id, session.payment_intent);
}

function linesOf(
  world: World,
  session: CheckoutSession,
  plan: CheckoutPlan,
  wanted: (line: CheckoutPlan['lines'][number]) => boolean,
): LineSpec[] {
  const now = world.now(session.customer);
  return plan.lines.filter(wanted).map((line) => ({
    amount: line.amount_total,
    description: line.description,
    period: { start: now, end: now },
    quantity: line.quantity,
    price: line.price,
    invoiceItem: world.newId('ii'),
  }));
}

function subscribe(
  world: World,
  session: CheckoutSession,
  plan: CheckoutPlan,
  customer: Customer,
  method: PaymentMethod | null,
  payer: Payer,
): Paid {
  const recurring = plan.lines.flatMap(({ price, quantity }) =>
    price?.recurring ? [{ price, ...(quantity === null ? {} : { quantity }) }] : [],
  );
  const subscription = createSubscription(world, {
    customer: customer.id,
    items: recurring,
    trialEnd: trialEnd(world, session, plan),
    metadata: plan.subscription.metadata,
    description: plan.subscription.description,
    defaultMethod: method?.id ?? null,
    missingMethod: plan.subscription.missing_payment_method,
    authenticated: payer.authenticated ?? false,
    extraLines: linesOf(world, session, plan, ({ price }) => !price?.recurring),
  });
  const invoice = world.store.get('invoice', subscription.latest_invoice ?? '');
  complete(world, session.id, payer, {
    subscription: subscription.id,
    invoice: subscription.latest_invoice,
    payment_status:
      invoice?.status !== 'paid' ? 'unpaid' : invoice.amount_paid > 0 ? 'paid' : 'no_payment_required',
  });
  return { kind: 'done' };
}

function save(
  world: World,
  session: CheckoutSession,
  customer: Customer,
  method: PaymentMethod | null,
  payer: Payer,
): Paid {
  const setup = createSetup(world, { customer: customer.id, payment_method: method?.id ?? null });
  confirmSetup(world, setup.id, { authenticated: true });
  complete(world, session.id, payer, { setup_intent: setup.id, payment_status: 'no_payment_required' });
  return { kind: 'done' };
}

function complete(world: World, id: string, payer: Payer, patch: Partial<CheckoutSession>): void {
  const session = world.store.need('checkout.session', id);
  const customer =
    session.customer === null ? null : (world.store.need('customer', session.customer) as Customer);
  const done = world.update('checkout.session', id, {
    ...patch,
    status: 'complete',
    url: null,
    customer_details: {
      address: customer?.address ?? null,
      business_name: null,
      email: payer.email ?? customer?.email ?? session.customer_email,
      individual_name: null,
      name: payer.name ?? customer?.name ?? null,
      phone: customer?.phone ?? null,
      tax_exempt: 'none',
      tax_ids: [],
    },
  });
  world.emit('checkout.session.completed', done);
}

export function expireSession(world: World, id: string): CheckoutSession {
  const session = world.store.need('checkout.session', id);
  if (session.status !== 'open') {
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status}.`,
      'id',
    );
  }
  const expired = world.update('checkout.session', id, { status: 'expired', url: null });
  world.emit('checkout.session.expired', expired);
  return expired;
}

/** Bank debits of completed sessions come through, or do not, days later. */
export function checkoutReactions(world: World): void {
  const waiting = (intent: { id: string }) =>
    world.store
      .all('checkout.session')
      .find(
        ({ payment_intent, status, payment_status }) =>
          payment_intent === intent.id && status === 'complete' && payment_status === 'unpaid',
      );
  world.on('payment_intent.succeeded', (intent: { id: string }) => {
    const session = waiting(intent);
    if (!session) return;
    billPayment(world, session.id, world.store.need('checkout_plan', session.id));
    const paid = world.update('checkout.session', session.id, { payment_status: 'paid' });
    world.emit('checkout.session.async_payment_succeeded', paid);
  });
  world.on('payment_intent.payment_failed', (intent: { id: string }) => {
    const session = waiting(intent);
    if (session) world.emit('checkout.session.async_payment_failed', session);
  });
}
