import type { Stripe } from 'stripe';
import { z } from 'zod';
import { invalid } from '../errors.ts';
import { page } from '../list.ts';
import {
  bool,
  count,
  currency,
  decimal,
  id,
  int,
  mergeMetadata,
  metadata,
  PAGE,
  params,
  seconds,
  text,
  unsettable,
} from '../params.ts';
import { route } from '../route.ts';
import type { Wire } from '../wire.ts';
import type { World } from '../world.ts';

export type Price = Wire<Stripe.Price>;

const recurring = z.strictObject({
  interval: z.enum(['day', 'week', 'month', 'year']),
  interval_count: int.refine((value) => value >= 1, 'integer').optional(),
  meter: id.optional(),
  usage_type: z.enum(['licensed', 'metered']).optional(),
  trial_period_days: int.optional(),
});
const tier = z.strictObject({
  flat_amount: int.optional(),
  flat_amount_decimal: decimal.optional(),
  unit_amount: int.optional(),
  unit_amount_decimal: decimal.optional(),
  up_to: z.union([z.literal('inf'), int]),
});
/** A price that is made on the way of making something else. */
export const PRICE_DATA = {
  currency,
  metadata: metadata.optional(),
  recurring: recurring.optional(),
  tax_behavior: z.enum(['exclusive', 'inclusive', 'unspecified']).optional(),
  unit_amount: count.optional(),
  unit_amount_decimal: decimal.optional(),
};
const create = params<Stripe.PriceCreateParams>()({
  ...PRICE_DATA,
  active: bool.optional(),
  billing_scheme: z.enum(['per_unit', 'tiered']).optional(),
  lookup_key: text.optional(),
  nickname: text.optional(),
  product: id.optional(),
  product_data: z
    .strictObject({ name: id, metadata: metadata.optional(), unit_label: text.optional() })
    .optional(),
  tiers: z.array(tier).min(1).optional(),
  tiers_mode: z.enum(['graduated', 'volume']).optional(),
  transfer_lookup_key: bool.optional(),
  transform_quantity: z.strictObject({ divide_by: int, round: z.enum(['up', 'down']) }).optional(),
});

export function createPrice(
  world: World,
  given: z.output<typeof create> & { product?: string | undefined },
): Price {
  if (given.product === undefined)
    throw invalid('You must provide `product` or `product_data`.', 'product', 'parameter_missing');
  world.store.need('product', given.product, 'product');
  const tiered = given.billing_scheme === 'tiered';
  if (!tiered && given.unit_amount === undefined && given.unit_amount_decimal === undefined) {
    throw invalid('Missing required param: unit_amount.', 'unit_amount', 'parameter_missing');
  }
  if (tiered && (!given.tiers || !given.tiers_mode)) {
    throw invalid('A tiered price needs `tiers` and `tiers_mode`.', 'tiers', 'parameter_missing');
  }
  const price = {
    id: world.newId('price'),
    object: 'price',
    active: given.active ?? true,
    billing_scheme: given.billing_scheme ?? 'per_unit',
    created: world.now(),
    currency: given.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: lookupKey(world, given.lookup_key, given.transfer_lookup_key ?? false),
    metadata: mergeMetadata(null, given.metadata),
    nickname: given.nickname ?? null,
    product: given.product,
    recurring: recurringOf(world, given.recurring),
    tax_behavior: given.tax_behavior ?? 'unspecified',
    tiers_mode: given.tiers_mode ?? null,
    transform_quantity: given.transform_quantity ?? null,
    type: given.recurring ? 'recurring' : 'one_time',
    ...(tiered ? { unit_amount: null, unit_amount_decimal: null } : amounts(given)),
    ...(given.tiers
      ? {
          tiers: given.tiers.map((each) => ({
            flat_amount: each.flat_amount ?? whole(each.flat_amount_decimal),
            flat_amount_decimal: each.flat_amount_decimal ?? text_(each.flat_amount),
            ...amounts(each),
            up_to: each.up_to === 'inf' ? null : each.up_to,
          })),
        }
      : {}),
  } satisfies Price;
  world.store.put('price', price);
  world.emit('price.created', price);
  return price;
}

const text_ = (value: number | undefined) => (value === undefined ? null : String(value));
const whole = (value: string | undefined) =>
  value !== undefined && Number.isInteger(Number(value)) ? Number(value) : null;

function amounts(given: { unit_amount?: number | undefined; unit_amount_decimal?: string | undefined }) {
  return {
    unit_amount: given.unit_amount ?? whole(given.unit_amount_decimal),
    unit_amount_decimal: given.unit_amount_decimal ?? text_(given.unit_amount),
  };
}

