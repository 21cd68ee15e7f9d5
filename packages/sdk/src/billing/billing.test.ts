import { expect, test } from 'vitest';
import { json, problem, serve } from '../../test/server.ts';
import { UXFlow } from '../client.ts';
import { Billing } from './index.ts';

const billingAt = (baseUrl: string): Billing => new Billing(new UXFlow({ apiKey: 'uxf_sk_test_x', baseUrl }));

test('each call goes to its route with what it was given', async () => {
  await using server = await serve(json({}), json({}), json({ url: 'https://pay.example' }, 201), json({}));
  const billing = billingAt(server.url);
  await billing.plans();
  await billing.subscription();
  const urls = { successUrl: 'https://a.example/ok', cancelUrl: 'https://a.example/no' };
  const page = await billing.checkout({ plan: 'starter', ...urls }, { idempotencyKey: 'k' });
  expect(page).toEqual({ url: 'https://pay.example' });
  await billing.portal();
  await billing.changePlan('free');
  const wish = { enabled: true, topUp: 'small', threshold: 1_000_000, monthlyCap: 5_000 } as const;
  await billing.setAutoTopUp(wish);
  await billing.setReturnUrls(['https://a.example']);
  expect(server.seen.map(({ method, path, body }) => [`${method} ${path}`, body])).toEqual([
    ['GET /v1/billing/plans', undefined],
    ['GET /v1/billing/subscription', undefined],
    ['POST /v1/billing/checkout', { plan: 'starter', ...urls }],
    ['POST /v1/billing/portal', {}],
    ['POST /v1/billing/plan', { plan: 'free' }],
    ['PUT /v1/billing/auto-top-up', wish],
    ['PUT /v1/billing/return-urls', { urls: ['https://a.example'] }],
  ]);
  expect(server.seen[2]?.headers['idempotency-key']).toBe('k');
});

test('invoices come page by page', async () => {
  await using server = await serve(
    json({ data: [{ id: 'in_2' }], nextCursor: 'next' }),
    json({ data: [{ id: 'in_1' }], nextCursor: null }),
  );
  const ids: string[] = [];
  for await (const { id } of billingAt(server.url).invoices({ limit: 1 })) ids.push(id);
  expect(ids).toEqual(['in_2', 'in_1']);
});

test('a declined card is told by its code', async () => {
  await using server = await serve(problem(402, 'payment_failed'));
  await expect(billingAt(server.url).changePlan('professional')).rejects.toMatchObject({
    code: 'payment_failed',
  });
});
