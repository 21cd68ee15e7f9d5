import type { Stripe } from 'stripe';
import type { Wire } from '../wire.ts';
import type { World } from '../world.ts';

export type PaymentIntent = Wire<Stripe.PaymentIntent>;

export interface NewIntent {
  amount: number;
  currency: string;
  customer?: string | null;
  payment_method?: string | null;
  description?: string | null;
  metadata?: Record<string, string>;
  capture_method?: 'automatic' | 'manual';
  confirmation_method?: 'automatic' | 'manual';
  setup_future_usage?: 'off_session' | 'on_session' | null;
  receipt_email?: string | null;
  payment_method_types?: string[];
  automatic?: boolean;
  shipping?: PaymentIntent['shipping'];
}

export function createIntent(world: World, given: NewIntent): PaymentIntent {
  const id = world.newId('pi');
  const intent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: given.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: given.automatic ? { enabled: true, allow_redirects: 'always' } : null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: given.capture_method ?? 'automatic',
    client_secret: `${id}_secret_${world.newId('x').slice(2)}`,
    confirmation_method: given.confirmation_method ?? 'automatic',
    created: world.now(given.customer),
    currency: given.currency,
    customer: given.customer ?? null,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: given.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: given.payment_method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: given.payment_method_types ?? ['card'],
    payment_record: null,
    processing: null,
    receipt_email: given.receipt_email ?? null,
    review: null,
    setup_future_usage: given.setup_future_usage ?? null,
    shipping: given.shipping ?? null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: given.payment_method ? 'requires_confirmation' : 'requires_payment_method',
    transfer_group: null,
  } satisfies PaymentIntent;
  world.store.put('payment_intent', intent);
  world.emit('payment_intent.created', intent);
  return intent;
}
