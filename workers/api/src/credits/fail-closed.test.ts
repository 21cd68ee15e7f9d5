import { describe, expect, it, vi } from 'vitest';
import type { Balance, WorkspaceAccountRpc } from './account.rpc.ts';
import { failClosed } from './fail-closed.ts';

const BALANCE: Balance = {
  available: 1,
  held: 0,
  granted: 1,
  consumed: 0,
  expired: 0,
  clawedBack: 0,
  debt: 0,
};

/** A ledger whose `balance` answers with these, one after another. */
function scripted(...answers: (() => Promise<Balance>)[]) {
  const opened = vi.fn<() => WorkspaceAccountRpc>(() => {
    const answer = answers.shift();
    return {
      balance: () => (answer ? answer() : Promise.reject(new Error('asked too often'))),
    } as WorkspaceAccountRpc;
  });
  return { account: failClosed(opened), opened };
}

const broken =
  (fields = {}) =>
  () =>
    Promise.reject(Object.assign(new Error('Network connection lost.'), fields));
const fine = () => Promise.resolve(BALANCE);

describe('failClosed', () => {
  it('asks once more on a new stub, since every operation may be repeated', async () => {
    const { account, opened } = scripted(broken(), fine);
    expect(await account.balance()).toEqual(BALANCE);
    expect(opened).toHaveBeenCalledTimes(2);
  });

  it('is credits_unavailable with Retry-After when the ledger fails twice', async () => {
    const { account } = scripted(broken(), broken());
    await expect(account.balance()).rejects.toMatchObject({
      code: 'credits_unavailable',
      options: { retryAfter: 5 },
    });
  });

  it('does not press an overloaded ledger', async () => {
    const { account, opened } = scripted(broken({ overloaded: true }), fine);
    await expect(account.balance()).rejects.toMatchObject({ code: 'credits_unavailable' });
    expect(opened).toHaveBeenCalledTimes(1);
  });

  it('does not wait for ever', async () => {
    vi.useFakeTimers();
    try {
      const hanging = () => new Promise<Balance>(() => undefined);
      const { account } = scripted(hanging, hanging);
      const outcome = account.balance().catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(20_000);
      expect(await outcome).toMatchObject({ code: 'credits_unavailable' });
    } finally {
      vi.useRealTimers();
    }
  });
});
