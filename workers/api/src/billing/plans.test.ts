import { expect, it } from 'vitest';
import { call } from '../../test/client.ts';
import { PAID_PLAN_IDS, PLAN_IDS, planOf, TOP_UP_IDS, TOP_UPS } from './plans.ts';

it('anybody may read the plans, which are those of the table', async () => {
  const { status, body } = await call('GET /v1/billing/plans');
  expect(status).toBe(200);
  expect(body).toEqual({
    currency: 'usd',
    plans: PLAN_IDS.map((id) => ({ id, ...planOf(id) })),
    topUps: TOP_UP_IDS.map((id) => ({ id, ...TOP_UPS[id] })),
  });
});

it('a dearer plan gives at least as much of everything, and more credits for the money', () => {
  const rising = [
    'monthlyCredits',
    'rolloverCap',
    'requestsPerMinute',
    'members',
    'concurrentRuns',
    'historyDays',
  ] as const;
  for (let at = 1; at < PLAN_IDS.length; at++) {
    const [lesser, better] = [planOf(PLAN_IDS[at - 1] ?? 'free'), planOf(PLAN_IDS[at] ?? 'free')];
    expect(better.pricePerMonth).toBeGreaterThan(lesser.pricePerMonth);
    for (const field of rising) expect(better[field], field).toBeGreaterThanOrEqual(lesser[field]);
  }
  const perCent = PAID_PLAN_IDS.map((id) => planOf(id).monthlyCredits / planOf(id).pricePerMonth);
  expect(perCent).toEqual([...perCent].sort((a, b) => a - b));
});

it('credits cost a cent at list price, and packs never beat the plan that they would replace', () => {
  const dearest = Math.max(
    ...PAID_PLAN_IDS.map((id) => planOf(id).monthlyCredits / planOf(id).pricePerMonth),
  );
  for (const { price, credits } of TOP_UP_IDS.map((id) => TOP_UPS[id])) {
    expect(credits / price).toBeGreaterThanOrEqual(1_000_000);
    expect(credits / price).toBeLessThan(dearest);
  }
});

it('amounts are whole micro-credits and cents; overage is never cheaper than a plan', () => {
  for (const id of PLAN_IDS) {
    const plan = planOf(id);
    for (const amount of [plan.pricePerMonth, plan.monthlyCredits, plan.rolloverCap]) {
      expect(Number.isSafeInteger(amount)).toBe(true);
    }
    if (!plan.overage) continue;
    expect(plan.overage.centsPerCredit).toBeGreaterThan(
      plan.pricePerMonth / (plan.monthlyCredits / 1_000_000),
    );
  }
});
