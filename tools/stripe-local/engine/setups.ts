import type { Stripe } from 'stripe';
import { invalid } from '../errors.ts';
import { attach, cardOf, resolveMethod } from '../objects/payment-methods.ts';
import type { Wire } from '../wire.ts';
import type { World } from '../world.ts';
import { declineOf } from './cards.ts';

export type SetupIntent = Wire<Stripe.SetupIntent>;

export interface NewSetup {
  customer?: string | null;
  payment_method?: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  usage?: 'off_session' | 'on_session';
}

export function createSetup(world: World, given: NewSetup): SetupIntent {
  const id = world.newId('seti');
  const setup = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${world.newId('x').slice(2)}`,
    created: world.now(given.customer),
    customer: given.customer ?? null,
    description: given.description ?? null,
    excluded_payment_method_types: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: given.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: given.payment_method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: given.payment_method ? 'requires_confirmation' : 'requires_payment_method',
    usage: given.usage ?? 'off_session',
  } satisfies SetupIntent;
  world.store.put('setup_intent', setup);
  world.emit('setup_intent.created', setup);
  return setup;
}

/** Saves the payment method for later. A decline stands in `last_setup_error`. */
export function confirmSetup(
  world: World,
  id: string,
  how: { method?: string | undefined; authenticated?: boolean; returnUrl?: string | undefined },
): SetupIntent {
  const setup = world.store.need('setup_intent', id);
  if (setup.status === 'succeeded' || setup.status === 'canceled') {
    throw invalid(
      `You cannot confirm this SetupIntent because it has a status of ${setup.status}.`,
      undefined,
      'setup_intent_unexpected_state',
    );
  }
  const name = how.method ?? setup.payment_method;
  if (name === null)
    throw invalid('Missing required param: payment_method.', 'payment_method', 'parameter_missing');
  const method = resolveMethod(world, name, setup.customer ?? undefined);
  const card = cardOf(world, method);
  const decline = card?.refusesAttach ? declineOf(card) : null;
  if (decline) {
    const { code, decline_code, message } = decline;
    const refused = world.update('setup_intent', id, {
      status: 'requires_payment_method',
      payment_method: null,
      last_setup_error: {
        type: 'card_error',
        code: code as 'card_declined',
        decline_code,
        message,
        payment_method: method,
      },
    });
    world.emit('setup_intent.setup_failed', refused);
    return refused;
  }
  if (card?.authentication && !how.authenticated) {
    const asked = world.update('setup_intent', id, {
      status: 'requires_action',
      payment_method: method.id,
      next_action: {
        type: 'redirect_to_url',
        redirect_to_url: {
          url: `${world.publicUrl}/pay/authenticate/${id}`,
          return_url: how.returnUrl ?? null,
        },
      },
    });
    world.emit('setup_intent.requires_action', asked);
    return asked;
  }
  if (how.authenticated) world.update('instrument', method.id, { authenticated: true });
  if (setup.customer !== null && method.customer === null) attach(world, method.id, setup.customer);
  const done = world.update('setup_intent', id, {
    status: 'succeeded',
    payment_method: method.id,
    last_setup_error: null,
    next_action: null,
  });
  world.emit('setup_intent.succeeded', done);
  return done;
}
