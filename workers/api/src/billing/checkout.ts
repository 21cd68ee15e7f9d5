import type { Stripe } from 'stripe';
import { ApiError } from '../platform/errors.ts';
import { type PaidPlanId, planOf, TOP_UPS, type TopUpId } from './plans.ts';
import type { BillingPorts } from './ports.ts';
import { LOOKUP_KEYS } from './prices.ts';
import { requireAllowed } from './return-urls.ts';

export interface CheckoutInput {
  workspaceId: string;
  buys: { plan: PaidPlanId } | { topUp: TopUpId };
  successUrl: string;
  cancelUrl: string;
  /** Names this call: the same one again makes no second session. */
  operation: string;
}

/** A page of Stripe's on which a plan or a pack of credits is bought. What it brings comes with the events of Stripe. */
export async function openCheckout(ports: BillingPorts, input: CheckoutInput): Promise<{ url: string }> {
  const { workspaceId, buys, operation } = input;
  const allowed = (await ports.store.account(workspaceId))?.returnUrls ?? [];
  const urls = {
    success_url: requireAllowed(input.successUrl, allowed, 'successUrl'),
    cancel_url: requireAllowed(input.cancelUrl, allowed, 'cancelUrl'),
  };
  const customer = await customerFor(ports, workspaceId);
  const common = { customer, client_reference_id: workspaceId, ...urls };
  const params =
    'plan' in buys
      ? await planSession(ports, workspaceId, customer, buys.plan)
      : await topUpSession(ports, workspaceId, buys.topUp, operation);
  const session = await ports.stripe.checkout.sessions.create(
    { ...common, ...params },
    { idempotencyKey: `checkout:${workspaceId}:${operation}` },
  );
  if (session.url === null)
    throw new ApiError('conflict', 'This checkout has ended already. Open another one.');
  return { url: session.url };
}

async function planSession(
  { stripe, prices, store, now }: BillingPorts,
  workspaceId: string,
  customer: string,
  plan: PaidPlanId,
): Promise<Stripe.Checkout.SessionCreateParams> {
  const known = await store.subscription(workspaceId);
  if (known && known.state !== 'canceled') {
    throw new ApiError(
      'conflict',
      'This workspace has a subscription. Change it with POST /v1/billing/plan.',
    );
  }
  // Two open pages could both be paid for.
  const open = await stripe.checkout.sessions.list({ customer, status: 'open', limit: 100 });
  for (const { id, mode } of open.data) {
    if (mode === 'subscription')
      await stripe.checkout.sessions.expire(id, {}, { idempotencyKey: `expire:${id}` });
  }
  const { overage, trial } = planOf(plan);
  const keys = [LOOKUP_KEYS.plan(plan), ...(overage ? [LOOKUP_KEYS.overage(plan)] : [])];
  const [flat, metered] = await prices.present(keys, now());
  return {
    mode: 'subscription',
    line_items: [{ price: flat ?? '', quantity: 1 }, ...(metered === undefined ? [] : [{ price: metered }])],
    metadata: { workspace_id: workspaceId },
    subscription_data: {
      metadata: { workspace_id: workspaceId },
      // A trial is for the first time alone.
      ...(trial && !known && { trial_period_days: trial.days }),
    },
  };
}

async function topUpSession(
  { prices, now }: BillingPorts,
  workspaceId: string,
  topUp: TopUpId,
  operation: string,
): Promise<Stripe.Checkout.SessionCreateParams> {
  const [price = ''] = await prices.present([LOOKUP_KEYS.topUp(topUp)], now());
  const metadata = topUpMetadata(workspaceId, topUp, operation);
  return {
    mode: 'payment',
    line_items: [{ price, quantity: 1 }],
    metadata,
    invoice_creation: { enabled: true, invoice_data: { metadata } },
    payment_intent_data: { metadata, setup_future_usage: 'off_session' },
  };
}

/** What a payment for a pack says of itself. The credits are those of the moment of the sale. */
export function topUpMetadata(workspaceId: string, topUp: TopUpId, topUpId: string): Record<string, string> {
  return {
    workspace_id: workspaceId,
    top_up_id: topUpId,
    top_up: topUp,
    credits: String(TOP_UPS[topUp].credits),
  };
}

/** The workspace's customer in Stripe, made when there is none. */
async function customerFor({ stripe, store, now }: BillingPorts, workspaceId: string): Promise<string> {
  const known = await store.customerOf(workspaceId);
  if (known !== undefined) return known;
  const earlier = await store.customersEver(workspaceId);
  const { id } = await stripe.customers.create(
    { metadata: { workspace_id: workspaceId } },
    { idempotencyKey: `customer:${workspaceId}:${earlier}` },
  );
  await store.insertCustomer({ customerId: id, workspaceId, createdAt: now() });
  return id;
}

export interface PortalInput {
  workspaceId: string;
  /** The first that is allowed unless told. */
  returnUrl?: string;
  operation: string;
}

/** Stripe's page for cards, invoices and cancelling. */
export async function openPortal(
  ports: BillingPorts,
  { workspaceId, returnUrl, operation }: PortalInput,
): Promise<{ url: string }> {
  const allowed = (await ports.store.account(workspaceId))?.returnUrls ?? [];
  const back = returnUrl === undefined ? allowed[0] : requireAllowed(returnUrl, allowed, 'returnUrl');
  const customer = await customerFor(ports, workspaceId);
  const configuration = await portalConfiguration(ports.stripe);
  const { url } = await ports.stripe.billingPortal.sessions.create(
    {
      customer,
      ...(back !== undefined && { return_url: back }),
      ...(configuration !== null && { configuration }),
    },
    { idempotencyKey: `portal:${workspaceId}:${operation}` },
  );
  return { url };
}

const configurations = new WeakMap<Stripe, string>();

/** The portal as `npm run stripe:setup` has made it; the account's own default where there is none. */
async function portalConfiguration(stripe: Stripe): Promise<string | null> {
  const known = configurations.get(stripe);
  if (known !== undefined) return known;
  const { data } = await stripe.billingPortal.configurations.list({ active: true, limit: 100 });
  const ours = data.find(({ metadata }) => metadata?.['uxflow'] === 'portal');
  if (ours) configurations.set(stripe, ours.id);
  return ours?.id ?? null;
}
