import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../platform/ids.ts';
import { workspaceAccount } from '../platform/objects.ts';
import type { HoldInput, RunUsage } from './account.rpc.ts';

const CREDIT = 1_000_000;
const used = (cost: number, outcome: RunUsage['outcome'] = 'succeeded'): RunUsage => ({
  cost,
  outcome,
  inputTokens: 1200,
  cachedTokens: 200,
  outputTokens: 300,
  latency: 4_000,
});

function open() {
  const workspaceId = newId('ws');
  const account = workspaceAccount(env, workspaceId);
  // A new one each time, because a stub is of no use after its object was aborted.
  const stub = () => env.WORKSPACE_ACCOUNT.getByName(workspaceId);
  const request = (holdId: string, amount: number, more: Partial<HoldInput> = {}): HoldInput => ({
    holdId,
    amount,
    expiresAt: Date.now() + 600_000,
    flowId: 'flw_1',
    agent: 'designer',
    model: 'local',
    keyId: 'key_1',
    ...more,
  });
  const grant = (amount: number) => account.grant({ key: newId('evt'), source: 'operator', amount });
  return { workspaceId, account, stub, request, grant };
}

async function rows(table: 'ledger_entry' | 'usage_event', workspaceId: string) {
  return (
    await env.DB.prepare(`SELECT * FROM ${table} WHERE workspace_id = ? ORDER BY seq`).bind(workspaceId).all()
  ).results;
}

