import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../../test/client.ts';
import { creditedWorkspace } from '../credits/testing/workspace.ts';

interface Report {
  data: { group: string | null; runs: number; cost: number }[];
  totals: Record<string, number>;
}

let acme: Awaited<ReturnType<typeof creditedWorkspace>>;
const today = new Date().toISOString().slice(0, 10);

async function report(query: string): Promise<Report> {
  const { status, text } = await call(`GET /v1/usage${query}`, { as: acme.key });
  expect(status).toBe(200);
  return JSON.parse(text) as Report;
}

beforeAll(async () => {
  acme = await creditedWorkspace(100_000_000);
  await acme.run(3_000, { userId: 'ann', tenantId: 'globex' });
  await acme.run(5_000, { userId: '=cmd()', model: 'gemini-3.8-flash', tenantId: 'globex' });
  await acme.run(500, { userId: 'ann', outcome: 'failed' });
  await acme.run(0, { outcome: 'cancelled' });
  const other = await creditedWorkspace(1_000_000);
  await other.run(77);
});

describe('GET /v1/usage', () => {
  it('adds up to what the ledger has consumed, run by run, at once', async () => {
    const { totals, data } = await report('');
    expect(totals).toEqual({
      runs: 4,
      succeeded: 2,
      failed: 1,
      cancelled: 1,
      inputTokens: 400,
      cachedTokens: 40,
      outputTokens: 80,
      cost: 8_500,
      latency: 4_000,
    });
    expect(data.reduce((sum, { cost }) => sum + cost, 0)).toBe(8_500);
    const { body } = await call('GET /v1/credits', { as: acme.key });
    expect(body).toMatchObject({ consumed: 8_500, held: 0, available: 100_000_000 - 8_500 });
  });

  it.each([
    ['agent', [['designer', 4, 8_500]]],
    [
      'model',
      [
        ['gemini-3.8-flash', 1, 5_000],
        ['local', 3, 3_500],
      ],
    ],
    [
      'user',
      [
        ['=cmd()', 1, 5_000],
        ['ann', 2, 3_500],
        [null, 1, 0],
      ],
    ],
    [
      'tenant',
      [
        ['globex', 2, 8_000],
        [null, 2, 500],
      ],
    ],
    ['flow', [['flw_1', 4, 8_500]]],
  ])('groups by %s, dearest first', async (groupBy, expected) => {
    const { data } = await report(`?groupBy=${groupBy}`);
    expect(data.map(({ group, runs, cost }) => [group, runs, cost])).toEqual(expected);
  });

  it('groups by UTC day and counts a run in [from, to)', async () => {
    const tomorrow = new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10);
    expect((await report(`?groupBy=day&from=${today}&to=${tomorrow}`)).totals).toMatchObject({ runs: 4 });
    expect((await report(`?from=${today}T00:00:00%2B14:00&to=${today}`)).totals).toMatchObject({
      runs: 0,
      cost: 0,
    });
    expect((await report('?from=2020-01-01&to=2020-02-01')).data).toEqual([]);
  });

  it('comes as CSV when asked, safe to open in a spreadsheet', async () => {
    const { headers, text } = await call('GET /v1/usage?groupBy=user', {
      as: acme.key,
      headers: { Accept: 'text/csv' },
    });
    expect(headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(text).toBe(
      [
        'group,runs,succeeded,failed,cancelled,inputTokens,cachedTokens,outputTokens,cost,latency',
        "'=cmd(),1,1,0,0,100,10,20,5000,1000",
        'ann,2,1,1,0,200,20,40,3500,2000',
        ',1,0,0,1,100,10,20,0,1000',
        '',
      ].join('\r\n'),
    );
  });

  it.each([
    ['?groupBy=colour', 'groupBy'],
    ['?from=yesterday', 'from'],
    ['?from=2026-02-01&to=2026-01-01', 'from'],
    ['?from=2020-01-01&to=2026-01-01', 'from'],
    ['?until=2026-01-01', 'until'],
  ])('refuses %s and names the field', async (query, param) => {
    const { status, body } = await call(`GET /v1/usage${query}`, { as: acme.key });
    expect(status).toBe(422);
    expect(body['code']).toBe('invalid_request');
    expect(body['param']).toBe(param);
  });

  it('is for secret keys alone', async () => {
    expect((await call('GET /v1/usage')).status).toBe(401);
    expect((await call('GET /v1/usage', { as: await acme.clientToken('ann') })).status).toBe(403);
  });
});
