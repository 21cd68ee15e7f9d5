import type { Stripe } from 'stripe';
import { z } from 'zod';
import { amountOf } from '../engine/amounts.ts';
import { type CheckoutSession, expireSession, paySession } from '../engine/checkout.ts';
import { productName } from '../engine/invoice-lines.ts';
import { invalid, missing } from '../errors.ts';
import type { CheckoutPlan } from '../kinds.ts';
import { cut, page } from '../list.ts';
import { count, id, mergeMetadata, metadata, PAGE, params, seconds } from '../params.ts';
import { route } from '../route.ts';
import type { Wire } from '../wire.ts';
import { DAY, type World } from '../world.ts';
import { needCustomer } from './customers.ts';
import { checkSession, create, type lineItem } from './checkout-params.ts';
import { createPrice, type Price } from './prices.ts';
import { createProduct } from './products.ts';

type LineItem = Wire<Stripe.LineItem>;

type Given = z.output<typeof create>;

function priceOf(world: World, given: z.output<typeof lineItem>, index: number): Price {
  if (given.price !== undefined) {
    const price = world.store.need('price', given.price, `line_items[${index}][price]`);
    if (!price.active) throw invalid(`The price ${price.id} is inactive.`, `line_items[${index}][price]`);
    return price;
  }
  const { price_data: data } = given;
  if (!data)
    throw invalid(
      `Missing required param: line_items[${index}][price].`,
      `line_items[${index}]`,
      'parameter_missing',
    );
  const { product_data, product, ...rest } = data;
  const of = product ?? (product_data ? createProduct(world, product_data).id : undefined);
  return createPrice(world, { ...rest, product: of });
}

function lineOf(world: World, given: z.output<typeof lineItem>, index: number): LineItem {
  const price = priceOf(world, given, index);
  const metered = price.recurring?.usage_type === 'metered';
  if (metered && given.quantity !== undefined) {
    throw invalid('A metered price takes no quantity.', `line_items[${index}][quantity]`);
  }
  if (!metered && given.quantity === undefined) {
    throw invalid('Quantity is required.', `line_items[${index}][quantity]`, 'parameter_missing');
  }
  const amount = metered ? 0 : amountOf(price, given.quantity ?? 1);
  return {
    id: world.newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: productName(world, price),
    metadata: {},
    price,
    quantity: metered ? null : (given.quantity ?? 1),
  } satisfies LineItem;
}

