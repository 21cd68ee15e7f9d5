import { Stripe } from 'stripe';
import { afterEach, describe, expect, test } from 'vitest';
import type { StripeLocalOptions } from './server.ts';
import { openShop, receiver, type Shop } from './testing/shop.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function shopWith(endpoint: { url: string }, options: StripeLocalOptions = {}): Promise<Shop> {
  const shop = await openShop({ webhookUrls: [endpoint.url], ...options });
  open.push(() => shop.local.close());
  return shop;
}

async function endpointThat(answer?: (n: number) => number) {
  const endpoint = await receiver(answer);
  open.push(endpoint.close);
  return endpoint;
}

describe('webhooks', () => {
  test('are signed so that stripe-node verifies them, and arrive once, in order', async () => {
    const endpoint = await endpointThat();
    const { local, stripe } = await shopWith(endpoint);
    await stripe.customers.create({});
    await local.deliveries.drain();
    const [secret = ''] = local.webhookSecrets;
    for (const { body, signature } of endpoint.received) {
      expect(await stripe.webhooks.constructEventAsync(body, signature, secret)).toMatchObject({
        object: 'event',
      });
    }
    const sent = (await stripe.events.list({ limit: 100 })).data.map(({ id }) => id).toReversed();
    expect(endpoint.received.map(({ id }) => id)).toEqual(sent);
    const first = endpoint.received[0];
    expect(() => stripe.webhooks.constructEvent(`${first?.body} `, first?.signature ?? '', secret)).toThrow(
      Stripe.errors.StripeSignatureVerificationError,
    );
  });

  test('are sent again after an answer that is not 2xx, with the same id, and reported as delivered then', async () => {
    const endpoint = await endpointThat((n) => (n <= 2 ? 500 : 200));
    const { local } = await shopWith(endpoint);
    await local.deliveries.drain();
    const [first] = endpoint.received;
    expect(endpoint.received.filter(({ id }) => id === first?.id).length).toBeGreaterThan(1);
    expect(local.world.store.all('delivery').every(({ state }) => state === 'delivered')).toBe(true);
  });

  test('are given up after six attempts, and can be sent again by hand', async () => {
    let answer = 500;
    const endpoint = await endpointThat(() => answer);
    const { local, stripe } = await shopWith(endpoint);
    await local.deliveries.drain();
    const failed = local.world.store.all('delivery');
    expect(failed.every(({ state, attempts }) => state === 'failed' && attempts.length === 6)).toBe(true);
    answer = 200;
    const [event] = (await stripe.events.list({ limit: 1 })).data;
    local.deliveries.resend(event?.id ?? '');
    await local.deliveries.drain();
    expect(local.world.store.all('delivery').at(-1)).toMatchObject({ event: event?.id, state: 'delivered' });
  });

  test('under faults are duplicated, reordered and dropped, yet every event arrives at last', async () => {
    const endpoint = await endpointThat();
    const { local, stripe } = await shopWith(endpoint, { seed: 7 });
    await local.deliveries.drain();
    endpoint.received.length = 0;
    local.deliveries.pause();
    local.deliveries.faults = { duplicates: 5, reorder: 0.5, delay: 200, drop: 0.3 };
    for (let i = 0; i < 20; i++) await stripe.customers.create({ name: `C${i}` });
    await local.deliveries.drain();
    const sent = (await stripe.events.list({ limit: 20 })).data.map(({ id }) => id).toReversed();
    const got = endpoint.received.map(({ id }) => id);
    expect(new Set(got)).toEqual(new Set(sent));
    expect(got.length).toBeGreaterThan(sent.length);
    const firsts = [...new Set(got)];
    expect(firsts).not.toEqual(sent);
    expect(
      local.world.store.all('delivery').some(({ attempts }) => attempts.some(({ dropped }) => dropped)),
    ).toBe(true);
  });

  test('of a request that was undone are never sent', async () => {
    const endpoint = await endpointThat();
    const { local, stripe, starter } = await shopWith(endpoint);
    const customer = await stripe.customers.create({});
    await local.deliveries.drain();
    const before = endpoint.received.length;
    const refused = stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: starter.id }],
      payment_behavior: 'error_if_incomplete',
    });
    await expect(refused).rejects.toMatchObject({ code: 'card_declined' });
    await local.deliveries.drain();
    expect(endpoint.received).toHaveLength(before);
  });

  test('go only to endpoints that want their type and are enabled', async () => {
    const endpoint = await endpointThat();
    const shop = await openShop();
    open.push(() => shop.local.close());
    const { stripe, local } = shop;
    const made = await stripe.webhookEndpoints.create({
      url: endpoint.url,
      enabled_events: ['customer.created'],
    });
    expect(made.secret).toMatch(/^whsec_/);
    expect((await stripe.webhookEndpoints.retrieve(made.id)).secret).toBeUndefined();
    await stripe.customers.create({});
    await stripe.products.create({ name: 'X' });
    await local.deliveries.drain();
    expect(endpoint.received.map(({ type }) => type)).toEqual(['customer.created']);
    await stripe.webhookEndpoints.update(made.id, { disabled: true });
    await stripe.customers.create({});
    await local.deliveries.drain();
    expect(endpoint.received).toHaveLength(1);
  });
});
