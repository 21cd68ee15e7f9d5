import type { BudgetRule, GrantInput, HoldInput } from '../../account.rpc.ts';
import type { Stream } from '../outbox.ts';

/** One thing that happens to a ledger. Times in a history are relative (ms from its moment), so that any order makes sense. */
export type Step =
  | {
      do: 'grant';
      key: string;
      source: GrantInput['source'];
      amount: number;
      lives: number | null;
      payment: string | null;
    }
  /** `far` periods begin days later than the others, so that nothing rolls over into them. */
  | {
      do: 'renew';
      key: string;
      period: number;
      far: boolean;
      amount: number;
      cap: number;
      payment: string | null;
    }
  | { do: 'reverse'; payment: string; target: number }
  | { do: 'policy'; concurrentRuns: number; allowed: boolean; cap: number; began: number; lives: number }
  | { do: 'budgets'; rules: BudgetRule[] }
  | { do: 'hold'; batch: HoldStep[] }
  | { do: 'settle'; batch: SettleStep[] }
  | { do: 'void'; batch: { id: string; outcome: 'failed' | 'cancelled' }[] }
  | { do: 'wait'; ms: number }
  | { do: 'expire' }
  /** An earlier operation arrives again, unchanged, `back` operations later. */
  | { do: 'repeat'; back: number }
  /** The next operation dies at its `at`-th statement; the ledger is opened again and the operation repeated. */
  | { do: 'crash'; at: number }
  /** The outbox is delivered; `lost` = the delivery arrives but its sender dies before it notes that. */
  | { do: 'deliver'; stream: Stream; most: number; lost: boolean };

interface HoldStep {
  id: string;
  amount: number;
  lives: number;
  key: string;
  user: string | null;
  tenant: string | null;
  agent: string;
  budget: HoldInput['budget'] | null;
  /** maxCredits above the amount; null leaves it out. */
  room: number | null;
}

interface SettleStep {
  id: string;
  /** Quarters of what is held; 5 is more than that. */
  share: number;
  tokens: number;
  extra: number;
}
