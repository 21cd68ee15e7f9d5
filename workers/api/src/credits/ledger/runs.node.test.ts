import { describe, expect, it } from 'vitest';
import { DAY, NOON, workbench } from './testing/workbench.node.ts';

const policy = (concurrentRuns: number, capPerPeriod: number | null = null) => ({
  plan: 'starter',
  concurrentRuns,
  overage: { allowed: capPerPeriod !== null, capPerPeriod: capPerPeriod ?? 0 },
  periodStart: NOON,
  periodEnd: NOON + 30 * DAY,
});

describe('a repeated hold', () => {
  it('is refused once its hold has ended, whatever ended it, so that nobody works on released credits', () => {
    const { ledger, clock, holdOf, usage } = workbench();
    ledger.grant({ key: 'g', source: 'operator', amount: 100 });
    const [released, settled] = [holdOf('run_1', 10), holdOf('run_2', 10)];
    const first = ledger.hold(released);
    expect(ledger.hold(released)).toEqual(first);
    ledger.hold(settled);
    ledger.settle({ holdId: 'run_2', usage: usage(4) });
    clock.now = released.expiresAt;
    expect(ledger.hold(released)).toMatchObject({ code: 'conflict', extra: { state: 'voided' } });
    expect(ledger.hold(settled)).toMatchObject({ code: 'conflict', extra: { state: 'settled' } });
    expect(ledger.balance()).toMatchObject({ available: 96, held: 0, consumed: 4 });
  });
});

describe('slots', () => {
  it('queue what finds none, first come first served, and its time starts with its slot', () => {
    const { ledger, clock, holdOf, usage, broken } = workbench();
    ledger.grant({ key: 'g', source: 'operator', amount: 100 });
    ledger.setPolicy(policy(2));
    const runs = ['run_1', 'run_2', 'run_3', 'run_4'].map((id) => holdOf(id, 10));
    expect(ledger.holdMany(runs).map((held) => held.ok && held.queued)).toEqual([false, false, true, true]);
    clock.now += 60_000;
    ledger.settle({ holdId: 'run_2', usage: usage(10) });
    expect(ledger.pending('start', 9)).toMatchObject([
      { seq: 1, run_id: 'run_3', expires_at: clock.now + 600_000 },
    ]);
    expect(ledger.holdMany(runs.slice(2)).map((held) => held.ok && held.queued)).toEqual([false, true]);
    ledger.setPolicy(policy(3));
    expect(ledger.pending('start', 9).map(({ run_id }) => run_id)).toEqual(['run_3', 'run_4']);
    expect(broken()).toEqual([]);
  });
});

describe('a settlement with extra', () => {
  it('holds more in the same block, up to maxCredits, and nothing ends when it cannot', () => {
    const { ledger, holdOf, usage, broken } = workbench();
    ledger.grant({ key: 'g', source: 'operator', amount: 25 });
    ledger.hold(holdOf('run_1', 10, { maxCredits: 18 }));
    const end = (cost: number, extra?: number) =>
      ledger.settle({ holdId: 'run_1', usage: usage(cost), ...(extra !== undefined && { extra }) });
    expect(end(12)).toMatchObject({ code: 'invalid_request' });
    expect(end(19, 50)).toMatchObject({ code: 'invalid_request' });
    ledger.hold(holdOf('run_2', 12));
    expect(end(18, 8)).toMatchObject({ code: 'insufficient_credits', extra: { required: 8, available: 3 } });
    expect(end(13, 8)).toEqual({ ok: true, cost: 13, available: 0 });
    expect(ledger.balance()).toMatchObject({ available: 0, held: 12, consumed: 13 });
    expect(broken()).toEqual([]);
  });
});

