import type {
  BudgetRule,
  GrantInput,
  HoldInput,
  PolicyInput,
  RenewInput,
  ReverseInput,
  RunUsage,
  SettleInput,
} from '../../account.rpc.ts';
import type { Step } from './steps.ts';

export type Ending = SettleInput;

/** An operation as it arrives at a ledger. */
export type Call =
  | { op: 'grant'; input: GrantInput }
  | { op: 'renew'; input: RenewInput }
  | { op: 'reverse'; input: ReverseInput }
  | { op: 'policy'; input: PolicyInput }
  | { op: 'budgets'; input: BudgetRule[] }
  | { op: 'hold'; inputs: HoldInput[] }
  | { op: 'settle' | 'void'; inputs: Ending[] };

type Arriving = Exclude<Step, { do: 'wait' | 'expire' | 'repeat' | 'crash' | 'deliver' }>;

const DAY = 86_400_000;
/** Length (ms) of the periods of a plan in these histories. */
const PERIOD = 40;

/**
 * The call that a step makes at `now`.
 * @param began when the history did; periods of a plan are counted from there.
 * @param heldBy what the hold with this id asked for, null when there is none.
 */
export function callOf(
  step: Arriving,
  now: number,
  began: number,
  heldBy: (id: string) => number | null,
): Call {
  switch (step.do) {
    case 'grant':
      return {
        op: 'grant',
        input: {
          key: step.key,
          source: step.source,
          amount: step.amount,
          ...(step.lives !== null && { expiresAt: now + step.lives }),
          ...(step.payment !== null && { paymentIntent: step.payment }),
        },
      };
    case 'renew': {
      const periodStart = began + (step.period - 1) * PERIOD + (step.far ? 10 * DAY : 0);
      return {
        op: 'renew',
        input: {
          key: step.key,
          amount: step.amount,
          periodStart,
          periodEnd: periodStart + PERIOD,
          rolloverCap: step.cap,
          ...(step.payment !== null && { paymentIntent: step.payment }),
        },
      };
    }
    case 'reverse':
      return {
        op: 'reverse',
        input: { paymentIntent: step.payment, target: step.target, reason: 'refund' },
      };
    case 'policy':
      return {
        op: 'policy',
        input: {
          plan: 'starter',
          concurrentRuns: step.concurrentRuns,
          overage: { allowed: step.allowed, capPerPeriod: step.cap },
          periodStart: now - step.began,
          periodEnd: now + step.lives,
        },
      };
    case 'budgets':
      return { op: 'budgets', input: step.rules };
    case 'hold':
      return {
        op: 'hold',
        inputs: step.batch.map(({ id, amount, lives, key, user, tenant, agent, budget, room }) => ({
          holdId: id,
          amount,
          expiresAt: now + lives,
          flowId: 'flw_1',
          agent,
          model: 'local',
          keyId: key,
          ...(user !== null && { userId: user }),
          ...(tenant !== null && { tenantId: tenant }),
          ...(user !== null && budget && { budget }),
          ...(room !== null && { maxCredits: amount + room }),
        })),
      };
    case 'settle':
      return {
        op: 'settle',
        inputs: step.batch.map(({ id, share, tokens, extra }) => ({
          holdId: id,
          usage: usage('succeeded', Math.floor(((heldBy(id) ?? 10) * share) / 4), tokens),
          ...(extra > 0 && { extra }),
        })),
      };
    case 'void':
      return {
        op: 'void',
        inputs: step.batch.map(({ id, outcome }) => ({ holdId: id, usage: usage(outcome, 0, 0) })),
      };
  }
}

function usage(outcome: RunUsage['outcome'], cost: number, tokens: number): RunUsage {
  return { outcome, cost, inputTokens: tokens, cachedTokens: 0, outputTokens: tokens, latency: 5 };
}
