import type { Stripe } from 'stripe';
import { z } from 'zod';
import { declineOf, type TestCard, testCard } from '../engine/cards.ts';
import { cardError, invalid, missing } from '../errors.ts';
import { page } from '../list.ts';
import { address, id, int, mergeMetadata, metadata, PAGE, params, text } from '../params.ts';
import { route } from '../route.ts';
import type { Wire } from '../wire.ts';
import type { World } from '../world.ts';

export type PaymentMethod = Wire<Stripe.PaymentMethod>;

const billing = z.strictObject({
  address: address.optional(),
  email: text.optional(),
  name: text.optional(),
  phone: text.optional(),
});
const create = params<Stripe.PaymentMethodCreateParams>()({
  type: z.enum(['card', 'sepa_debit']),
  card: z
    .strictObject({
      number: text.optional(),
      exp_month: int.optional(),
      exp_year: int.optional(),
      cvc: text.optional(),
      token: text.optional(),
    })
    .optional(),
  sepa_debit: z.strictObject({ iban: id }).optional(),
  billing_details: billing.optional(),
  metadata: metadata.optional(),
});

type Billing = z.output<typeof billing>;

function blank(world: World, details: Billing = {}) {
  return {
    id: world.newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: {
      address: {
        city: details.address?.city ?? null,
        country: details.address?.country ?? null,
        line1: details.address?.line1 ?? null,
        line2: details.address?.line2 ?? null,
        postal_code: details.address?.postal_code ?? null,
        state: details.address?.state ?? null,
      },
      email: details.email ?? null,
      name: details.name ?? null,
      phone: details.phone ?? null,
      tax_id: null,
    },
    created: world.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
  } satisfies Omit<PaymentMethod, 'type'>;
}

/** A payment method of a test card. */
export function makeCard(
  world: World,
  card: TestCard,
  details?: Billing,
  expiry = { month: 12, year: 2034 },
) {
  const method = {
    ...blank(world, details),
    type: 'card',
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      display_brand: card.brand,
      exp_month: expiry.month,
      exp_year: expiry.year,
      fingerprint: `fp${card.number}`,
      funding: 'credit',
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
  } satisfies PaymentMethod;
  world.store.put('payment_method', method);
  world.store.put('instrument', { id: method.id, card: card.number, authenticated: false });
  return method;
}

function makeSepa(world: World, iban: string, details?: Billing): PaymentMethod {
  const method = {
    ...blank(world, details),
    type: 'sepa_debit',
    sepa_debit: {
      bank_code: iban.slice(4, 9),
      branch_code: null,
      country: iban.slice(0, 2),
      fingerprint: `fp${iban}`,
      generated_from: { charge: null, setup_attempt: null },
      last4: iban.slice(-4),
    },
  } satisfies PaymentMethod;
  world.store.put('payment_method', method);
  // Two of Stripe's documented test accounts fail; see https://docs.stripe.com/payments/sepa-debit.
  const fails = /(1000000123456|3000000123456|02)$/.test(iban);
  world.store.put('instrument', { id: method.id, card: fails ? 'sepa_fails' : 'sepa', authenticated: false });
  return method;
}

export function cardFromToken(world: World, token: string, details?: Billing): PaymentMethod {
  const card = testCard(token);
  if (!card) throw missing('token', token, 'source');
  return makeCard(world, card, details);
}

/** The payment method that is meant: `pm_card_visa` and its like are a new one, or the customer's own of that card. */
export function resolveMethod(
  world: World,
  name: string,
  customer?: string,
  param = 'payment_method',
): PaymentMethod {
  const known = world.store.get('payment_method', name);
  if (known) return known;
  const card = name.startsWith('pm_card_') ? testCard(name) : undefined;
  if (!card) throw missing('PaymentMethod', name, param);
  const own = world.store
    .all('payment_method')
    .findLast(
      (method) =>
        customer !== undefined &&
        method.customer === customer &&
        world.store.get('instrument', method.id)?.card === card.number,
    );
  return own ?? makeCard(world, card);
}

