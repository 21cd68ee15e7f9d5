import type { Stripe } from 'stripe';
import { z } from 'zod';
import { confirmSetup, createSetup, type SetupIntent } from '../engine/setups.ts';
import { cardError, invalid } from '../errors.ts';
import { page } from '../list.ts';
import { bool, id, mergeMetadata, metadata, PAGE, params, seconds, text } from '../params.ts';
import { route } from '../route.ts';
import { needCustomer } from './customers.ts';
import { resolveMethod } from './payment-methods.ts';

const usage = z.enum(['off_session', 'on_session']).optional();

/** @throws StripeError 402 when the card was refused; what it wrote stays. */
function orRefused(setup: SetupIntent): SetupIntent {
  const error = setup.last_setup_error;
  if (!error) return setup;
  throw cardError(
    {
      code: error.code ?? 'card_declined',
      message: error.message ?? 'Your card was declined.',
      ...(error.decline_code === undefined ? {} : { decline_code: error.decline_code }),
    },
    { setup_intent: setup },
  );
}

export const setupIntentRoutes = [
  route(
    'POST',
    '/v1/setup_intents',
    params<Stripe.SetupIntentCreateParams>()({
      automatic_payment_methods: z
        .strictObject({ enabled: bool, allow_redirects: z.enum(['always', 'never']).optional() })
        .optional(),
      confirm: bool.optional(),
      customer: id.optional(),
      description: text.optional(),
      metadata: metadata.optional(),
      payment_method: id.optional(),
      return_url: text.optional(),
      usage,
    }).extend({ payment_method_types: z.array(text).optional() }),
    (world, input) => {
      if (input.customer !== undefined) needCustomer(world, input.customer);
      const method =
        input.payment_method === undefined
          ? null
          : resolveMethod(world, input.payment_method, input.customer).id;
      const setup = createSetup(world, {
        customer: input.customer ?? null,
        payment_method: method,
        description: input.description ?? null,
        metadata: mergeMetadata(null, input.metadata),
        usage: input.usage ?? 'off_session',
      });
      return input.confirm
        ? orRefused(confirmSetup(world, setup.id, { returnUrl: input.return_url }))
        : setup;
    },
  ),
  route('GET', '/v1/setup_intents/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('setup_intent', id),
  ),
  route(
    'POST',
    '/v1/setup_intents/:id/confirm',
    params<Stripe.SetupIntentConfirmParams>()({ payment_method: id.optional(), return_url: text.optional() }),
    (world, input, { id }) =>
      orRefused(confirmSetup(world, id, { method: input.payment_method, returnUrl: input.return_url })),
  ),
  route(
    'POST',
    '/v1/setup_intents/:id/cancel',
    params<Stripe.SetupIntentCancelParams>()({
      cancellation_reason: z.enum(['abandoned', 'duplicate', 'requested_by_customer']).optional(),
    }),
    (world, input, { id }) => {
      const before = world.store.need('setup_intent', id);
      if (before.status === 'succeeded' || before.status === 'canceled') {
        throw invalid(
          `You cannot cancel this SetupIntent because it has a status of ${before.status}.`,
          undefined,
          'setup_intent_unexpected_state',
        );
      }
      const after = world.update('setup_intent', id, {
        status: 'canceled',
        cancellation_reason: input.cancellation_reason ?? null,
        next_action: null,
      });
      world.emit('setup_intent.canceled', after);
      return after;
    },
  ),
  route(
    'GET',
    '/v1/setup_intents',
    params<Stripe.SetupIntentListParams>()({ ...PAGE, created: seconds.optional(), customer: id.optional() }),
    (world, input) => {
      const found = world.store
        .all('setup_intent')
        .filter(({ customer }) => input.customer === undefined || customer === input.customer);
      return page('/v1/setup_intents', found, input);
    },
  ),
];
