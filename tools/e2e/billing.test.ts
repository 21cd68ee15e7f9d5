import { connectStripe } from '@uxflow/api/billing';
import type { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Product, startProduct } from '../lib/product.ts';
import { type Call, caller, type JsonObject } from './black-box.ts';

const CREDIT = 1_000_000;
const GOOD_CARD = '4242424242424242';
/** Can be saved, then every charge fails. */
const BAD_CARD = 'pm_card_chargeCustomerFail';
/** Milliseconds in which an event's effect arrives, on a busy machine too. */
const ARRIVES = { timeout: 60_000, interval: 250 };

describe('a workspace that pays', { timeout: 180_000 }, () => {
  let product: Product;
  let stripe: Stripe;
  let call: Call;
  let customer = '';

  beforeAll(async () => {
    product = await startProduct();
    stripe = connectStripe({ secretKey: 'sk_test_stripelocal', apiBase: product.stripe });
    call = caller(product.api, product.key);
  });
  afterAll(() => product?.stop());

  const subscription = async (): Promise<JsonObject> =>
    (await call({ path: '/v1/billing/subscription' })).body;
  const details = async (): Promise<JsonObject> => (await subscription())['subscription'] as JsonObject;
  const credits = async (): Promise<number> =>
    Number((await call({ path: '/v1/credits' })).body['available']) / CREDIT;
  const post = (path: string, json: JsonObject) =>
    call({ method: 'POST', path: `/v1/billing/${path}`, json });
  const local = async (action: string, json: JsonObject): Promise<void> => {
    const response = await fetch(`${product.stripe}/_local/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    });
    if (!response.ok) throw new Error(await response.text());
  };
  const arrives = (look: () => Promise<unknown>, expected: unknown) =>
    vi.waitFor(async () => expect(await look()).toEqual(expected), ARRIVES);
  const inState = (state: string, plan: string) =>
    arrives(async () => {
      const now = await subscription();
      return [now['state'], now['plan']];
    }, [state, plan]);

  async function buy(what: JsonObject): Promise<void> {
    const { status, body, text } = await post('checkout', {
      ...what,
      successUrl: `${product.example}/thanks`,
      cancelUrl: `${product.example}/`,
    });
    expect(status, text).toBe(201);
    const page = String(body['url']);
    expect((await fetch(page)).status).toBe(200);
    await local(`pay/${page.split('/').at(-1)}`, { card: GOOD_CARD });
  }

  test('begins on Free, and is led back only where it said', async () => {
    expect(await subscription()).toMatchObject({
      plan: 'free',
      state: 'none',
      message: 'You are on the Free plan.',
    });
    const elsewhere = { successUrl: 'https://evil.example/', cancelUrl: `${product.example}/` };
    const { status, body } = await post('checkout', { plan: 'starter', ...elsewhere });
    expect([status, body['param']]).toEqual([422, 'successUrl']);
  });

  test('tries Starter through the hosted page, and pays when the trial ends', async () => {
    const before = await credits();
    await buy({ plan: 'starter' });
    await inState('trialing', 'starter');
    await arrives(credits, before + 300);
    customer = (await stripe.customers.list({ limit: 1 })).data[0]?.id ?? '';
    await local('clock', { days: 14.1 });
    await inState('active', 'starter');
    await arrives(credits, before + 300 + 3_000);
    const { body } = await call({ path: '/v1/billing/invoices' });
    expect((body['data'] as JsonObject[]).map(({ status, total }) => [status, total])).toEqual([
      ['paid', 2_900],
      ['paid', 0],
    ]);
  });

  test('goes up at once with the difference of credits, and down at the end of the period', async () => {
    const before = await credits();
    const up = await post('plan', { plan: 'professional' });
    expect([up.status, up.body['plan'], up.body['state']], up.text).toEqual([200, 'professional', 'active']);
    const gained = (await credits()) - before;
    // Nearly the whole period is left.
    expect(gained).toBeGreaterThan(7_900);
    expect(gained).toBeLessThanOrEqual(8_000);
    const down = await post('plan', { plan: 'starter' });
    expect(down.body['message']).toMatch(
      /^You are on Professional\. It changes to Starter on \d{4}-\d\d-\d\d\.$/,
    );
    const stay = await post('plan', { plan: 'professional' });
    expect((stay.body['subscription'] as JsonObject)['nextPlan']).toBeNull();
    expect(await credits()).toBe(before + gained);
  });

  test('tops up, and has the credits taken back with the money', async () => {
    const before = await credits();
    await buy({ topUp: 'small' });
    await arrives(credits, before + 1_000);
    const { data } = await stripe.charges.list({ customer, limit: 1 });
    await stripe.refunds.create({ charge: data[0]?.id ?? '', amount: 250 });
    await arrives(credits, before + 750);
    await local(`dispute/${data[0]?.id}`, { amount: 750 });
    await arrives(credits, before);
  });

  test('is told of a renewal that failed, keeps the plan for a while, and has it back by paying', async () => {
    const card = await stripe.paymentMethods.attach(BAD_CARD, { customer });
    const [live] = (await stripe.subscriptions.list({ customer })).data;
    await stripe.subscriptions.update(live?.id ?? '', { default_payment_method: card.id });
    await local('clock', { days: 32 });
    await inState('past_due', 'professional');
    const owing = await subscription();
    expect(owing['message']).toMatch(
      /^The last payment for Professional failed\. Pay it or change the card by /,
    );
    expect((await post('plan', { plan: 'enterprise' })).status).toBe(409);

    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    for (const { id } of (await stripe.invoices.list({ customer, status: 'open' })).data) {
      await stripe.invoices.pay(id, { payment_method: good.id });
    }
    await stripe.subscriptions.update(live?.id ?? '', { default_payment_method: good.id });
    await inState('active', 'professional');
    expect((await details())['owedSince']).toBeNull();
  });

  test('cancels: the plan runs out with its period, and what was bought stays', async () => {
    await buy({ topUp: 'medium' });
    await arrives(async () => (await credits()) >= 5_250, true);
    const { body } = await post('plan', { plan: 'free' });
    expect(body['message']).toMatch(/^You are on Professional\. It ends on .* and will not be renewed\.$/);
    await local('clock', { days: 32 });
    await inState('canceled', 'free');
    expect((await subscription())['message']).toContain('credits that you bought are yours as before');
    expect(await credits()).toBeGreaterThanOrEqual(5_250);
    const portal = await post('portal', {});
    expect((await fetch(String(portal.body['url']))).status).toBe(200);
  });
});
