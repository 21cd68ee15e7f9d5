import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call } from '../../test/client.ts';
import { creditedWorkspace } from './testing/workspace.ts';

afterEach(() => vi.useRealTimers());

describe('/v1/credits/budgets', () => {
  it('replaces all budgets, counts what was spent before and refuses the run that none has room for', async () => {
    const acme = await creditedWorkspace(10_000_000);
    await acme.run(400_000, { userId: 'ann', agent: 'designer' });
    const budgets = [
      { scope: 'agent', id: 'designer', per: 'day', credits: 1_000_000 },
      { scope: 'user', id: '*', per: 'month', credits: 500_000 },
    ];
    const set = await call('PUT /v1/credits/budgets', { as: acme.key, body: { budgets } });
    expect(set.status).toBe(200);
    expect(set.body).toMatchObject({
      budgets: [{ ...budgets[0], used: 400_000, held: 0, remaining: 600_000 }, budgets[1]],
    });
    expect((await call('GET /v1/credits/budgets', { as: acme.key })).body).toEqual(set.body);

    await expect(acme.run(200_000, { userId: 'ann' })).rejects.toThrow('budget_exceeded');
    await acme.run(200_000, { userId: 'bob' });
    await call('PUT /v1/credits/budgets', { as: acme.key, body: { budgets: [] } });
    await acme.run(200_000, { userId: 'ann' });
    expect((await call('GET /v1/credits/budgets', { as: acme.key })).body).toEqual({ budgets: [] });
  });

  it.each([
    ['a budget set twice', [1, 1].map(() => ({ scope: 'user', id: 'ann', per: 'day', credits: 1 }))],
    ['a negative budget', [{ scope: 'user', id: 'ann', per: 'day', credits: -1 }]],
    ['an unknown scope', [{ scope: 'planet', id: 'ann', per: 'day', credits: 1 }]],
  ])('refuses %s and changes nothing', async (_, budgets) => {
    const acme = await creditedWorkspace(10);
    const answer = await call('PUT /v1/credits/budgets', { as: acme.key, body: { budgets } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
    expect((await call('GET /v1/credits/budgets', { as: acme.key })).body).toEqual({ budgets: [] });
  });

  it('is for secret keys alone', async () => {
    const acme = await creditedWorkspace(10);
    const token = await acme.clientToken('ann');
    expect((await call('GET /v1/credits/budgets', { as: token })).status).toBe(403);
    expect((await call('PUT /v1/credits/budgets', { as: token, body: { budgets: [] } })).status).toBe(403);
  });
});

describe('events of the ledger', () => {
  it('reach the webhook endpoints once, when a budget and the balance run out', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const acme = await creditedWorkspace(1_000_000);
    const made = await call('POST /v1/webhook-endpoints', {
      as: acme.key,
      body: { url: 'https://acme.example/hooks', eventTypes: ['credits.*'] },
    });
    expect(made.status).toBe(201);
    await acme.run(850_000, { userId: 'ann' });
    const stub = env.WORKSPACE_ACCOUNT.getByName(acme.id);
    for (let rings = 0; rings < 3; rings += 1) {
      vi.setSystemTime(Date.now() + 2_000);
      await runDurableObjectAlarm(stub);
    }
    const { results } = await env.DB.prepare('SELECT type, body FROM webhook_event WHERE workspace_id = ?')
      .bind(acme.id)
      .all();
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ type: 'credits.low' });
    expect(JSON.parse(String(results[0]?.['body']))).toMatchObject({
      type: 'credits.low',
      data: { available: 150_000, percentUsed: 80 },
    });
  });
});
