import { z } from 'zod';
import type { Objects } from '../kinds.ts';
import { bool, id } from '../params.ts';
import type { World } from '../world.ts';

type Configuration = Objects['billing_portal.configuration'];

const proration = z.enum(['always_invoice', 'create_prorations', 'none']);
export const features = z.strictObject({
  customer_update: z
    .strictObject({
      enabled: bool,
      allowed_updates: z
        .union([
          z.literal('').transform(() => []),
          z.array(z.enum(['address', 'email', 'name', 'phone', 'shipping', 'tax_id'])),
        ])
        .optional(),
    })
    .optional(),
  invoice_history: z.strictObject({ enabled: bool }).optional(),
  payment_method_update: z.strictObject({ enabled: bool }).optional(),
  subscription_cancel: z
    .strictObject({
      enabled: bool,
      mode: z.enum(['at_period_end', 'immediately']).optional(),
      proration_behavior: proration.optional(),
      cancellation_reason: z
        .strictObject({
          enabled: bool,
          options: z.array(
            z.enum([
              'customer_service',
              'low_quality',
              'missing_features',
              'other',
              'switched_service',
              'too_complex',
              'too_expensive',
              'unused',
            ]),
          ),
        })
        .optional(),
    })
    .optional(),
  subscription_update: z
    .strictObject({
      enabled: bool,
      default_allowed_updates: z.array(z.enum(['price', 'promotion_code', 'quantity'])).optional(),
      products: z
        .union([
          z.literal('').transform(() => []),
          z.array(z.strictObject({ product: id, prices: z.array(id).min(1) })),
        ])
        .optional(),
      proration_behavior: proration.optional(),
      schedule_at_period_end: z
        .strictObject({
          conditions: z.array(
            z.strictObject({ type: z.enum(['decreasing_item_amount', 'shortening_interval']) }),
          ),
        })
        .optional(),
    })
    .optional(),
});

export const NOTHING: Configuration['features'] = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: [] },
    enabled: false,
    mode: 'at_period_end',
    proration_behavior: 'none',
  },
  subscription_pause: { duration: { interval_options: [], type: 'indefinite' }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    enabled: false,
    products: [],
    proration_behavior: 'none',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'end_trial',
  },
};

/** The features of a configuration after a change. */
export function featuresFrom(
  world: World,
  old: Configuration['features'],
  given: z.output<typeof features> | undefined,
): Configuration['features'] {
  const { subscription_cancel: cancel, subscription_update: change } = given ?? {};
  for (const { product, prices } of change?.products ?? []) {
    world.store.need('product', product, 'features[subscription_update][products]');
    for (const price of prices) world.store.need('price', price, 'features[subscription_update][products]');
  }
  return {
    ...old,
    customer_update: given?.customer_update
      ? {
          enabled: given.customer_update.enabled,
          allowed_updates: given.customer_update.allowed_updates ?? old.customer_update.allowed_updates,
        }
      : old.customer_update,
    invoice_history: given?.invoice_history ?? old.invoice_history,
    payment_method_update: {
      ...old.payment_method_update,
      enabled: given?.payment_method_update?.enabled ?? old.payment_method_update.enabled,
    },
    subscription_cancel: {
      ...old.subscription_cancel,
      enabled: cancel?.enabled ?? old.subscription_cancel.enabled,
      mode: cancel?.mode ?? old.subscription_cancel.mode,
      proration_behavior: cancel?.proration_behavior ?? old.subscription_cancel.proration_behavior,
      cancellation_reason: cancel?.cancellation_reason
        ? { ...cancel.cancellation_reason, feedback_options: null }
        : old.subscription_cancel.cancellation_reason,
    },
    subscription_update: {
      ...old.subscription_update,
      enabled: change?.enabled ?? old.subscription_update.enabled,
      default_allowed_updates:
        change?.default_allowed_updates ?? old.subscription_update.default_allowed_updates,
      products: change?.products
        ? change.products.map((each) => ({
            ...each,
            adjustable_quantity: { enabled: false, maximum: null, minimum: 1 },
          }))
        : (old.subscription_update.products ?? []),
      proration_behavior: change?.proration_behavior ?? old.subscription_update.proration_behavior,
      schedule_at_period_end:
        change?.schedule_at_period_end ?? old.subscription_update.schedule_at_period_end,
    },
  };
}
