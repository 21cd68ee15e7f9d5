import type { Stripe } from 'stripe';
import { z } from 'zod';
import { invalid } from '../errors.ts';
import { bool, count, id, metadata, params, text, time } from '../params.ts';
import { shipping } from './payment-intents.ts';
import type { Wire } from '../wire.ts';
import { DAY } from '../world.ts';
import { PRICE_DATA } from './prices.ts';

export const lineItem = z.strictObject({
  price: id.optional(),
  price_data: z
    .strictObject({
      ...PRICE_DATA,
      product: id.optional(),
      product_data: z
        .strictObject({ name: id, description: text.optional(), metadata: metadata.optional() })
        .optional(),
    })
    .optional(),
  quantity: count.refine((value) => value >= 1, 'integer').optional(),
  adjustable_quantity: z.strictObject({ enabled: z.literal('false') }).optional(),
});

export const create = params<Stripe.Checkout.SessionCreateParams>()({
  mode: z.enum(['payment', 'subscription', 'setup']),
  line_items: z.array(lineItem).max(100).optional(),
  success_url: text.optional(),
  cancel_url: text.optional(),
  client_reference_id: text.optional(),
  currency: text.optional(),
  customer: id.optional(),
  customer_creation: z.enum(['always', 'if_required']).optional(),
  customer_email: text.optional(),
  expires_at: time.optional(),
  metadata: metadata.optional(),
  invoice_creation: z
    .strictObject({
      enabled: bool,
      invoice_data: z
        .strictObject({
          description: text.optional(),
          footer: text.optional(),
          metadata: metadata.optional(),
        })
        .optional(),
    })
    .optional(),
  payment_intent_data: z
    .strictObject({
      capture_method: z.enum(['automatic', 'automatic_async', 'manual']).optional(),
      description: text.optional(),
      metadata: metadata.optional(),
      receipt_email: text.optional(),
      setup_future_usage: z.enum(['off_session', 'on_session']).optional(),
      shipping: shipping.optional(),
    })
    .optional(),
  payment_method_collection: z.enum(['always', 'if_required']).optional(),
  subscription_data: z
    .strictObject({
      description: text.optional(),
      metadata: metadata.optional(),
      trial_end: time.optional(),
      trial_period_days: count.optional(),
      trial_settings: z
        .strictObject({
          end_behavior: z.strictObject({
            missing_payment_method: z.enum(['cancel', 'create_invoice', 'pause']),
          }),
        })
        .optional(),
    })
    .optional(),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay', 'subscribe']).optional(),
  ui_mode: z.enum(['hosted', 'hosted_page']).optional(),
  // Taken and without effect here: see docs/billing-local.md.
  allow_promotion_codes: bool.optional(),
  automatic_tax: z.strictObject({ enabled: bool }).optional(),
  billing_address_collection: z.enum(['auto', 'required']).optional(),
  customer_update: z
    .strictObject({
      address: z.enum(['auto', 'never']).optional(),
      name: z.enum(['auto', 'never']).optional(),
    })
    .optional(),
  locale: text.optional(),
  saved_payment_method_options: z
    .strictObject({ payment_method_save: z.enum(['enabled', 'disabled']).optional() })
    .optional(),
  tax_id_collection: z.strictObject({ enabled: bool }).optional(),
}).extend({
  // Older API versions, and with them the Stripe CLI, list the types here.
  payment_method_types: z.array(text).optional(),
});

/** What no single parameter shows to be wrong. @throws StripeError as Stripe refuses it. */
export function checkSession(
  given: z.output<typeof create>,
  lines: Wire<Stripe.LineItem>[],
  now: number,
): void {
  const recurring = lines.some(({ price }) => price?.recurring);
  if (given.mode === 'setup') {
    if (lines.length > 0) throw invalid('`line_items` cannot be given in `setup` mode.', 'line_items');
  } else if (lines.length === 0) {
    throw invalid(`Missing required param: line_items.`, 'line_items', 'parameter_missing');
  } else if (given.mode === 'payment' && recurring) {
    throw invalid('You must use `subscription` mode to sell a recurring price.', 'line_items[0][price]');
  } else if (given.mode === 'subscription' && !recurring) {
    throw invalid('You must provide at least one recurring price in `subscription` mode.', 'line_items');
  }
  if (given.success_url === undefined)
    throw invalid('Missing required param: success_url.', 'success_url', 'parameter_missing');
  for (const name of ['success_url', 'cancel_url'] as const) {
    const url = given[name];
    if (url !== undefined && !/^https?:\/\/[^\s]+$/.test(url))
      throw invalid('Not a valid URL', name, 'url_invalid');
  }
  if (given.mode !== 'subscription' && given.subscription_data) {
    throw invalid('You can not pass `subscription_data` in this mode.', 'subscription_data');
  }
  if (given.mode !== 'payment' && (given.payment_intent_data || given.invoice_creation)) {
    throw invalid(
      'You can only pass `payment_intent_data` and `invoice_creation` in `payment` mode.',
      'mode',
    );
  }
  if (given.customer !== undefined && given.customer_email !== undefined) {
    throw invalid(
      'You may only specify one of these parameters: customer, customer_email.',
      'customer_email',
    );
  }
  const expires = given.expires_at;
  if (expires !== undefined && (expires < now + 1_800 || expires > now + DAY)) {
    throw invalid('`expires_at` must be at least 30 minutes and at most 24 hours from now.', 'expires_at');
  }
}
