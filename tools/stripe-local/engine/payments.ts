import { cardError, invalid } from '../errors.ts';
import { makeCharge } from '../objects/charges.ts';
import { attach, cardOf, type PaymentMethod, resolveMethod } from '../objects/payment-methods.ts';
import type { World } from '../world.ts';
import { AUTHENTICATION_REQUIRED, type Decline, declineOf } from './cards.ts';
import type { PaymentIntent } from './intents.ts';

/** What the bank would say to a charge now. */
export function verdict(
  world: World,
  method: PaymentMethod,
  { offSession, authenticated }: { offSession: boolean; authenticated: boolean },
): { kind: 'yes' } | { kind: 'ask' } | { kind: 'later' } | { kind: 'no'; decline: Decline } {
  const card = cardOf(world, method);
  if (!card) return { kind: 'later' };
  const decline = declineOf(card);
  if (decline) return { kind: 'no', decline };
  const known = world.store.get('instrument', method.id)?.authenticated ?? false;
  const asks =
    !authenticated && (card.authentication === 'always' || (card.authentication === 'setup' && !known));
  if (!asks) return { kind: 'yes' };
  return offSession ? { kind: 'no', decline: AUTHENTICATION_REQUIRED } : { kind: 'ask' };
}

/** Tries to pay. The intent's new status tells the outcome; a decline also stands in `last_payment_error`. */
export function confirmIntent(
  world: World,
  id: string,
  how: {
    method?: string | undefined;
    offSession: boolean;
    authenticated?: boolean;
    returnUrl?: string | undefined;
  },
): PaymentIntent {
  const intent = world.store.need('payment_intent', id);
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) {
    throw unexpectedState(intent, 'confirm');
  }
  const name = how.method ?? intent.payment_method;
  if (name === null) {
    throw invalid(
      'You cannot confirm this PaymentIntent because it is missing a payment method.',
      'payment_method',
      'payment_intent_unexpected_state',
    );
  }
  const method = resolveMethod(world, name, intent.customer ?? undefined);
  const answer = verdict(world, method, {
    offSession: how.offSession,
    authenticated: how.authenticated ?? false,
  });
  const started = world.update('payment_intent', id, {
    payment_method: method.id,
    last_payment_error: null,
    next_action: null,
  });
  if (answer.kind === 'ask') return askOwner(world, started, how.returnUrl ?? null);
  if (answer.kind === 'later') return process(world, started, method);
  if (answer.kind === 'no') return refuse(world, started, method, answer.decline);
  if (how.authenticated) world.update('instrument', method.id, { authenticated: true });
  return succeed(world, started, method);
}

function askOwner(world: World, intent: PaymentIntent, returnUrl: string | null): PaymentIntent {
  const asked = world.update('payment_intent', intent.id, {
    status: 'requires_action',
    next_action: {
      type: 'redirect_to_url',
      redirect_to_url: { url: `${world.publicUrl}/pay/authenticate/${intent.id}`, return_url: returnUrl },
    },
  });
  world.emit('payment_intent.requires_action', asked);
  return asked;
}

function process(world: World, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  const charge = makeCharge(world, intent, method, { status: 'pending' });
  const processing = world.update('payment_intent', intent.id, {
    status: 'processing',
    latest_charge: charge.id,
  });
  world.emit('charge.pending', charge);
  world.emit('payment_intent.processing', processing);
  return processing;
}

function refuse(world: World, intent: PaymentIntent, method: PaymentMethod, decline: Decline): PaymentIntent {
  const charge = makeCharge(world, intent, method, { status: 'failed', decline });
  const refused = world.update('payment_intent', intent.id, {
    status: 'requires_payment_method',
    payment_method: null,
    latest_charge: charge.id,
    last_payment_error: lastError(decline, method, charge.id),
  });
  world.emit('charge.failed', charge);
  world.emit('payment_intent.payment_failed', refused);
  return refused;
}

function lastError(
  decline: Decline,
  method: PaymentMethod,
  charge: string,
): PaymentIntent['last_payment_error'] {
  const { code, decline_code, message } = decline;
  return {
    type: 'card_error',
    code: code as 'card_declined',
    decline_code,
    message,
    charge,
    payment_method: method,
  };
}

