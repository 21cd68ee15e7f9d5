import { nodeStore } from '@uxflow/flow/sync/node';
import type { HoldInput, RunUsage } from '../../account.rpc.ts';
import { Ledger } from '../ledger.ts';
import { audit } from './audit.ts';

export const DAY = 86_400_000;
export const NOON = Date.UTC(2026, 2, 10, 12);

/** A ledger in memory with a clock of its own, for tests that tell one rule by an example. */
export function workbench() {
  const store = nodeStore(':memory:');
  const clock = { now: NOON };
  let ids = 0;
  const ledger = new Ledger(store, { now: () => clock.now, newId: (prefix) => `${prefix}_${(ids += 1)}` });
  return {
    ledger,
    store,
    clock,
    holdOf: (holdId: string, amount: number, more: Partial<HoldInput> = {}): HoldInput => ({
      holdId,
      amount,
      expiresAt: clock.now + 600_000,
      flowId: 'flw_1',
      agent: 'designer',
      model: 'local',
      keyId: 'key_1',
      ...more,
    }),
    usage: (cost: number, outcome: RunUsage['outcome'] = 'succeeded'): RunUsage => ({
      cost,
      outcome,
      inputTokens: 10,
      cachedTokens: 0,
      outputTokens: 5,
      latency: 100,
    }),
    /** The laws of the tables that are broken. */
    broken: () => audit(store),
  };
}
