import type { Stripe } from 'stripe';
import { z } from 'zod';
import { invalid } from '../errors.ts';
import { page } from '../list.ts';
import { count, id, mergeMetadata, metadata, PAGE, params, seconds } from '../params.ts';
import { route } from '../route.ts';
import type { Wire } from '../wire.ts';
import type { World } from '../world.ts';
import { cardOf } from './payment-methods.ts';
import { ofPayment } from './of-payment.ts';

type Refund = Wire<Stripe.Refund>;

const create = params<Stripe.RefundCreateParams>()({
  amount: count.refine((value) => value >= 1, 'integer').optional(),
  charge: id.optional(),
  payment_intent: id.optional(),
  metadata: metadata.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
});

/** Gives money back, whole or in part. The charge is told, so `charge.refunded` follows. */
function createRefund(world: World, given: z.output<typeof create>): Refund {
  const charge = chargeOf(world, given);
  if (!charge.captured || charge.status !== 'succeeded') {
    throw invalid(
      `Charge ${charge.id} was not captured and cannot be refunded.`,
      'charge',
      'charge_not_refundable',
    );
  }
  if (charge.refunded) {
    throw invalid(`Charge ${charge.id} has already been refunded.`, 'charge', 'charge_already_refunded');
  }
  const against = world.store.all('dispute').filter((dispute) => dispute.charge === charge.id);
  if (against.some(({ status }) => status !== 'won' && !status.startsWith('warning_'))) {
    throw invalid(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      'charge',
      'charge_disputed',
    );
  }
  const left = charge.amount_captured - charge.amount_refunded;
  const amount = given.amount ?? left;
  if (amount > left) {
    throw invalid(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      'amount',
      'amount_too_large',
    );
  }
  const fails =
    charge.payment_method !== null && cardOf(world, { id: charge.payment_method })?.after === 'refund_fails';
  const refund = {
    id: world.newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: world.now(charge.customer),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    metadata: mergeMetadata(null, given.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: given.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  } satisfies Refund;
  world.store.put('refund', refund);
  const refunded = charge.amount_refunded + amount;
  const after = world.update('charge', charge.id, {
    amount_refunded: refunded,
    refunded: refunded === charge.amount_captured,
  });
  world.emit('refund.created', refund);
  world.emit('charge.refunded', after, charge);
  return fails ? failRefund(world, refund.id) : refund;
}

/** The bank sends the money back: the refund did not happen after all. */
export function failRefund(world: World, refundId: string): Refund {
  const refund = world.store.need('refund', refundId);
  if (refund.status === 'failed') return refund;
  const charge = world.store.need('charge', refund.charge ?? '');
  const failed = world.update('refund', refund.id, {
    status: 'failed',
    failure_reason: 'expired_or_canceled_card',
  });
  world.update('charge', charge.id, {
    amount_refunded: charge.amount_refunded - refund.amount,
    refunded: false,
  });
  world.emit('refund.updated', failed, refund);
  world.emit('charge.refund.updated', failed, refund);
  world.emit('refund.failed', failed);
  return failed;
}

function chargeOf(world: World, given: { charge?: string | undefined; payment_intent?: string | undefined }) {
  if (given.charge !== undefined) return world.store.need('charge', given.charge, 'charge');
  if (given.payment_intent === undefined) {
    throw invalid(
      'One of the following params should be provided for this request: payment_intent or charge.',
    );
  }
  const intent = world.store.need('payment_intent', given.payment_intent, 'payment_intent');
  if (intent.latest_charge === null || intent.status !== 'succeeded') {
    throw invalid(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      'payment_intent',
    );
  }
  return world.store.need('charge', intent.latest_charge);
}

export const refundRoutes = [
  route('POST', '/v1/refunds', create, createRefund),
  route('GET', '/v1/refunds/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('refund', id),
  ),
  route(
    'POST',
    '/v1/refunds/:id',
    params<Stripe.RefundUpdateParams>()({ metadata: metadata.optional() }),
    (world, input, { id }) => {
      const before = world.store.need('refund', id);
      const after = world.update('refund', id, { metadata: mergeMetadata(before.metadata, input.metadata) });
      world.emitUpdate('refund.updated', after, before);
      world.emitUpdate('charge.refund.updated', after, before);
      return after;
    },
  ),
  route(
    'GET',
    '/v1/refunds',
    params<Stripe.RefundListParams>()({
      ...PAGE,
      charge: id.optional(),
      payment_intent: id.optional(),
      created: seconds.optional(),
    }),
    (world, input) => {
      const found = world.store.all('refund').filter(ofPayment(input));
      return page('/v1/refunds', found, input);
    },
  ),
];