describe('overage', () => {
  it('goes on without credits up to the cap of the period, and only what was used is granted and metered', () => {
    const { ledger, clock, holdOf, usage, broken } = workbench();
    ledger.grant({ key: 'g', source: 'operator', amount: 10 });
    ledger.setPolicy(policy(9, 20));
    expect(ledger.hold(holdOf('run_1', 25))).toMatchObject({ ok: true, available: 0 });
    expect(ledger.hold(holdOf('run_2', 6))).toMatchObject({ code: 'insufficient_credits' });
    ledger.settle({ holdId: 'run_1', usage: usage(14) });
    expect(ledger.balance()).toMatchObject({ granted: 14, available: 0, held: 0, consumed: 14 });
    expect(ledger.pending('meter', 9)).toMatchObject([{ seq: 1, run_id: 'run_1', amount: 4 }]);
    expect(ledger.hold(holdOf('run_3', 17))).toMatchObject({ code: 'insufficient_credits' });
    expect(ledger.hold(holdOf('run_4', 16))).toMatchObject({ ok: true });
    clock.now = NOON + 30 * DAY;
    expect(ledger.hold(holdOf('run_5', 1))).toMatchObject({ code: 'insufficient_credits' });
    expect(broken()).toEqual([]);
  });

  it('is not for who is in debt', () => {
    const { ledger, holdOf, usage } = workbench();
    ledger.setPolicy(policy(9, 20));
    ledger.grant({ key: 'g', source: 'purchase', amount: 10, paymentIntent: 'pi_1' });
    ledger.hold(holdOf('run_1', 10));
    ledger.settle({ holdId: 'run_1', usage: usage(10) });
    ledger.reverse({ paymentIntent: 'pi_1', target: 10, reason: 'dispute' });
    expect(ledger.hold(holdOf('run_2', 1))).toMatchObject({ code: 'insufficient_credits' });
  });
});

describe('alerts', () => {
  it('tell of a budget at 80 % and at 100 %, once a window, and again in the next', () => {
    const { ledger, clock, holdOf, usage } = workbench();
    ledger.grant({ key: 'g', source: 'operator', amount: 1_000 });
    ledger.setBudgets([{ scope: 'user', id: '*', per: 'day', credits: 100 }]);
    const spend = (id: string, cost: number) => {
      ledger.hold(holdOf(id, cost, { userId: 'ann' }));
      ledger.settle({ holdId: id, usage: usage(cost) });
    };
    const told = () =>
      ledger.pending('event', 9).map(({ type, data }) => [type, JSON.parse(data).percentUsed]);
    spend('run_1', 79);
    expect(told()).toEqual([]);
    spend('run_2', 1);
    spend('run_3', 10);
    expect(told()).toEqual([['credits.low', 80]]);
    spend('run_4', 11);
    expect(ledger.balance()).toMatchObject({ consumed: 90 });
    expect(told()).toEqual([
      ['credits.low', 80],
      ['credits.exhausted', 100],
    ]);
    spend('run_5', 10);
    expect(told()).toHaveLength(2);
    clock.now += DAY;
    spend('run_6', 90);
    expect(told()).toHaveLength(3);
  });
});

describe('the audit log', () => {
  it('shows who gave and took, and a changed row breaks its chain', () => {
    const { ledger, store } = workbench();
    ledger.grant({ key: 'g', source: 'purchase', amount: 10, paymentIntent: 'pi_1' });
    ledger.reverse({ paymentIntent: 'pi_1', target: 4, reason: 'refund' });
    const entry = { key: 'k', actor: 'key_1', action: 'key.rotated', target: 'key_2', detail: {} };
    expect(ledger.audit(entry)).toEqual({ ok: true, seq: 3 });
    expect(ledger.audit(entry)).toEqual({ ok: true, seq: 3 });
    const page = ledger.auditLog({ limit: 2 });
    expect(page.data.map(({ action }) => action)).toEqual(['key.rotated', 'credits.reversed']);
    expect(ledger.auditLog({ limit: 2, cursor: page.nextCursor ?? '' }).data).toMatchObject([
      { seq: 1, action: 'credits.granted', detail: { amount: 10 } },
    ]);
    expect(ledger.verifyAudit()).toEqual({ rows: 3, brokenAt: null });
    expect(() => store.exec('DELETE FROM audit WHERE seq = 3')).toThrow('append-only');
    store.exec('DROP TRIGGER audit_is_never_changed');
    store.exec(`UPDATE audit SET detail = '{}' WHERE seq = 2`);
    expect(ledger.verifyAudit()).toEqual({ rows: 1, brokenAt: 2 });
  });
});
