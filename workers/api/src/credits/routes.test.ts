import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../../test/client.ts';
import { app } from '../app.ts';
import { PRICES } from './pricing.ts';
import { creditedWorkspace } from './testing/workspace.ts';

let acme: Awaited<ReturnType<typeof creditedWorkspace>>;

beforeAll(async () => {
  acme = await creditedWorkspace(10_000_000);
});

describe('GET /v1/credits', () => {
  it('shows a secret key the balance of its own workspace, to the unit', async () => {
    const other = await creditedWorkspace(3);
    await other.run(1);
    const { status, body } = await call('GET /v1/credits', { as: other.key });
    expect(status).toBe(200);
    expect(body).toEqual({
      available: 2,
      held: 0,
      granted: 3,
      consumed: 1,
      expired: 0,
      clawedBack: 0,
      debt: 0,
    });
  });

  it("shows a client token its own user's budget and nothing of the workspace", async () => {
    const budget = { credits: 5_000_000, per: 'month' as const };
    await acme.run(1_200_000, { userId: 'ann' });
    await acme.run(700_000, { userId: 'bob' });
    const { body } = await call('GET /v1/credits', { as: await acme.clientToken('ann', budget) });
    const resetsAt = expect.stringMatching(/-01T00:00:00\.000Z$/);
    expect(body).toEqual({
      budget: { limit: 5_000_000, per: 'month', used: 1_200_000, held: 0, remaining: 3_800_000, resetsAt },
    });
    expect((await call('GET /v1/credits', { as: await acme.clientToken('ann', budget) })).body).toEqual(body);
  });

  it('says null to a client token without a budget', async () => {
    expect((await call('GET /v1/credits', { as: await acme.clientToken('cem') })).body).toEqual({
      budget: null,
    });
  });
});

describe('an unreachable ledger', () => {
  const unreachable = new Proxy(env.WORKSPACE_ACCOUNT, {
    get: (target, name) =>
      name === 'getByName'
        ? () => {
            throw new Error('Network connection lost.');
          }
        : Reflect.get(target, name),
  });

  it.each(['/v1/credits', '/v1/credits/entries', '/v1/usage'])(
    'makes %s a 503 with Retry-After',
    async (path) => {
      const ctx = createExecutionContext();
      const request = new Request(`https://api.test${path}`, {
        headers: { Authorization: `Bearer ${acme.key}` },
      });
      const response = await app.fetch(request, { ...env, WORKSPACE_ACCOUNT: unreachable }, ctx);
      await waitOnExecutionContext(ctx);
      expect(response.status).toBe(503);
      expect(response.headers.get('Retry-After')).toBe('5');
      expect(await response.json()).toMatchObject({ code: 'credits_unavailable' });
      expect((await call(`GET ${path}`, { as: acme.key })).status).toBe(200);
    },
  );
});

describe('GET /v1/credits/entries', () => {
  it('pages through every entry once, newest first', async () => {
    const other = await creditedWorkspace(1_000_000);
    for (let i = 0; i < 5; i += 1) await other.run(1_000);
    const seen: { id: string; kind: string; amount: number; held: number }[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { text } = await call(`GET /v1/credits/entries?limit=3${query}`, { as: other.key });
      const page = JSON.parse(text) as { data: typeof seen; nextCursor: string | null };
      expect(page.data.length).toBeLessThanOrEqual(3);
      seen.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor !== null);
    const runs = Array.from({ length: 5 }, () => ['settle', 'hold']);
    expect(seen.map(({ kind }) => kind)).toEqual([...runs.flat(), 'grant']);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(11);
    expect(seen.reduce((sum, { amount }) => sum + amount, 0)).toBe(995_000);
    expect(seen.reduce((sum, { held }) => sum + held, 0)).toBe(0);
  });

  it.each(['?cursor=bm9wZQ', '?limit=0', '?limit=101', '?page=2', '?cursor=WyJ4Il0'])(
    'refuses %s by name',
    async (query) => {
      const { status, body } = await call(`GET /v1/credits/entries${query}`, { as: acme.key });
      expect(status).toBe(422);
      expect(body).toMatchObject({ code: 'invalid_request', issues: [expect.anything()] });
    },
  );

  it('is for secret keys alone', async () => {
    expect((await call('GET /v1/credits/entries')).status).toBe(401);
    expect((await call('GET /v1/credits/entries', { as: await acme.clientToken('ann') })).status).toBe(403);
  });
});

describe('GET /v1/credits/pricing', () => {
  it('tells anybody what every model costs', async () => {
    const { status, text } = await call('GET /v1/credits/pricing');
    expect(status).toBe(200);
    const { models } = JSON.parse(text) as { models: { model: string }[] };
    expect(Object.fromEntries(models.map(({ model, ...price }) => [model, price]))).toEqual(PRICES);
  });
});
