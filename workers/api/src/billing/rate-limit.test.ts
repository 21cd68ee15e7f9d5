import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { call, newToken, newWorkspace, OPERATOR } from '../../test/client.ts';
import { app } from '../app.ts';
import { planOf } from './plans.ts';
import { billingStore } from './store.ts';

/** Lets the first `requests` of each workspace through. */
function limitOf(requests: number): RateLimit {
  const seen = new Map<string, number>();
  return {
    limit: async ({ key }) => {
      seen.set(key, (seen.get(key) ?? 0) + 1);
      return { success: (seen.get(key) ?? 0) <= requests };
    },
  };
}

async function get(path: string, credential: string, limit: RateLimit): Promise<Response> {
  const ctx = createExecutionContext();
  const request = new Request(`https://api.test${path}`, {
    headers: { Authorization: `Bearer ${credential}` },
  });
  const response = await app.fetch(request, { ...env, RATE_FREE: limit }, ctx);
  await waitOnExecutionContext(ctx);
  return response;
}

it('a workspace past its plan’s limit gets 429 with Retry-After; another one, and the operator, do not', async () => {
  const [mine, other] = [await newWorkspace(), await newWorkspace()];
  const limit = limitOf(2);
  for (let n = 0; n < 2; n++) expect((await get('/v1/flows', mine.key, limit)).status).toBe(200);
  const refused = await get('/v1/flows', mine.key, limit);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('Retry-After')).toBe('60');
  expect(refused.headers.get('RateLimit-Policy')).toBe('"free";q=12000;w=60');
  expect(await refused.json()).toMatchObject({
    code: 'rate_limited',
    detail: expect.stringContaining('Free plan'),
  });
  expect((await get('/v1/flows', other.key, limit)).status).toBe(200);
  expect((await get('/v1/admin/workspaces', OPERATOR, limit)).status).toBe(200);
});

it('end users count for their workspace', async () => {
  const mine = await newWorkspace();
  const limit = limitOf(1);
  const { token } = await newToken(mine);
  expect((await get('/v1/flows', token, limit)).status).toBe(200);
  expect((await get('/v1/flows', mine.key, limit)).status).toBe(429);
});

it('every answer to a workspace tells the policy, refusals too; who pays has that of the plan', async () => {
  const mine = await newWorkspace();
  for (const route of [
    'GET /v1/flows',
    'GET /v1/flows?limit=0',
    'GET /v1/flows/flw_01KA3Y5V0D3T0X1W9G2B7C4M8Q',
  ]) {
    expect((await call(route, { as: mine.key })).headers.get('RateLimit-Policy')).toBe('"free";q=12000;w=60');
  }
  const paying = await newWorkspace();
  await billingStore(env).putSubscription(
    {
      workspaceId: paying.id,
      subscriptionId: 'sub_1',
      plan: 'professional',
      state: 'active',
      monthlyCents: 9_900,
      periodStart: 0,
      periodEnd: 1,
      trialEnd: null,
      cancelAt: null,
      nextPlan: null,
      pastDueSince: null,
      pendingPlan: null,
      actionUrl: null,
    },
    null,
  );
  const { headers } = await call('GET /v1/flows', { as: paying.key });
  expect(headers.get('RateLimit-Policy')).toBe(
    `"professional";q=${planOf('professional').requestsPerMinute};w=60`,
  );
});
