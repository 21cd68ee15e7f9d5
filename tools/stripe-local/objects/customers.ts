import type { Stripe } from 'stripe';
import { z } from 'zod';
import { missing } from '../errors.ts';
import type { Objects } from '../kinds.ts';
import { page } from '../list.ts';
import {
  address,
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
import { attach, cardFromToken, resolveMethod } from './payment-methods.ts';

export type Customer = Wire<Stripe.Customer>;

const FIELDS = {
  address: z.union([z.literal(''), address]).optional(),
  balance: int.optional(),
  description: text.optional(),
  email: text.optional(),
  invoice_prefix: text.optional(),
  metadata: metadata.optional(),
  name: text.optional(),
  phone: text.optional(),
  preferred_locales: z.array(text).optional(),
  source: text.optional(),
  tax_exempt: z.enum(['', 'exempt', 'none', 'reverse']).optional(),
  invoice_settings: z
    .strictObject({ default_payment_method: text.optional(), footer: text.optional() })
    .optional(),
};
const create = params<Stripe.CustomerCreateParams>()({
  ...FIELDS,
  payment_method: id.optional(),
  test_clock: id.optional(),
});
const update = params<Stripe.CustomerUpdateParams>()(FIELDS);

type Given = z.output<typeof create>;

/** A living customer; a deleted one is gone for everything but reading. */
export function needCustomer(world: World, customer: string, param = 'customer'): Customer {
  return world.store.need('customer', customer, param) as Customer;
}

export function createCustomer(world: World, given: Given): Customer {
  const customer = {
    id: world.newId('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: 0,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: world.newId('x').slice(2, 10).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  } satisfies Customer;
  const clock = given.test_clock;
  if (clock !== undefined) world.store.need('test_helpers.test_clock', clock, 'test_clock');
  world.store.put('customer', { ...customer, test_clock: clock ?? null });
  world.update('customer', customer.id, { created: world.now(customer.id) });
  if (given.payment_method !== undefined) attach(world, given.payment_method, customer.id);
  const created = apply(world, customer.id, given);
  world.emit('customer.created', created);
  return created;
}

function apply(
  world: World,
  customerId: string,
  given: Omit<Given, 'payment_method' | 'test_clock'>,
): Customer {
  const old = needCustomer(world, customerId);
  let method = old.invoice_settings.default_payment_method;
  const wanted = given.invoice_settings?.default_payment_method;
  if (wanted === '') method = null;
  else if (wanted !== undefined) {
    method = resolveMethod(world, wanted, customerId).id;
    if (world.store.need('payment_method', method).customer !== customerId) {
      throw missing('PaymentMethod', wanted, 'invoice_settings[default_payment_method]');
    }
  }
  if (given.source !== undefined && given.source !== '') {
    const card = cardFromToken(world, given.source);
    attach(world, card.id, customerId);
    method ??= card.id;
  }
  return world.update('customer', customerId, {
    address:
      given.address === undefined ? (old.address ?? null) : given.address === '' ? null : full(given.address),
    balance: given.balance ?? old.balance,
    description: unsettable(given.description, old.description),
    email: unsettable(given.email, old.email),
    invoice_prefix: given.invoice_prefix ?? old.invoice_prefix ?? null,
    metadata: mergeMetadata(old.metadata, given.metadata),
    name: unsettable(given.name, old.name ?? null),
    phone: unsettable(given.phone, old.phone ?? null),
    preferred_locales: given.preferred_locales ?? old.preferred_locales ?? [],
    tax_exempt: given.tax_exempt === '' ? 'none' : (given.tax_exempt ?? old.tax_exempt ?? 'none'),
    invoice_settings: {
      ...old.invoice_settings,
      default_payment_method: method,
      footer: unsettable(given.invoice_settings?.footer, old.invoice_settings.footer),
    },
  }) as Customer;
}

export function full(given: z.output<typeof address>): Wire<Stripe.Address> {
  return {
    city: given.city ?? null,
    country: given.country ?? null,
    line1: given.line1 ?? null,
    line2: given.line2 ?? null,
    postal_code: given.postal_code ?? null,
    state: given.state ?? null,
  };
}

export function updateCustomer(world: World, customerId: string, given: z.output<typeof update>): Customer {
  const before = needCustomer(world, customerId, 'id');
  const after = apply(world, customerId, given);
  world.emitUpdate('customer.updated', after, before);
  return after;
}

export const customerRoutes = [
  route('POST', '/v1/customers', create, createCustomer),
  route('GET', '/v1/customers/:id', params<Stripe.CustomerRetrieveParams>()({}), (world, _input, { id }) => {
    const customer = world.store.get('customer', id);
    if (!customer) throw missing('customer', id);
    return customer;
  }),
  route('POST', '/v1/customers/:id', update, (world, input, { id }) => updateCustomer(world, id, input)),
  route('DELETE', '/v1/customers/:id', params<object>()({}), (world, _input, { id }) => {
    const customer = needCustomer(world, id, 'id');
    const deleted = { id, object: 'customer', deleted: true } satisfies Objects['customer'];
    world.store.put('customer', deleted);
    world.emit('customer.deleted', customer);
    return deleted;
  }),
  route(
    'GET',
    '/v1/customers',
    params<Stripe.CustomerListParams>()({
      ...PAGE,
      created: seconds.optional(),
      email: text.optional(),
      test_clock: id.optional(),
    }),
    (world, input) => {
      const all = world.store
        .all('customer')
        .filter((customer): customer is Customer => !('deleted' in customer));
      const { email, test_clock } = input;
      const found = all.filter(
        (customer) =>
          (email === undefined || customer.email === email) &&
          (test_clock === undefined || customer.test_clock === test_clock),
      );
      return page('/v1/customers', found, input);
    },
  ),
  route(
    'GET',
    '/v1/customers/:id/payment_methods',
    params<Stripe.CustomerListPaymentMethodsParams>()({
      ...PAGE,
      type: text.optional(),
      allow_redisplay: text.optional(),
    }),
    (world, input, { id }) => {
      needCustomer(world, id, 'id');
      const methods = world.store
        .all('payment_method')
        .filter(({ customer, type }) => customer === id && (input.type === undefined || type === input.type));
      return page(`/v1/customers/${id}/payment_methods`, methods, input);
    },
  ),
  route(
    'GET',
    '/v1/customers/:id/payment_methods/:method',
    params<object>()({}),
    (world, _input, { id, method }) => {
      const found = world.store.need('payment_method', method ?? '');
      if (found.customer !== id) throw missing('PaymentMethod', found.id);
      return found;
    },
  ),
];
