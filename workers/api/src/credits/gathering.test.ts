import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import { newId } from '../platform/ids.ts';
import { workspaceAccount } from '../platform/objects.ts';
import type { HoldInput, RunUsage, WorkspaceAccountRpc } from './account.rpc.ts';
import { failClosed } from './fail-closed.ts';
import { gathered } from './gathering.ts';

const CREDIT = 1_000_000;
const holdOf = (holdId: string, amount = CREDIT): HoldInput => ({
  holdId,
  amount,
  expiresAt: Date.now() + 600_000,
  flowId: 'flw_1',
  agent: 'designer',
  model: 'local',
  keyId: 'key_1',
});
const usage: RunUsage = {
  cost: CREDIT,
  outcome: 'succeeded',
  inputTokens: 1,
  cachedTokens: 0,
  outputTokens: 1,
  latency: 1,
};

async function credited(amount: number) {
  const workspaceId = newId('ws');
  const account = workspaceAccount(env, workspaceId);
  await account.grant({ key: newId('evt'), source: 'operator', amount });
  return { workspaceId, account };
}

/** A ledger that answers when told to, and remembers the batches it got. */
function scripted() {
  const batches: { ids: string[]; answer: () => void; fail: () => void }[] = [];
  const holdMany: WorkspaceAccountRpc['holdMany'] = (inputs) =>
    new Promise((resolve, reject) => {
      batches.push({
        ids: inputs.map(({ holdId }) => holdId),
        answer: () =>
          resolve(inputs.map(({ holdId }) => ({ ok: true, holdId, available: 0, queued: false }))),
        fail: () => reject(new Error('Network connection lost.')),
      });
    });
  return { batches, open: () => ({ holdMany }) as WorkspaceAccountRpc };
}

describe('gathered', () => {
  it('sends the first call at once and those that come meanwhile together, at most 200, each with its own answer', async () => {
    const { batches, open } = scripted();
    const account = gathered(newId('ws'), open);
    const answers = Promise.all(Array.from({ length: 300 }, (_, i) => account.hold(holdOf(`run_${i}`))));
    for (let at = 0; at < 3; at += 1) {
      await vi.waitFor(() => expect(batches).toHaveLength(at + 1));
      batches[at]?.answer();
    }
    expect(batches.map(({ ids }) => ids.length)).toEqual([1, 200, 99]);
    expect((await answers).map((answer) => answer.ok && answer.holdId)).toEqual(
      Array.from({ length: 300 }, (_, i) => `run_${i}`),
    );
  });

  it('fails the calls of a batch that fails, and no others', async () => {
    const { batches, open } = scripted();
    const account = gathered(newId('ws'), open);
    const failing = ['a', 'b', 'c'].map((id) =>
      account.hold(holdOf(id)).then(
        ({ ok }) => ok,
        () => 'failed',
      ),
    );
    batches[0]?.answer();
    await vi.waitFor(() => expect(batches).toHaveLength(2));
    const later = account.hold(holdOf('d'));
    batches[1]?.fail();
    await vi.waitFor(() => expect(batches).toHaveLength(3));
    batches[2]?.answer();
    expect(await Promise.all(failing)).toEqual([true, 'failed', 'failed']);
    expect(await later).toMatchObject({ ok: true, holdId: 'd' });
  });

  it('does not wait for ever behind a batch whose sender is gone, and does not send what nobody waits for', async () => {
    vi.useFakeTimers();
    try {
      const { batches, open } = scripted();
      const account = gathered(newId('ws'), open);
      void account.hold(holdOf('lost'));
      void account.hold(holdOf('given-up'));
      await vi.advanceTimersByTimeAsync(11_000);
      const late = account.hold(holdOf('late'));
      expect(batches.map(({ ids }) => ids)).toEqual([['lost'], ['late']]);
      batches[1]?.answer();
      expect(await late).toMatchObject({ ok: true, holdId: 'late' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('is asked again alone after a failure, so that one call cannot fail the others for good', async () => {
    const poison = 'poison';
    const asked: string[] = [];
    const open = () =>
      ({
        holdMany: async (inputs) => {
          if (inputs.some(({ holdId }) => holdId === poison)) throw new Error('internal error');
          return inputs.map(({ holdId }) => ({ ok: true as const, holdId, available: 0, queued: false }));
        },
        hold: async ({ holdId }) => {
          asked.push(holdId);
          if (holdId === poison) throw new Error('internal error');
          return { ok: true as const, holdId, available: 0, queued: false };
        },
      }) as WorkspaceAccountRpc;
    const account = failClosed(open, gathered(newId('ws'), open));
    const outcomes = await Promise.all(
      ['first', 'a', poison, 'b'].map((id) =>
        account.hold(holdOf(id)).then(
          ({ ok }) => ok,
          (error: { code: string }) => error.code,
        ),
      ),
    );
    expect(outcomes).toEqual([true, true, 'credits_unavailable', true]);
    expect(asked.toSorted()).toEqual(['a', 'b', poison]);
  });

  it('admits exactly those that fit and charges each once when they travel together', async () => {
    const { workspaceId, account } = await credited(50 * CREDIT + 7);
    const many = vi.fn<(calls: number) => void>();
    const open = () => {
      const stub = env.WORKSPACE_ACCOUNT.getByName(workspaceId) as unknown as WorkspaceAccountRpc;
      return {
        holdMany: (inputs) => {
          many(inputs.length);
          return stub.holdMany(inputs);
        },
        settleMany: (inputs) => stub.settleMany(inputs),
        voidMany: (inputs) => stub.voidMany(inputs),
      } as WorkspaceAccountRpc;
    };
    const together = gathered(workspaceId, open);
    const held = await Promise.all(Array.from({ length: 200 }, (_, i) => together.hold(holdOf(`run_${i}`))));
    expect(many.mock.calls).toEqual([[1], [199]]);
    const ids = held.flatMap((answer) => (answer.ok ? [answer.holdId] : []));
    expect(ids).toHaveLength(50);
    const ended = await Promise.all(
      ids.map((holdId, i) =>
        i % 2 ? together.settle({ holdId, usage }) : together.void({ holdId, usage: { ...usage, cost: 0 } }),
      ),
    );
    expect(ended.every(({ ok }) => ok)).toBe(true);
    expect(await account.balance()).toMatchObject({
      available: 25 * CREDIT + 7,
      held: 0,
      consumed: 25 * CREDIT,
    });
  });
});
