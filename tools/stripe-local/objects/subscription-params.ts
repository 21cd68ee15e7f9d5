import type { Stripe } from 'stripe';
import { z } from 'zod';
import { bool, count, id, int, metadata, params, text, time } from '../params.ts';

const item = z.strictObject({ price: id, quantity: count.optional(), metadata: metadata.optional() });
const itemChange = z.strictObject({
  id: id.optional(),
  price: id.optional(),
  quantity: count.optional(),
  deleted: bool.optional(),
  clear_usage: bool.optional(),
  metadata: metadata.optional(),
});
const trialSettings = z.strictObject({
  end_behavior: z.strictObject({ missing_payment_method: z.enum(['cancel', 'create_invoice', 'pause']) }),
});
const paymentSettings = z.strictObject({
  save_default_payment_method: z.enum(['off', 'on_subscription']).optional(),
  payment_method_types: z.union([z.literal(''), z.array(text)]).optional(),
});
export const cancellation = z.strictObject({
  comment: text.optional(),
  feedback: z
    .enum([
      'customer_service',
      'low_quality',
      'missing_features',
      'other',
      'switched_service',
      'too_complex',
      'too_expensive',
      'unused',
    ])
    .optional(),
});
export const proration = z.enum(['always_invoice', 'create_prorations', 'none']);

export const create = params<Stripe.SubscriptionCreateParams>()({
  customer: id,
  items: z.array(item).min(1).max(20),
  billing_cycle_anchor: time.optional(),
  cancel_at: time.optional(),
  cancel_at_period_end: bool.optional(),
  collection_method: z.enum(['charge_automatically', 'send_invoice']).optional(),
  currency: text.optional(),
  days_until_due: int.optional(),
  default_payment_method: id.optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  off_session: bool.optional(),
  payment_behavior: z.enum(['allow_incomplete', 'default_incomplete', 'error_if_incomplete']).optional(),
  payment_settings: paymentSettings.optional(),
  proration_behavior: proration.optional(),
  trial_end: z.union([z.literal('now'), time]).optional(),
  trial_period_days: count.optional(),
  trial_settings: trialSettings.optional(),
});

export const update = params<Stripe.SubscriptionUpdateParams>()({
  items: z.array(itemChange).max(20).optional(),
  billing_cycle_anchor: z.enum(['now', 'unchanged']).optional(),
  cancel_at: z.union([z.literal(''), time]).optional(),
  cancel_at_period_end: bool.optional(),
  cancellation_details: cancellation.optional(),
  default_payment_method: text.optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  off_session: bool.optional(),
  payment_behavior: z
    .enum(['allow_incomplete', 'default_incomplete', 'error_if_incomplete', 'pending_if_incomplete'])
    .optional(),
  pause_collection: z
    .union([
      z.literal(''),
      z.strictObject({
        behavior: z.enum(['keep_as_draft', 'mark_uncollectible', 'void']),
        resumes_at: time.optional(),
      }),
    ])
    .optional(),
  payment_settings: paymentSettings.optional(),
  proration_behavior: proration.optional(),
  proration_date: time.optional(),
  trial_end: z.union([z.literal('now'), time]).optional(),
  trial_settings: trialSettings.optional(),
});

/** What may change together with `pending_if_incomplete`: https://docs.stripe.com/billing/subscriptions/pending-updates-reference */
export const PENDING_MAY: ReadonlySet<string> = new Set([
  'expand',
  'items',
  'off_session',
  'payment_behavior',
  'proration_behavior',
  'proration_date',
  'billing_cycle_anchor',
  'trial_end',
]);
