import type { HoldInput, SettleInput } from '../../../workers/api/src/credits/account.rpc.ts';
import { AMOUNT, SHAPE } from './job.ts';

/** What the API asks of the ledger for one run. */
export const holdInput = (holdId: string): HoldInput => ({
  holdId,
  amount: AMOUNT,
  expiresAt: Date.now() + 3_600_000,
  ...SHAPE,
});

export const endInput = (holdId: string): SettleInput => ({
  holdId,
  usage: {
    cost: AMOUNT,
    outcome: 'succeeded',
    inputTokens: 900,
    cachedTokens: 0,
    outputTokens: 60,
    latency: 1_000,
  },
});
