import type { Stripe } from 'stripe';
import { z } from 'zod';
import { createIntent } from '../engine/intents.ts';
import { cancelIntent, captureIntent, confirmIntent, orDeclined } from '../engine/payments.ts';
import { invalid, missing } from '../errors.ts';
import { page } from '../list.ts';
import {
  address,
  bool,
  count,
  currency,
  id,
  mergeMetadata,
  metadata,
  PAGE,
  params,
  seconds,
  text,
  unsettable,
} from '../params.ts';
import { route } from '../route.ts';
import { resolveMethod } from './payment-methods.ts';
import { full, needCustomer } from './customers.ts';

export const shipping = z.strictObject({
  name: text,
  address,
  phone: text.optional(),
  carrier: text.optional(),
  tracking_number: text.optional(),
});

/** A shipping address as Stripe stores it. */
function storedShipping(given: z.output<typeof shipping>) {
  return {
    name: given.name,
    address: full(given.address),
    phone: given.phone ?? null,
    carrier: given.carrier ?? null,
    tracking_number: given.tracking_number ?? null,
  };
}

const create = params<Stripe.PaymentIntentCreateParams>()({
  amount: count.refine((value) => value >= 1, 'integer'),
  automatic_payment_methods: z
    .strictObject({ enabled: bool, allow_redirects: z.enum(['always', 'never']).optional() })
    .optional(),
  capture_method: z.enum(['automatic', 'automatic_async', 'manual']).optional(),
  confirm: bool.optional(),
  confirmation_method: z.enum(['automatic', 'manual']).optional(),
  currency,
  customer: id.optional(),
  description: text.optional(),
  error_on_requires_action: bool.optional(),
  mandate_data: z.unknown().optional(),
  metadata: metadata.optional(),
  off_session: bool.optional(),
  payment_method: id.optional(),
  receipt_email: text.optional(),
  return_url: text.optional(),
  setup_future_usage: z.enum(['off_session', 'on_session']).optional(),
  shipping: shipping.optional(),
}).extend({
  // Older API versions, and with them the Stripe CLI, list the types here.
  payment_method_types: z.array(text).optional(),
});

export const paymentIntentRoutes = [
  route('POST', '/v1/payment_intents', create, (world, input) => {
    const { customer, payment_method: named } = input;
    if (customer !== undefined) needCustomer(world, customer);
    const method = named === undefined ? null : resolveMethod(world, named, customer);
    if (method?.customer && method.customer !== customer) {
      throw missing('PaymentMethod', method.id, 'payment_method');
    }
    if (input.confirm && !method) {
      throw invalid(
        'You cannot confirm a PaymentIntent without a payment method.',
        'payment_method',
        'parameter_missing',
      );
    }
    const intent = createIntent(world, {
      amount: input.amount,
      currency: input.currency,
      customer: customer ?? null,
      payment_method: method?.id ?? null,
      description: input.description ?? null,
      metadata: mergeMetadata(null, input.metadata),
      capture_method: input.capture_method === 'manual' ? 'manual' : 'automatic',
      confirmation_method: input.confirmation_method ?? 'automatic',
      setup_future_usage: input.setup_future_usage ?? null,
      receipt_email: input.receipt_email ?? null,
      payment_method_types: input.payment_method_types ?? ['card'],
      automatic: input.automatic_payment_methods?.enabled ?? input.payment_method_types === undefined,
      shipping: input.shipping ? storedShipping(input.shipping) : null,
    });
    if (!input.confirm) return intent;
    return orDeclined(
      confirmIntent(world, intent.id, {
        offSession: input.off_session ?? false,
        returnUrl: input.return_url,
      }),
    );
  }),
  route('GET', '/v1/payment_intents/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('payment_intent', id),
  ),
  route(
    'POST',
    '/v1/payment_intents/:id',
    params<Stripe.PaymentIntentUpdateParams>()({
      amount: count.optional(),
      customer: id.optional(),
      description: text.optional(),
      metadata: metadata.optional(),
      payment_method: id.optional(),
      receipt_email: text.optional(),
      setup_future_usage: z.enum(['', 'off_session', 'on_session']).optional(),
    }),
    (world, input, { id }) => {
      const before = world.store.need('payment_intent', id);
      if (input.amount !== undefined && !before.status.startsWith('requires_')) {
        throw invalid(
          `You cannot change the amount of a PaymentIntent with a status of ${before.status}.`,
          'amount',
        );
      }
      if (input.customer !== undefined) needCustomer(world, input.customer);
      const method =
        input.payment_method === undefined
          ? before.payment_method
          : resolveMethod(world, input.payment_method, before.customer ?? undefined).id;
      return world.update('payment_intent', id, {
        amount: input.amount ?? before.amount,
        customer: input.customer ?? before.customer,
        description: unsettable(input.description, before.description),
        metadata: mergeMetadata(before.metadata, input.metadata),
        payment_method: method,
        status:
          before.status === 'requires_payment_method' && method !== null
            ? 'requires_confirmation'
            : before.status,
        receipt_email: unsettable(input.receipt_email, before.receipt_email),
        setup_future_usage:
          input.setup_future_usage === undefined
            ? before.setup_future_usage
            : input.setup_future_usage === ''
              ? null
              : input.setup_future_usage,
      });
    },
  ),
  route(
    'POST',
    '/v1/payment_intents/:id/confirm',
    params<Stripe.PaymentIntentConfirmParams>()({
      payment_method: id.optional(),
      off_session: bool.optional(),
      return_url: text.optional(),
      mandate_data: z.unknown().optional(),
    }),
    (world, input, { id }) =>
      orDeclined(
        confirmIntent(world, id, {
          method: input.payment_method,
          offSession: input.off_session ?? false,
          returnUrl: input.return_url,
        }),
      ),
  ),
  route(
    'POST',
    '/v1/payment_intents/:id/capture',
    params<Stripe.PaymentIntentCaptureParams>()({ amount_to_capture: count.optional() }),
    (world, input, { id }) => captureIntent(world, id, input.amount_to_capture),
  ),
  route(
    'POST',
    '/v1/payment_intents/:id/cancel',
    params<Stripe.PaymentIntentCancelParams>()({
      cancellation_reason: z
        .enum(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'])
        .optional(),
    }),
    (world, input, { id }) => cancelIntent(world, id, input.cancellation_reason ?? null),
  ),
  route(
    'GET',
    '/v1/payment_intents',
    params<Stripe.PaymentIntentListParams>()({
      ...PAGE,
      created: seconds.optional(),
      customer: id.optional(),
    }),
    (world, input) => {
      const found = world.store
        .all('payment_intent')
        .filter(({ customer }) => input.customer === undefined || customer === input.customer);
      return page('/v1/payment_intents', found, input);
    },
  ),
];