function createSession(world: World, given: Given): CheckoutSession {
  if (given.customer !== undefined) needCustomer(world, given.customer);
  const now = world.now(given.customer);
  const lines = (given.line_items ?? []).map((line, index) => lineOf(world, line, index));
  checkSession(given, lines, now);
  const total = lines.reduce((sum, { amount_total }) => sum + amount_total, 0);
  const id = `cs_test_${world.newId('x').slice(2)}${world.newId('x').slice(2)}`;
  const invoiceData = given.invoice_creation?.invoice_data;
  const session = {
    id,
    object: 'checkout.session',
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: given.allow_promotion_codes ?? null,
    allowed_payment_method_types: null,
    amount_subtotal: given.mode === 'setup' ? null : total,
    amount_total: given.mode === 'setup' ? null : total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: given.billing_address_collection ?? null,
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency: lines[0]?.currency ?? given.currency ?? null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: given.customer ?? null,
    customer_account: null,
    customer_creation:
      given.mode === 'payment' && given.customer === undefined
        ? (given.customer_creation ?? 'if_required')
        : null,
    customer_details: null,
    customer_email: given.customer_email ?? null,
    discounts: [],
    expires_at: given.expires_at ?? now + DAY,
    integration_identifier: null,
    invoice: null,
    invoice_creation:
      given.mode === 'payment'
        ? {
            enabled: given.invoice_creation?.enabled ?? false,
            invoice_data: {
              account_tax_ids: null,
              custom_fields: null,
              description: invoiceData?.description ?? null,
              footer: invoiceData?.footer ?? null,
              issuer: null,
              metadata: mergeMetadata(null, invoiceData?.metadata),
              rendering_options: null,
            },
          }
        : null,
    livemode: false,
    locale: null,
    managed_payments: null,
    metadata: mergeMetadata(null, given.metadata),
    mode: given.mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: given.payment_method_collection ?? 'always',
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: given.payment_method_types ?? ['card'],
    payment_status: total === 0 && given.mode !== 'subscription' ? 'no_payment_required' : 'unpaid',
    permissions: null,
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: given.submit_type ?? null,
    subscription: null,
    success_url: given.success_url ?? null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${world.publicUrl}/pay/checkout/${id}`,
    wallet_options: null,
  } satisfies CheckoutSession;
  world.store.put('checkout_plan', planOf(given, id, lines));
  return world.store.put('checkout.session', session);
}

function planOf(given: Given, id: string, lines: LineItem[]): CheckoutPlan {
  const { subscription_data: sub, payment_intent_data: payment } = given;
  const days = sub?.trial_period_days;
  const invoice = given.invoice_creation?.invoice_data;
  return {
    id,
    lines,
    subscription: {
      metadata: mergeMetadata(null, sub?.metadata),
      trial_end: sub?.trial_end ?? null,
      trial_days: days ?? null,
      description: sub?.description ?? null,
      missing_payment_method: sub?.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
    },
    payment: {
      metadata: mergeMetadata(null, payment?.metadata),
      setup_future_usage: payment?.setup_future_usage ?? null,
      description: payment?.description ?? null,
      capture_method: payment?.capture_method === 'manual' ? 'manual' : 'automatic',
      receipt_email: payment?.receipt_email ?? null,
    },
    invoice: given.invoice_creation?.enabled
      ? {
          metadata: mergeMetadata(null, invoice?.metadata),
          description: invoice?.description ?? null,
          footer: invoice?.footer ?? null,
        }
      : null,
  };
}

export const checkoutRoutes = [
  route('POST', '/v1/checkout/sessions', create, createSession),
  route('GET', '/v1/checkout/sessions/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('checkout.session', id),
  ),
  route(
    'POST',
    '/v1/checkout/sessions/:id',
    params<Stripe.Checkout.SessionUpdateParams>()({ metadata: metadata.optional() }),
    (world, input, { id }) => {
      const session = world.store.need('checkout.session', id);
      return world.update('checkout.session', id, {
        metadata: mergeMetadata(session.metadata, input.metadata),
      });
    },
  ),
  route('POST', '/v1/checkout/sessions/:id/expire', params<object>()({}), (world, _input, { id }) =>
    expireSession(world, id),
  ),
  route(
    'GET',
    '/v1/checkout/sessions/:id/line_items',
    params<Stripe.Checkout.SessionListLineItemsParams>()(PAGE),
    (world, input, { id }) => {
      world.store.need('checkout.session', id);
      return cut(
        `/v1/checkout/sessions/${id}/line_items`,
        world.store.need('checkout_plan', id).lines,
        input,
      );
    },
  ),
  route(
    'GET',
    '/v1/checkout/sessions',
    params<Stripe.Checkout.SessionListParams>()({
      ...PAGE,
      created: seconds.optional(),
      customer: id.optional(),
      payment_intent: id.optional(),
      status: z.enum(['complete', 'expired', 'open']).optional(),
      subscription: id.optional(),
    }),
    (world, input) => {
      const found = world.store
        .all('checkout.session')
        .filter(
          (session) =>
            (input.customer === undefined || session.customer === input.customer) &&
            (input.payment_intent === undefined || session.payment_intent === input.payment_intent) &&
            (input.status === undefined || session.status === input.status) &&
            (input.subscription === undefined || session.subscription === input.subscription),
        );
      return page('/v1/checkout/sessions', found, input);
    },
  ),
  // What Stripe's own Checkout page talks to; the Stripe CLI pays sessions this way.
  route('GET', '/v1/payment_pages/:id', z.looseObject({}), (world, _input, { id }) => {
    const session = world.store.need('checkout.session', id);
    return {
      id: session.id,
      object: 'checkout.session',
      session_id: session.id,
      amount: session.amount_total,
    };
  }),
  route(
    'POST',
    '/v1/payment_pages/:id/confirm',
    z.strictObject({ payment_method: id, expected_amount: count.optional() }),
    (world, input, { id }) => {
      const session = world.store.need('checkout.session', id);
      if (input.expected_amount !== undefined && input.expected_amount !== session.amount_total) {
        throw invalid('The amount has changed.', 'expected_amount', 'checkout_amount_mismatch');
      }
      const method = world.store.get('payment_method', input.payment_method);
      if (!method) throw missing('PaymentMethod', input.payment_method, 'payment_method');
      paySession(world, id, {
        method: method.id,
        email: method.billing_details.email,
        name: method.billing_details.name,
      });
      return world.store.need('checkout.session', id);
    },
  ),
];
