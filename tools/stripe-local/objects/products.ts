import type { Stripe } from 'stripe';
import { z } from 'zod';
import { invalid, missing } from '../errors.ts';
import type { Objects } from '../kinds.ts';
import { page } from '../list.ts';
import { bool, id, mergeMetadata, metadata, PAGE, params, seconds, text, unsettable } from '../params.ts';
import { route } from '../route.ts';
import type { Wire } from '../wire.ts';
import type { World } from '../world.ts';
import { createPrice, PRICE_DATA } from './prices.ts';

type Product = Wire<Stripe.Product>;

const FIELDS = {
  active: bool.optional(),
  description: text.optional(),
  images: z.array(text).max(8).optional(),
  marketing_features: z
    .array(z.strictObject({ name: text }))
    .max(15)
    .optional(),
  metadata: metadata.optional(),
  statement_descriptor: text.optional(),
  tax_code: text.optional(),
  unit_label: text.optional(),
  url: text.optional(),
};
const create = params<Stripe.ProductCreateParams>()({
  ...FIELDS,
  id: id.optional(),
  name: id,
  type: z.enum(['good', 'service']).optional(),
  default_price_data: z.strictObject(PRICE_DATA).optional(),
});
const update = params<Stripe.ProductUpdateParams>()({
  ...FIELDS,
  name: id.optional(),
  default_price: text.optional(),
});

function apply(old: Product, given: z.output<typeof update>, now: number): Product {
  return {
    ...old,
    active: given.active ?? old.active,
    default_price: unsettable(given.default_price, old.default_price ?? null),
    description: unsettable(given.description, old.description),
    images: given.images ?? old.images,
    marketing_features: given.marketing_features ?? old.marketing_features,
    metadata: mergeMetadata(old.metadata, given.metadata),
    name: given.name ?? old.name,
    statement_descriptor: unsettable(given.statement_descriptor, old.statement_descriptor ?? null),
    tax_code: unsettable(given.tax_code, old.tax_code ?? null),
    unit_label: unsettable(given.unit_label, old.unit_label ?? null),
    updated: now,
    url: unsettable(given.url, old.url),
  };
}

export function createProduct(world: World, given: z.output<typeof create>): Product {
  const { id: wanted, type, default_price_data: data, ...rest } = given;
  const id = wanted ?? world.newId('prod').slice(0, 19);
  if (world.store.get('product', id)) {
    throw invalid(`Product already exists.`, 'id', 'resource_already_exists');
  }
  const now = world.now();
  const blank = {
    id,
    object: 'product',
    active: true,
    created: now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name: given.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: type ?? 'service',
    unit_label: null,
    updated: now,
    url: null,
  } satisfies Product;
  const product = world.store.put('product', apply(blank, rest, now)) as Product;
  world.emit('product.created', product);
  if (!data) return product;
  const price = createPrice(world, { ...data, product: id });
  return world.update('product', id, { default_price: price.id }) as Product;
}

export const productRoutes = [
  route('POST', '/v1/products', create, createProduct),
  route('GET', '/v1/products/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('product', id),
  ),
  route('POST', '/v1/products/:id', update, (world, input, { id }) => {
    const before = world.store.need('product', id) as Product;
    if (input.default_price) {
      const price = world.store.need('price', input.default_price, 'default_price');
      if (price.product !== id) throw missing('price', price.id, 'default_price');
    }
    const after = world.store.put('product', apply(before, input, world.now()));
    world.emitUpdate('product.updated', after, before);
    return after;
  }),
  route('DELETE', '/v1/products/:id', params<object>()({}), (world, _input, { id }) => {
    const product = world.store.need('product', id);
    if (world.store.all('price').some((price) => price.product === id)) {
      throw invalid('This product cannot be deleted because it has one or more user-created prices.', 'id');
    }
    const deleted = { id, object: 'product', deleted: true } satisfies Objects['product'];
    world.store.put('product', deleted);
    world.emit('product.deleted', product);
    return deleted;
  }),
  route(
    'GET',
    '/v1/products',
    params<Stripe.ProductListParams>()({
      ...PAGE,
      active: bool.optional(),
      created: seconds.optional(),
      ids: z.array(id).optional(),
      url: text.optional(),
    }),
    (world, input) => {
      const all = world.store.all('product').filter((product): product is Product => !('deleted' in product));
      const found = all.filter(
        (product) =>
          (input.active === undefined || product.active === input.active) &&
          (input.ids === undefined || input.ids.includes(product.id)) &&
          (input.url === undefined || product.url === input.url),
      );
      return page('/v1/products', found, input);
    },
  ),
];