function succeed(world: World, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  const charge = makeCharge(world, intent, method, { status: 'succeeded' });
  if (intent.setup_future_usage !== null && intent.customer !== null && method.customer === null) {
    attach(world, method.id, intent.customer);
  }
  if (intent.capture_method === 'manual') {
    const held = world.update('payment_intent', intent.id, {
      status: 'requires_capture',
      latest_charge: charge.id,
      amount_capturable: intent.amount,
    });
    world.emit('charge.succeeded', charge);
    world.emit('payment_intent.amount_capturable_updated', held);
    return held;
  }
  const paid = world.update('payment_intent', intent.id, {
    status: 'succeeded',
    latest_charge: charge.id,
    amount_received: intent.amount,
  });
  world.emit('charge.succeeded', charge);
  world.emit('payment_intent.succeeded', paid);
  return world.store.need('payment_intent', intent.id);
}

/** A bank debit comes through, or does not. */
export function settleProcessing(world: World, id: string): void {
  const intent = world.store.need('payment_intent', id);
  const charge = world.store.need('charge', intent.latest_charge ?? '');
  const method = world.store.need('payment_method', charge.payment_method ?? '');
  if (world.store.get('instrument', method.id)?.card === 'sepa_fails') {
    const decline = {
      code: 'payment_intent_payment_attempt_failed',
      decline_code: 'generic_decline',
      message: 'The payment failed.',
    };
    const failed = world.update('charge', charge.id, {
      status: 'failed',
      failure_code: decline.code,
      failure_message: decline.message,
    });
    const refused = world.update('payment_intent', id, {
      status: 'requires_payment_method',
      last_payment_error: lastError(decline, method, charge.id),
    });
    world.emit('charge.failed', failed);
    world.emit('payment_intent.payment_failed', refused);
    return;
  }
  const through = world.update('charge', charge.id, {
    status: 'succeeded',
    paid: true,
    captured: true,
    amount_captured: charge.amount,
  });
  const paid = world.update('payment_intent', id, { status: 'succeeded', amount_received: intent.amount });
  world.emit('charge.succeeded', through);
  world.emit('payment_intent.succeeded', paid);
}

/** What the owner of a card said on its bank's page. */
export function authenticateIntent(world: World, id: string, agreed: boolean): PaymentIntent {
  const intent = world.store.need('payment_intent', id);
  if (intent.status !== 'requires_action') throw unexpectedState(intent, 'authenticate');
  if (agreed) return confirmIntent(world, id, { offSession: false, authenticated: true });
  const method = world.store.need('payment_method', intent.payment_method ?? '');
  const before = world.update('payment_intent', id, { next_action: null });
  return refuse(world, before, method, {
    code: 'payment_intent_authentication_failure',
    decline_code: 'authentication_required',
    message:
      'We are unable to authenticate your payment method. Please choose a different one and try again.',
  });
}

export function captureIntent(world: World, id: string, amount: number | undefined): PaymentIntent {
  const intent = world.store.need('payment_intent', id);
  if (intent.status !== 'requires_capture') throw unexpectedState(intent, 'capture');
  const captured = amount ?? intent.amount_capturable;
  if (captured > intent.amount_capturable) {
    throw invalid(
      'The amount to capture is greater than what was authorized.',
      'amount_to_capture',
      'amount_too_large',
    );
  }
  const charge = world.update('charge', intent.latest_charge ?? '', {
    captured: true,
    amount_captured: captured,
  });
  const paid = world.update('payment_intent', id, {
    status: 'succeeded',
    amount_capturable: 0,
    amount_received: captured,
  });
  world.emit('charge.captured', charge);
  world.emit('payment_intent.succeeded', paid);
  return world.store.need('payment_intent', id);
}

export function cancelIntent(
  world: World,
  id: string,
  reason: PaymentIntent['cancellation_reason'],
): PaymentIntent {
  const intent = world.store.need('payment_intent', id);
  if (['succeeded', 'canceled', 'processing'].includes(intent.status))
    throw unexpectedState(intent, 'cancel');
  const canceled = world.update('payment_intent', id, {
    status: 'canceled',
    canceled_at: world.now(intent.customer),
    cancellation_reason: reason,
    amount_capturable: 0,
    next_action: null,
  });
  world.emit('payment_intent.canceled', canceled);
  return canceled;
}

/** @throws StripeError 402 when the last attempt was declined; what it wrote stays. */
export function orDeclined(intent: PaymentIntent): PaymentIntent {
  const error = intent.last_payment_error;
  if (!error) return intent;
  throw cardError(
    {
      code: error.code ?? 'card_declined',
      message: error.message ?? 'Your card was declined.',
      ...(error.decline_code === undefined ? {} : { decline_code: error.decline_code }),
    },
    { payment_intent: intent, ...(error.charge === undefined ? {} : { charge: error.charge }) },
  );
}

function unexpectedState(intent: PaymentIntent, verb: string) {
  return invalid(
    `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`,
    undefined,
    'payment_intent_unexpected_state',
  );
}
