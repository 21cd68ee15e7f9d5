import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { call, OPERATOR } from '../../../test/client.ts';
import { rollUp } from '../../credits/rollups.ts';
import { database } from '../../platform/database.ts';
import { workspaceAccount } from '../../platform/objects.ts';
import { subscriptionChange } from '../tables.ts';
import { MrrFold } from './mrr.ts';
import { revenueStore } from './store.ts';
import { at, CHANGES, CREDIT_STORIES, EXPECTED } from './testing/example.ts';

const MICRO = 1_000_000;

/** What a line of the credit stories does to the customer's real ledger. What lapses, lapses by itself. */
async function play(customer: number, day: string, what: string, credits: number): Promise<void> {
  const account = workspaceAccount(env, `ws_customer${customer}`);
  const [key, amount] = [`${customer} ${day}`, credits * MICRO];
  const payment = `pi_${customer}`;
  const now = at(day);
  if (what === 'buys')
    await account.grant({ key, source: 'purchase', amount, paymentIntent: `${payment}_${day.slice(0, 2)}` });
  else if (what === 'gift') await account.grant({ key, source: 'operator', amount, expiresAt: at('02-15') });
  else if (what === 'plan') {
    const periodEnd = new Date(now).setUTCMonth(new Date(now).getUTCMonth() + 1);
    await account.renewPlan({ key, amount, periodStart: now, periodEnd, rolloverCap: 0 });
  } else if (what === 'uses') {
    const run = { flowId: 'flw_1', agent: 'designer', model: 'local', keyId: 'key_1' };
    await account.hold({ holdId: key, amount, expiresAt: now + 60_000, ...run });
    const tokens = { inputTokens: 1, cachedTokens: 0, outputTokens: 1, latency: 1 };
    await account.settle({ holdId: key, usage: { cost: amount, outcome: 'succeeded', ...tokens } });
  } else if (what === 'lapses') await account.balance();
  else {
    const paymentIntent = `${payment}_${customer === 4 ? '01' : '03'}`;
    await account.reverse({ paymentIntent, target: what === 'back' ? amount : 0, reason: what });
  }
}

/** Overage as the journal has it: a grant without a source, used up at once. */
async function playOverage(customer: number, day: string, credits: number): Promise<void> {
  const id = `ws_customer${customer}`;
  const seq = await env.DB.prepare('SELECT MAX(seq) AS seq FROM ledger_entry WHERE workspace_id = ?')
    .bind(id)
    .first<number>('seq');
  const lines = [
    ['overage', 'available', 'granted'],
    ['hold', 'held', 'available'],
    ['settle', 'consumed', 'held'],
  ];
  await env.DB.batch([
    ...lines.map(([kind, debit, credit], i) =>
      env.DB.prepare(
        `INSERT INTO ledger_entry (workspace_id, seq, id, kind, ref, debit, credit, amount, at) VALUES (?, ?, ?, ?, 'run', ?, ?, ?, ?)`,
      ).bind(id, (seq ?? 0) + 1 + i, `ent_${i}`, kind, debit, credit, credits * MICRO, at(day)),
    ),
    ...rollUp(env.DB, id, 'entry'),
  ]);
}

interface Report {
  days: Record<string, unknown>[];
  totals: Record<string, unknown>;
}

async function report(query: string): Promise<Report> {
  const { status, text } = await call(`GET /v1/admin/revenue${query}`, { as: OPERATOR });
  expect(status, text).toBe(200);
  return JSON.parse(text) as Report;
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  for (const [customer, day, what, credits] of CREDIT_STORIES) {
    vi.setSystemTime(at(day));
    if (what !== 'over') await play(customer, day, what, credits);
    await workspaceAccount(env, `ws_customer${customer}`).flush();
    if (what === 'over') await playOverage(customer, day, credits);
  }
  const rows = CHANGES.map((change) => ({ ...change, fromPlan: 'free' as const, reason: 'new' as const }));
  const [first, ...rest] = rows.map((row) => database(env).insert(subscriptionChange).values(row));
  if (first) await database(env).batch([first, ...rest]);
  // Whoever asks does so half a year later.
  vi.setSystemTime(Date.parse('2026-12-24T08:00:00Z'));
}, 60_000);

afterAll(() => void vi.useRealTimers());

describe('GET /v1/admin/revenue', () => {
  it.each(EXPECTED)(
    'reports the hand-worked example from real ledgers and rows: $from to $to',
    async ({ from, to, recurring, ledgers }) => {
      const { totals: found, days } = await report(`?from=${from}&to=${to}`);
      expect(found).toEqual({ ...recurring, ...ledgers });
      expect(days).toHaveLength((Date.parse(to) - Date.parse(from)) / 86_400_000);
    },
  );

  it('gives the same whatever fits into one page of rows', async () => {
    const from = Date.parse('2026-03-01');
    const results = await Promise.all(
      [1, 2, 3, 5_000].map(async (page) => {
        const [store, fold] = [revenueStore(env, page), new MrrFold(from, 31)];
        for (const standing of await store.standing(from)) fold.addStanding(standing);
        for await (const history of store.histories(from)) fold.addHistory(history);
        return fold.result();
      }),
    );
    for (const result of results) expect(result).toEqual(results[0]);
    expect(results[0]?.days.at(-1)?.mrr).toBe(198_000);
  });

  it('reports the last 30 days unless told, today being the last one, and nothing of the future', async () => {
    const { days } = await report('');
    expect([days.length, days[0]?.['day'], days.at(-1)?.['day']]).toEqual([30, '2026-11-25', '2026-12-24']);
    expect((await report('?from=2026-12-20&to=2027-06-01')).days).toHaveLength(5);
  });

  it('comes as CSV when asked', async () => {
    const { headers, text } = await call('GET /v1/admin/revenue?from=2026-02-10&to=2026-02-12', {
      as: OPERATOR,
      headers: { Accept: 'text/csv' },
    });
    expect(headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(text.split('\r\n')).toEqual([
      'day,mrr,arr,newMrr,expansionMrr,contractionMrr,churnMrr,reactivationMrr,customers_starter,customers_professional,customers_enterprise,sold,included,gifted,overage,consumed,expired,clawedBack,debt,liability,liabilityCents',
      '2026-02-10,97000,1164000,2900,0,0,0,0,6,3,1,0,0,0,0,60000000000,0,1000000000,600000000,3300000000,3300',
      '2026-02-11,97000,1164000,0,0,0,0,0,6,3,1,0,0,0,5000000000,5000000000,0,0,600000000,3300000000,3300',
      '',
    ]);
  });

  it.each([
    ['?from=yesterday', 'from'],
    ['?from=2026-02-01T10:00:00Z', 'from'],
    ['?from=2026-02-01&to=2026-01-01', 'from'],
    ['?from=2027-02-01', 'from'],
    ['?from=2020-01-01&to=2026-01-01', 'from'],
    ['?until=2026-01-01', 'until'],
  ])('refuses %s and names the field', async (query, param) => {
    const { status, body } = await call(`GET /v1/admin/revenue${query}`, { as: OPERATOR });
    expect(status).toBe(422);
    expect(body['param']).toBe(param);
  });
});
