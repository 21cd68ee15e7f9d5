import { expect, it } from 'vitest';
import { call, newWorkspace } from '../../test/client.ts';

const urls = { successUrl: 'https://a.example/', cancelUrl: 'https://a.example/' };

it.each([
  ['GET /v1/billing/subscription', undefined],
  ['GET /v1/billing/invoices', undefined],
  ['POST /v1/billing/checkout', { plan: 'starter', ...urls }],
  ['POST /v1/billing/portal', undefined],
  ['POST /v1/billing/plan', { plan: 'professional' }],
  ['PUT /v1/billing/auto-top-up', { enabled: true, topUp: 'small', threshold: 1, monthlyCap: 1_000 }],
  ['PUT /v1/billing/return-urls', { urls: ['https://a.example'] }],
])('%s says that nothing is sold where no Stripe key is configured', async (route, body) => {
  const { key } = await newWorkspace();
  const { status, headers, body: problem } = await call(route, { as: key, ...(body && { body }) });
  expect([status, problem.code]).toEqual([503, 'billing_unavailable']);
  expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
});

it.each([
  ['POST /v1/billing/checkout', { plan: 'free', ...urls }],
  ['POST /v1/billing/checkout', { plan: 'starter', topUp: 'small', ...urls }],
  ['POST /v1/billing/checkout', { topUp: 'small', successUrl: 'https://a.example/' }],
  ['POST /v1/billing/plan', { plan: 'gold' }],
  ['PUT /v1/billing/auto-top-up', { enabled: true, topUp: 'large', threshold: 1, monthlyCap: 19_999 }],
  ['PUT /v1/billing/auto-top-up', { enabled: false, topUp: 'large', threshold: -1, monthlyCap: 0 }],
])('%s refuses %j before anything is asked of Stripe', async (route, body) => {
  const { key } = await newWorkspace();
  const { status, body: problem } = await call(route, { as: key, body });
  expect([status, problem.code]).toEqual([422, 'invalid_request']);
});