function recurringOf(world: World, given: z.output<typeof recurring> | undefined): Price['recurring'] {
  if (!given) return null;
  const metered = given.usage_type === 'metered';
  if (metered && given.meter === undefined) {
    throw invalid('A metered price needs a meter.', 'recurring[meter]', 'parameter_missing');
  }
  if (given.meter !== undefined) {
    if (!metered) throw invalid('A price with a meter has usage_type metered.', 'recurring[usage_type]');
    world.store.need('billing.meter', given.meter, 'recurring[meter]');
  }
  return {
    interval: given.interval,
    interval_count: given.interval_count ?? 1,
    meter: given.meter ?? null,
    trial_period_days: given.trial_period_days ?? null,
    usage_type: given.usage_type ?? 'licensed',
  };
}

/** A lookup key belongs to one price; `transfer` takes it from the one that has it. */
function lookupKey(world: World, key: string | undefined, transfer: boolean): string | null {
  if (key === undefined || key === '') return null;
  const holder = world.store.all('price').find(({ lookup_key }) => lookup_key === key);
  if (holder && !transfer) {
    throw invalid(
      `A price (\`${holder.id}\`) already uses that lookup key.`,
      'lookup_key',
      'resource_already_exists',
    );
  }
  if (holder) world.update('price', holder.id, { lookup_key: null });
  return key;
}

export const priceRoutes = [
  route('POST', '/v1/prices', create, (world, { product_data, ...input }) => {
    if (!product_data) return createPrice(world, input);
    if (input.product !== undefined) throw invalid('Give `product` or `product_data`, not both.', 'product');
    const now = world.now();
    const product = world.store.put('product', {
      id: world.newId('prod').slice(0, 19),
      object: 'product',
      active: true,
      created: now,
      default_price: null,
      description: null,
      images: [],
      livemode: false,
      marketing_features: [],
      metadata: mergeMetadata(null, product_data.metadata),
      name: product_data.name,
      package_dimensions: null,
      shippable: null,
      tax_details: null,
      type: 'service',
      unit_label: product_data.unit_label ?? null,
      updated: now,
      url: null,
    });
    world.emit('product.created', product);
    return createPrice(world, { ...input, product: product.id });
  }),
  route('GET', '/v1/prices/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('price', id),
  ),
  route(
    'POST',
    '/v1/prices/:id',
    params<Stripe.PriceUpdateParams>()({
      active: bool.optional(),
      lookup_key: text.optional(),
      metadata: metadata.optional(),
      nickname: text.optional(),
      tax_behavior: z.enum(['exclusive', 'inclusive', 'unspecified']).optional(),
      transfer_lookup_key: bool.optional(),
    }),
    (world, input, { id }) => {
      const before = world.store.need('price', id);
      const after = world.update('price', id, {
        active: input.active ?? before.active,
        lookup_key:
          input.lookup_key === undefined || input.lookup_key === before.lookup_key
            ? before.lookup_key
            : lookupKey(world, input.lookup_key, input.transfer_lookup_key ?? false),
        metadata: mergeMetadata(before.metadata, input.metadata),
        nickname: unsettable(input.nickname, before.nickname),
        tax_behavior: input.tax_behavior ?? before.tax_behavior,
      });
      world.emitUpdate('price.updated', after, before);
      return after;
    },
  ),
  route(
    'GET',
    '/v1/prices',
    params<Stripe.PriceListParams>()({
      ...PAGE,
      active: bool.optional(),
      created: seconds.optional(),
      currency: currency.optional(),
      lookup_keys: z.array(text).max(10).optional(),
      product: id.optional(),
      recurring: z
        .strictObject({
          interval: z.enum(['day', 'week', 'month', 'year']).optional(),
          meter: id.optional(),
          usage_type: z.enum(['licensed', 'metered']).optional(),
        })
        .optional(),
      type: z.enum(['one_time', 'recurring']).optional(),
    }),
    (world, input) => {
      const { interval, meter, usage_type } = input.recurring ?? {};
      const found = world.store
        .all('price')
        .filter(
          (price) =>
            (input.active === undefined || price.active === input.active) &&
            (input.currency === undefined || price.currency === input.currency) &&
            (input.lookup_keys === undefined || input.lookup_keys.includes(price.lookup_key ?? '')) &&
            (input.product === undefined || price.product === input.product) &&
            (input.type === undefined || price.type === input.type) &&
            (interval === undefined || price.recurring?.interval === interval) &&
            (meter === undefined || price.recurring?.meter === meter) &&
            (usage_type === undefined || price.recurring?.usage_type === usage_type),
        );
      return page('/v1/prices', found, input);
    },
  ),
];
