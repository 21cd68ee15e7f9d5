import type { Stripe } from 'stripe';
import type { Decline } from '../engine/cards.ts';
import { page } from '../list.ts';
import { id, mergeMetadata, metadata, PAGE, params, seconds, text, unsettable } from '../params.ts';
import { route } from '../route.ts';
import type { Wire } from '../wire.ts';
import type { World } from '../world.ts';
import type { PaymentMethod } from './payment-methods.ts';

export type Charge = Wire<Stripe.Charge>;
type Intent = Wire<Stripe.PaymentIntent>;

/** The charge of one attempt to pay `intent`. */
export function makeCharge(
  world: World,
  intent: Intent,
  method: PaymentMethod,
  result: { status: 'succeeded' | 'pending' } | { status: 'failed'; decline: Decline },
): Charge {
  const failed = result.status === 'failed' ? result.decline : null;
  const captured = result.status === 'succeeded' && intent.capture_method !== 'manual';
  const charge = {
    id: world.newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'STRIPE LOCAL',
    captured,
    created: world.now(intent.customer),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failed?.code ?? null,
    failure_message: failed?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: {
      advice_code: failed ? 'try_again_later' : null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: failed ? 'declined_by_network' : 'approved_by_network',
      reason: failed?.decline_code ?? null,
      risk_level: 'normal',
      risk_score: 12,
      seller_message: failed ? failed.message : 'Payment complete.',
      type: failed ? 'issuer_declined' : 'authorized',
    },
    paid: result.status === 'succeeded',
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(method, intent.amount),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: result.status,
    transfer_data: null,
    transfer_group: null,
  } satisfies Charge;
  return world.store.put('charge', charge);
}

function detailsOf(method: PaymentMethod, amount: number): Charge['payment_method_details'] {
  if (!method.card) return { type: method.type };
  const { brand, country, exp_month, exp_year, fingerprint, funding, last4 } = method.card;
  return {
    type: 'card',
    card: {
      amount_authorized: amount,
      authorization_code: null,
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country,
      electronic_commerce_indicator: null,
      exp_month,
      exp_year,
      ...(fingerprint === undefined ? {} : { fingerprint }),
      funding,
      installments: null,
      last4,
      mandate: null,
      network: brand,
      network_transaction_id: null,
      regulated_status: 'unregulated',
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  };
}

export const chargeRoutes = [
  route('GET', '/v1/charges/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('charge', id),
  ),
  route(
    'POST',
    '/v1/charges/:id',
    params<Stripe.ChargeUpdateParams>()({
      description: text.optional(),
      metadata: metadata.optional(),
      receipt_email: text.optional(),
    }),
    (world, input, { id }) => {
      const before = world.store.need('charge', id);
      const after = world.update('charge', id, {
        description: unsettable(input.description, before.description),
        metadata: mergeMetadata(before.metadata, input.metadata),
        receipt_email: unsettable(input.receipt_email, before.receipt_email),
      });
      world.emitUpdate('charge.updated', after, before);
      return after;
    },
  ),
  route(
    'GET',
    '/v1/charges',
    params<Stripe.ChargeListParams>()({
      ...PAGE,
      created: seconds.optional(),
      customer: id.optional(),
      payment_intent: id.optional(),
    }),
    (world, input) => {
      const found = world.store
        .all('charge')
        .filter(
          ({ customer, payment_intent }) =>
            (input.customer === undefined || customer === input.customer) &&
            (input.payment_intent === undefined || payment_intent === input.payment_intent),
        );
      return page('/v1/charges', found, input);
    },
  ),
];
