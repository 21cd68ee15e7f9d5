import { LOOKUP_KEYS, planOf } from '@uxflow/api/billing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShop, type Shop } from '../stripe-local/testing/shop.ts';
import { setUpStripe } from './setup.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.local.close());

const webhookUrl = 'https://hooks.example.com/stripe';
async function setUp(): Promise<{ told: string[]; secrets: object }> {
  const told: string[] = [];
  const secrets = await setUpStripe(shop.stripe, { webhookUrl, tell: (line) => told.push(line) });
  return { told, secrets };
}
const priceOf = async (key: string) =>
  (await shop.stripe.prices.list({ lookup_keys: [key], active: true })).data[0];

test('makes what is sold from the plan table, with the secrets of both destinations', async () => {
  const { told, secrets } = await setUp();
  expect(told.length).toBeGreaterThan(12);
  expect(secrets).toEqual({
    snapshot: expect.stringMatching(/^whsec_/),
    thin: expect.stringMatching(/^whsec_/),
  });
  const plan = await priceOf(LOOKUP_KEYS.plan('professional'));
  expect(plan).toMatchObject({
    unit_amount: planOf('professional').pricePerMonth,
    metadata: { plan: 'professional' },
  });
  const overage = await priceOf(LOOKUP_KEYS.overage('professional'));
  expect(overage?.recurring?.usage_type).toBe('metered');
  // 1.2 cents a credit, counted in millionths of it.
  expect(String(overage?.unit_amount_decimal)).toBe('0.0000012');
});

test('run again it changes nothing', async () => {
  expect(await setUp()).toEqual({ told: [], secrets: {} });
});

test('a price that has changed is replaced, and the old one stays for those who pay it', async () => {
  const key = LOOKUP_KEYS.plan('starter');
  const right = await priceOf(key);
  const cheaper = await shop.stripe.prices.create({
    product: String(right?.product),
    currency: 'usd',
    unit_amount: 1,
    recurring: { interval: 'month' },
    lookup_key: key,
    transfer_lookup_key: true,
    metadata: { uxflow: 'plan', plan: 'starter' },
  });
  const { told } = await setUp();
  expect(told).toHaveLength(1);
  expect((await priceOf(key))?.unit_amount).toBe(2_900);
  expect(await shop.stripe.prices.retrieve(cheaper.id)).toMatchObject({
    active: false,
    metadata: { plan: 'starter' },
  });
  expect((await setUp()).told).toEqual([]);
});
