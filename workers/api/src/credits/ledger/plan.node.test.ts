import { describe, expect, it } from 'vitest';
import { DAY, NOON, workbench } from './testing/workbench.node.ts';

const month = (n: number) => NOON + n * 30 * DAY;
const renewal = (n: number, amount: number, rolloverCap: number) => ({
  key: `il_${n}`,
  amount,
  periodStart: month(n - 1),
  periodEnd: month(n),
  rolloverCap,
});

describe('the renewal of a plan', () => {
  it('rolls over what is left up to the cap, and what was paid for stays as it is', () => {
    const { ledger, clock, holdOf, usage, broken } = workbench();
    ledger.grant({ key: 'topup', source: 'purchase', amount: 1_000 });
    ledger.renewPlan(renewal(1, 100, 40));
    ledger.hold(holdOf('run_1', 30));
    ledger.settle({ holdId: 'run_1', usage: usage(30) });
    clock.now = month(1) - 5;
    expect(ledger.renewPlan(renewal(2, 100, 40))).toMatchObject({ ok: true, available: 1_170 });
    clock.now = month(1);
    expect(ledger.balance()).toMatchObject({ available: 1_140, expired: 30 });
    clock.now = month(2);
    expect(ledger.balance()).toMatchObject({ available: 1_000, expired: 170, consumed: 30 });
    expect(broken()).toEqual([]);
  });

  it('finds what has expired when its news comes late, and nothing after a pause', () => {
    const { ledger, clock, broken } = workbench();
    ledger.renewPlan(renewal(1, 100, 40));
    clock.now = month(1) + 3_600_000;
    expect(ledger.balance()).toMatchObject({ available: 0, expired: 100 });
    expect(ledger.renewPlan(renewal(2, 100, 40))).toMatchObject({ available: 140 });
    expect(ledger.balance()).toMatchObject({ available: 140, expired: 60 });
    clock.now = month(5);
    expect(ledger.renewPlan(renewal(6, 100, 40))).toMatchObject({ available: 100 });
    expect(broken()).toEqual([]);
  });

  it('counts once a key, and its key is no other grant’s', () => {
    const { ledger } = workbench();
    const first = ledger.renewPlan(renewal(1, 100, 40));
    expect(ledger.renewPlan(renewal(1, 100, 40))).toEqual(first);
    expect(ledger.renewPlan(renewal(1, 101, 40))).toMatchObject({ code: 'idempotency_conflict' });
    expect(ledger.grant({ key: 'il_1', source: 'plan', amount: 100, expiresAt: month(1) })).toMatchObject({
      code: 'idempotency_conflict',
    });
    expect(ledger.balance()).toMatchObject({ available: 100, granted: 100 });
  });

  it('ends the same when the news of two periods comes in the wrong order', () => {
    const balances = [
      [1, 2],
      [2, 1],
    ].map((order) => {
      const { ledger, clock, broken } = workbench();
      clock.now = month(1) + DAY;
      for (const n of order) ledger.renewPlan(renewal(n, 100, 40));
      expect(broken()).toEqual([]);
      return ledger.balance();
    });
    expect(balances[0]).toEqual(balances[1]);
    expect(balances[0]).toMatchObject({ available: 140, expired: 60, granted: 200 });
  });
});

describe('the policy of a plan', () => {
  it('is the one that was set last', () => {
    const { ledger } = workbench();
    expect(ledger.policy()).toBeNull();
    const policy = {
      plan: 'starter',
      concurrentRuns: 3,
      overage: { allowed: true, capPerPeriod: 500 },
      periodStart: month(0),
      periodEnd: month(1),
    };
    ledger.setPolicy({ ...policy, plan: 'free' });
    expect(ledger.setPolicy(policy)).toEqual({ ok: true });
    expect(ledger.policy()).toEqual(policy);
    expect(ledger.setPolicy({ ...policy, concurrentRuns: 0 })).toMatchObject({ code: 'invalid_request' });
    expect(ledger.policy()).toEqual(policy);
  });
});
