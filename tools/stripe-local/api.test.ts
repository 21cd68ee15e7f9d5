import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShop, type Shop } from './testing/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.local.close());

const refusal = (request: Promise<unknown>) =>
  request.then(
    () => {
      throw new Error('the request was not refused');
    },
    (error: unknown) => error as Stripe.errors.StripeError,
  );

function raw(path: string, init: RequestInit = {}) {
  return fetch(`${shop.local.url}${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${shop.local.key}`, ...init.headers },
  });
}

describe('the API as a whole', () => {
  test('an unknown route answers 404 with an error that stripe-node understands', async () => {
    const error = await refusal(shop.stripe.rawRequest('GET', '/v1/no_such_thing'));
    expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(error.statusCode).toBe(404);
    expect(error.message).toContain('GET: /v1/no_such_thing');
  });

  test('an unknown object in the path is 404, one in a parameter is 400, both name the parameter', async () => {
    const inPath = await refusal(shop.stripe.customers.retrieve('cus_nobody'));
    expect(inPath).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'id' });
    const inParam = await refusal(
      shop.stripe.subscriptions.create({ customer: 'cus_nobody', items: [{ price: shop.starter.id }] }),
    );
    expect(inParam).toMatchObject({ statusCode: 400, code: 'resource_missing', param: 'customer' });
  });

  test('an unknown, a missing and a malformed parameter are each refused by name, in bracket form', async () => {
    const post = async (path: string, body: string) => {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const answer = await raw(path, { method: 'POST', body, headers });
      return ((await answer.json()) as { error: Record<string, unknown> }).error;
    };
    expect(await post('/v1/customers', 'invoice_settings[colour]=red')).toMatchObject({
      code: 'parameter_unknown',
      param: 'invoice_settings[colour]',
    });
    expect(
      await post('/v1/prices', 'currency=usd&product=x&recurring[interval_count]=1&unit_amount=1'),
    ).toMatchObject({
      code: 'parameter_missing',
      param: 'recurring[interval]',
    });
    expect(await post('/v1/prices', `currency=usd&product=x&unit_amount=abc`)).toMatchObject({
      code: 'parameter_invalid_integer',
      param: 'unit_amount',
    });
    expect(
      await post('/v1/subscriptions', 'customer=c&items[0][price]=p&items[0][quantity]=-1'),
    ).toMatchObject({
      param: 'items[0][quantity]',
    });
  });

  test('a refused request leaves nothing behind', async () => {
    const { stripe, starter } = shop;
    const customer = await stripe.customers.create({ email: 'x@example.com' });
    const before = shop.local.world.store.all('event').length;
    await refusal(
      stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: starter.id }],
        payment_behavior: 'error_if_incomplete',
      }),
    );
    expect((await stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data).toEqual([]);
    expect((await stripe.invoices.list({ customer: customer.id })).data).toEqual([]);
    expect(shop.local.world.store.all('event')).toHaveLength(before);
  });

  test('no key, and a live key, are 401', async () => {
    expect((await fetch(`${shop.local.url}/v1/customers`)).status).toBe(401);
    const live = new Stripe('sk_live_oops', { ...shop.local.client, maxNetworkRetries: 0 });
    expect(await refusal(live.customers.list())).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
  });

  test('every answer names its request and the API version', async () => {
    const answer = await raw('/v1/customers');
    expect(answer.headers.get('Request-Id')).toMatch(/^req_\w{14}$/);
    expect(answer.headers.get('Stripe-Version')).toBe(shop.stripe.getApiField('version'));
    expect((await raw('/v1/customers', { headers: { 'Stripe-Version': 'yesterday' } })).status).toBe(400);
  });

  test('lists go newest first and page by starting_after until has_more is false', async () => {
    const { stripe } = shop;
    const made: string[] = [];
    for (let i = 0; i < 7; i++) made.unshift((await stripe.products.create({ name: `P${i}` })).id);
    const seen = await stripe.products.list({ limit: 3 }).autoPagingToArray({ limit: 100 });
    expect(seen.map(({ id }) => id).slice(0, 7)).toEqual(made);
    const first = await stripe.products.list({ limit: 3 });
    expect(first.has_more).toBe(true);
    const back = await stripe.products.list({ limit: 3, ending_before: seen[5]?.id ?? '' });
    expect(back.data.map(({ id }) => id)).toEqual(seen.slice(2, 5).map(({ id }) => id));
    expect(await refusal(stripe.products.list({ limit: 101 }))).toMatchObject({ param: 'limit' });
  });

  test('expand puts objects where ids stand, through lists too, and refuses what cannot be', async () => {
    const { stripe, starter } = shop;
    const price = await stripe.prices.retrieve(starter.id, { expand: ['product'] });
    expect(price.product).toMatchObject({ object: 'product', name: 'Starter' });
    const list = await stripe.prices.list({ expand: ['data.product'], limit: 1 });
    expect(list.data[0]?.product).toMatchObject({ object: 'product' });
    expect(await refusal(stripe.prices.retrieve(starter.id, { expand: ['colour'] }))).toMatchObject({
      param: 'expand',
    });
  });

  test('metadata merges, and an empty value removes its key', async () => {
    const { stripe } = shop;
    const { id } = await stripe.customers.create({ metadata: { a: '1', b: '2' } });
    const after = await stripe.customers.update(id, { metadata: { b: '', c: '3' } });
    expect(after.metadata).toEqual({ a: '1', c: '3' });
  });
});

describe('Idempotency-Key', () => {
  test('the same request under one key has one effect and one answer, marked as replayed', async () => {
    const send = () =>
      raw('/v1/customers', {
        method: 'POST',
        body: 'email=once@example.com',
        headers: { 'Idempotency-Key': 'k1', 'Content-Type': 'application/x-www-form-urlencoded' },
      });
    const first = await send();
    const second = await send();
    expect(await second.text()).toBe(await first.text());
    expect(second.headers.get('Idempotent-Replayed')).toBe('true');
    expect((await shop.stripe.customers.list({ email: 'once@example.com' })).data).toHaveLength(1);
  });

  test('another request under the same key is an idempotency error', async () => {
    await shop.stripe.customers.create({ name: 'A' }, { idempotencyKey: 'k2' });
    const error = await refusal(shop.stripe.customers.create({ name: 'B' }, { idempotencyKey: 'k2' }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  });

  test('a declined payment is answered alike under its key: it is not tried again', async () => {
    const pay = () =>
      shop.stripe.paymentIntents.create(
        { amount: 100, currency: 'usd', confirm: true, payment_method: 'pm_card_chargeDeclined' },
        { idempotencyKey: 'k3' },
      );
    const first = await refusal(pay());
    const second = await refusal(pay());
    expect(first).toMatchObject({ code: 'card_declined', decline_code: 'generic_decline' });
    expect(second).toMatchObject({ charge: (first as Stripe.errors.StripeCardError).charge });
  });

  test('a request that was refused for its parameters may be corrected under the same key', async () => {
    const options = { idempotencyKey: 'k4' };
    await refusal(
      shop.stripe.products.update(shop.starter.product as string, { default_price: 'nope' }, options),
    );
    const ok = await shop.stripe.products.update(shop.starter.product as string, { name: 'Plan' }, options);
    expect(ok.name).toBe('Plan');
  });

  test('a key is forgotten after a day', async () => {
    const { stripe, local } = shop;
    const one = await stripe.customers.create({ name: 'A' }, { idempotencyKey: 'k5' });
    local.clock.advance({ days: 1 });
    const two = await stripe.customers.create({ name: 'A' }, { idempotencyKey: 'k5' });
    expect(two.id).not.toBe(one.id);
  });
});