/** Saves a payment method to a customer. @throws StripeError when the bank refuses the card. */
export function attach(world: World, name: string, customer: string): PaymentMethod {
  const method = resolveMethod(world, name);
  world.store.need('customer', customer, 'customer');
  if (method.customer === customer) return method;
  if (method.customer !== null) {
    throw invalid(
      'The payment method you provided has already been attached to a customer.',
      'payment_method',
    );
  }
  const card = cardOf(world, method);
  const decline = card?.refusesAttach ? declineOf(card) : null;
  if (decline) throw cardError(decline, { payment_method: method });
  const attached = world.update('payment_method', method.id, { customer });
  world.emit('payment_method.attached', attached);
  return attached;
}

export function cardOf(world: World, method: { id: string }): TestCard | undefined {
  return testCard(world.store.get('instrument', method.id)?.card ?? '');
}

export const paymentMethodRoutes = [
  route('POST', '/v1/payment_methods', create, (world, input) => {
    if (input.type === 'sepa_debit') {
      if (!input.sepa_debit)
        throw invalid('Missing required param: sepa_debit.', 'sepa_debit', 'parameter_missing');
      return makeSepa(world, input.sepa_debit.iban, input.billing_details);
    }
    const { token, number, exp_month = 12, exp_year = 2034 } = input.card ?? {};
    const name = token ?? number;
    if (name === undefined) throw invalid('Missing required param: card.', 'card', 'parameter_missing');
    const card = testCard(name);
    if (!card) {
      throw cardError({
        code: 'incorrect_number',
        message: 'Your card number is incorrect. stripe-local takes test cards alone.',
      });
    }
    const method = makeCard(world, card, input.billing_details, { month: exp_month, year: exp_year });
    return world.update('payment_method', method.id, { metadata: mergeMetadata(null, input.metadata) });
  }),
  route('GET', '/v1/payment_methods/:id', params<object>()({}), (world, _input, { id }) =>
    resolveMethod(world, id, undefined, 'id'),
  ),
  route(
    'POST',
    '/v1/payment_methods/:id',
    params<Stripe.PaymentMethodUpdateParams>()({
      metadata: metadata.optional(),
      billing_details: billing.optional(),
      card: z.strictObject({ exp_month: int.optional(), exp_year: int.optional() }).optional(),
    }),
    (world, input, { id }) => {
      const before = world.store.need('payment_method', id);
      const after = world.update('payment_method', id, {
        metadata: mergeMetadata(before.metadata, input.metadata),
        billing_details: {
          ...before.billing_details,
          email: input.billing_details?.email ?? before.billing_details.email,
          name: input.billing_details?.name ?? before.billing_details.name,
          phone: input.billing_details?.phone ?? before.billing_details.phone,
        },
        ...(before.card
          ? {
              card: {
                ...before.card,
                exp_month: input.card?.exp_month ?? before.card.exp_month,
                exp_year: input.card?.exp_year ?? before.card.exp_year,
              },
            }
          : {}),
      });
      world.emitUpdate('payment_method.updated', after, before);
      return after;
    },
  ),
  route(
    'POST',
    '/v1/payment_methods/:id/attach',
    params<Stripe.PaymentMethodAttachParams>()({ customer: id }),
    (world, input, { id }) => attach(world, id, input.customer),
  ),
  route('POST', '/v1/payment_methods/:id/detach', params<object>()({}), (world, _input, { id }) => {
    const before = world.store.need('payment_method', id);
    if (before.customer === null) {
      throw invalid(
        'The payment method you provided is not attached to a customer so detachment is impossible.',
      );
    }
    const detached = world.update('payment_method', id, { customer: null });
    const owner = world.store.get('customer', before.customer);
    if (owner && !('deleted' in owner) && owner.invoice_settings.default_payment_method === id) {
      world.update('customer', owner.id, {
        invoice_settings: { ...owner.invoice_settings, default_payment_method: null },
      });
    }
    world.emit('payment_method.detached', detached, before);
    return detached;
  }),
  route(
    'GET',
    '/v1/payment_methods',
    params<Stripe.PaymentMethodListParams>()({ ...PAGE, customer: id.optional(), type: text.optional() }),
    (world, input) => {
      const found = world.store
        .all('payment_method')
        .filter(
          ({ customer, type }) =>
            (input.customer === undefined ? customer === null : customer === input.customer) &&
            (input.type === undefined || type === input.type),
        );
      return page('/v1/payment_methods', found, input);
    },
  ),
];