/** The balance as the journal in D1 gives it. */
async function fold(workspaceId: string): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { debit, credit, amount } of await rows('ledger_entry', workspaceId)) {
    sums[String(debit)] = (sums[String(debit)] ?? 0) + Number(amount);
    sums[String(credit)] = (sums[String(credit)] ?? 0) - Number(amount);
  }
  return sums;
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('WorkspaceAccount', () => {
  it('admits exactly ⌊balance / quote⌋ of 200 concurrent holds and tells the others what they lack', async () => {
    const { account, request, grant } = open();
    await grant(50 * CREDIT + 7);
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, i) => account.hold(request(`run_${i}`, CREDIT))),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(50);
    const refused = outcomes.filter((outcome) => !outcome.ok);
    expect(refused).toHaveLength(150);
    for (const refusal of refused) {
      expect(refusal).toMatchObject({
        code: 'insufficient_credits',
        extra: { required: CREDIT, available: 7 },
      });
    }
    expect(await account.balance()).toMatchObject({ available: 7, held: 50 * CREDIT });
  });

  it('answers a repeated call as it did first, and refuses its key for another request', async () => {
    const { account, request, grant } = open();
    await grant(10 * CREDIT);
    const first = await account.hold(request('run_1', CREDIT));
    await account.hold(request('run_2', CREDIT));
    expect(await account.hold(request('run_1', CREDIT, { expiresAt: Date.now() + 900_000 }))).toEqual(first);
    expect(await account.hold(request('run_1', 2 * CREDIT))).toMatchObject({
      ok: false,
      code: 'idempotency_conflict',
    });
    const settled = await account.settle({ holdId: 'run_1', usage: used(400_000) });
    expect(settled).toEqual({ ok: true, cost: 400_000, available: 8_600_000 });
    expect(await account.settle({ holdId: 'run_1', usage: { ...used(400_000), latency: 9 } })).toEqual(
      settled,
    );
    expect(await account.void({ holdId: 'run_1', usage: used(0, 'failed') })).toMatchObject({
      ok: false,
      code: 'conflict',
    });
    expect(await account.balance()).toMatchObject({ available: 8_600_000, held: CREDIT, consumed: 400_000 });
  });

  it('never charges more than was held', async () => {
    const { account, request, grant } = open();
    await grant(10 * CREDIT);
    await account.hold(request('run_1', CREDIT));
    expect(await account.settle({ holdId: 'run_1', usage: used(CREDIT + 1) })).toMatchObject({
      ok: false,
      code: 'invalid_request',
    });
    expect(await account.balance()).toMatchObject({ held: CREDIT, consumed: 0 });
  });

  it('counts a budget over all tokens of an end user and starts anew with the day', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 22, 23, 0) });
    const { account, request, grant } = open();
    await grant(100 * CREDIT);
    const budget = { credits: 3 * CREDIT, per: 'day' as const };
    expect(await account.hold(request('run_1', 2 * CREDIT, { userId: 'ann' }))).toMatchObject({ ok: true });
    expect(await account.hold(request('run_2', 2 * CREDIT, { userId: 'ann', budget }))).toMatchObject({
      ok: false,
      code: 'budget_exceeded',
      extra: { required: 2 * CREDIT, available: CREDIT, resetsAt: '2026-11-23T00:00:00.000Z' },
    });
    expect(await account.hold(request('run_3', 2 * CREDIT, { userId: 'bob', budget }))).toMatchObject({
      ok: true,
    });
    await account.settle({ holdId: 'run_1', usage: used(500_000) });
    expect(await account.budget({ scope: 'user:ann', limit: budget.credits, per: 'day' })).toEqual({
      limit: 3 * CREDIT,
      used: 500_000,
      held: 0,
      remaining: 2_500_000,
      resetsAt: Date.UTC(2026, 10, 23),
    });
    vi.setSystemTime(Date.UTC(2026, 10, 23, 0, 0));
    expect(await account.hold(request('run_4', 3 * CREDIT, { userId: 'ann', budget }))).toMatchObject({
      ok: true,
    });
  });

  it('releases the hold of an agent that died, by alarm, and says so in the usage', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { account, stub, request, grant, workspaceId } = open();
    await grant(5 * CREDIT);
    await account.flush();
    const expiresAt = Date.now() + 60_000;
    await account.hold(request('run_dead', CREDIT, { expiresAt, userId: 'ann' }));
    await account.flush();
    expect(await runInDurableObject(stub(), (_, state) => state.storage.getAlarm())).toBe(expiresAt);
    vi.setSystemTime(expiresAt);
    expect(await runDurableObjectAlarm(stub())).toBe(true);
    expect(await account.balance()).toMatchObject({ available: 5 * CREDIT, held: 0, consumed: 0 });
    expect(await rows('usage_event', workspaceId)).toMatchObject([
      { run_id: 'run_dead', cost: 0, outcome: 'failed' },
    ]);
    expect(await account.settle({ holdId: 'run_dead', usage: used(1) })).toMatchObject({
      ok: false,
      code: 'conflict',
    });
    expect(await account.void({ holdId: 'run_dead', usage: used(0, 'failed') })).toMatchObject({ ok: true });
  });

  it('takes back what is left of a grant at its expiry, by alarm, and never what is held', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { account, stub, request } = open();
    const expiresAt = Date.now() + 5_000;
    await account.grant({ key: 'promo', source: 'operator', amount: 10, expiresAt });
    await account.hold(request('run_1', 4));
    await account.flush();
    expect(await runInDurableObject(stub(), (_, state) => state.storage.getAlarm())).toBe(expiresAt);
    vi.setSystemTime(expiresAt);
    await runDurableObjectAlarm(stub());
    expect(await account.balance()).toMatchObject({ available: 0, held: 4, expired: 6 });
    expect(await account.settle({ holdId: 'run_1', usage: used(3) })).toEqual({
      ok: true,
      cost: 3,
      available: 0,
    });
    expect(await account.balance()).toMatchObject({
      available: 0,
      held: 0,
      consumed: 3,
      expired: 7,
      granted: 10,
    });
  });

  it('brings each line and each run to D1 once, across evictions, aborts and repeated alarms', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { account, stub, request, grant, workspaceId } = open();
    await grant(20 * CREDIT);
    for (let i = 0; i < 12; i += 1) {
      await account.hold(request(`run_${i}`, CREDIT));
      if (i % 3 === 0) await account.void({ holdId: `run_${i}`, usage: used(0, 'cancelled') });
      else await account.settle({ holdId: `run_${i}`, usage: used(100_000 + i) });
      if (i === 3) await evictDurableObject(stub());
      if (i === 5) await Promise.all([account.flush(), abortAllDurableObjects()]);
      if (i === 8) await Promise.all([account.flush(), runDurableObjectAlarm(stub()), account.flush()]);
    }
    await evictDurableObject(stub());
    vi.setSystemTime(Date.now() + 2_000);
    await runDurableObjectAlarm(stub());

    const [lines, events, balance] = [
      await rows('ledger_entry', workspaceId),
      await rows('usage_event', workspaceId),
      await account.balance(),
    ];
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, i) => i + 1));
    expect(events.map(({ run_id }) => run_id)).toEqual(Array.from({ length: 12 }, (_, i) => `run_${i}`));
    expect(balance).toMatchObject({ held: 0 });
    const sums = await fold(workspaceId);
    expect(sums).toMatchObject({
      available: balance.available,
      consumed: balance.consumed,
      granted: -balance.granted,
    });
    expect(events.reduce((sum, { cost }) => sum + Number(cost), 0)).toBe(balance.consumed);
    expect(await runInDurableObject(stub(), (_, state) => state.storage.getAlarm())).toBeNull();
  });

  it('keeps what D1 would not take and brings it later', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { account, stub, request, grant, workspaceId } = open();
    await grant(2 * CREDIT);
    await account.hold(request('run_1', CREDIT));
    await env.DB.exec('ALTER TABLE ledger_entry RENAME TO ledger_entry_away');
    try {
      expect(await account.flush()).toMatchObject({ ok: false, code: 'credits_unavailable' });
      expect(await account.settle({ holdId: 'run_1', usage: used(1) })).toMatchObject({ ok: true });
      const again = await runInDurableObject(stub(), (_, state) => state.storage.getAlarm());
      expect(again).toBe(Date.now() + 1_000);
    } finally {
      await env.DB.exec('ALTER TABLE ledger_entry_away RENAME TO ledger_entry');
    }
    vi.setSystemTime(Date.now() + 1_000);
    await runDurableObjectAlarm(stub());
    expect(await rows('ledger_entry', workspaceId)).toHaveLength(4);
  });

  it('sends again what D1 has lost since it confirmed it', async () => {
    const { account, request, grant, workspaceId } = open();
    await grant(9 * CREDIT);
    await account.hold(request('run_1', CREDIT));
    await account.settle({ holdId: 'run_1', usage: used(7) });
    await account.flush();
    const before = await rows('ledger_entry', workspaceId);
    await env.DB.prepare('DELETE FROM ledger_entry WHERE workspace_id = ? AND seq > 2')
      .bind(workspaceId)
      .run();
    expect(await account.flush()).toEqual({ ok: true });
    expect(await rows('ledger_entry', workspaceId)).toEqual(before);
  });

  it('pages through entries newest first, an entry of two movements as one', async () => {
    const { account, request, grant } = open();
    await grant(10);
    await account.hold(request('run_1', 5));
    await account.settle({ holdId: 'run_1', usage: used(3) });
    const first = await account.entries({ limit: 2 });
    expect(first.data.map(({ kind, amount, held, ref }) => ({ kind, amount, held, ref }))).toEqual([
      { kind: 'settle', amount: 2, held: -5, ref: 'run_1' },
      { kind: 'hold', amount: -5, held: 5, ref: 'run_1' },
    ]);
    const second = await account.entries({ limit: 2, cursor: first.nextCursor ?? '' });
    expect(second).toMatchObject({ data: [{ kind: 'grant', amount: 10, held: 0 }], nextCursor: null });
  });
});
