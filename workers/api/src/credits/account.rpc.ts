import type { Outcome, Refusal } from '../platform/errors.ts';

/** What the rest of the API may ask of a workspace's ledger. `WorkspaceAccount` implements it. Amounts: micro-credits. */
export interface WorkspaceAccountRpc {
  /** Adds credits once per `key`. */
  grant(input: GrantInput): Promise<Outcome<{ entryId: string; available: number }>>;
  /** Adds the credits of a plan's new period once per `key` (shared with `grant`); what is left of the last rolls over. */
  renewPlan(input: RenewInput): Promise<Outcome<{ entryId: string; available: number }>>;
  /** Moves what is clawed back of a payment to an absolute target; a shortfall becomes debt. Idempotent by its nature. */
  reverse(input: ReverseInput): Promise<Outcome<{ clawedBack: number; debt: number; available: number }>>;
  /** What the plan allows, as a whole, absolute: the last call counts. */
  setPolicy(input: PolicyInput): Promise<Outcome<object>>;
  /** What `setPolicy` was told last; null before. */
  policy(): Promise<PolicyInput | null>;
  /** Reserves credits for a run; `insufficient_credits` / `budget_exceeded` carry `required` and `available`. */
  hold(input: HoldInput): Promise<Outcome<{ holdId: string; available: number }>>;
  /** Ends a hold by charging `usage.cost` (≤ held) and releasing the rest. Also records the usage event. Idempotent. */
  settle(input: { holdId: string; usage: RunUsage }): Promise<Outcome<{ cost: number; available: number }>>;
  /** Ends a hold and charges nothing; the usage event says why. Idempotent. */
  void(input: { holdId: string; usage: RunUsage }): Promise<Outcome<{ available: number }>>;
  balance(): Promise<Balance>;
  entries(input: {
    cursor?: string;
    limit: number;
  }): Promise<{ data: LedgerEntry[]; nextCursor: string | null }>;
  /** Brings the journal and the usage events in D1 up to date; `credits_unavailable` when D1 does not answer. */
  flush(): Promise<{ ok: true } | Refusal>;
  /** What is left of one end user's budget in the current window. */
  budget(input: {
    scope: string;
    limit: number;
    per: 'day' | 'month';
  }): Promise<{ limit: number; used: number; held: number; remaining: number; resetsAt: number }>;
}

export interface GrantInput {
  /** Once for ever: a payment's id, a period's id. */
  key: string;
  source: 'plan' | 'purchase' | 'operator';
  amount: number;
  /** Lower is used up first; by default operator 10, plan 20, purchase 30. */
  priority?: number;
  /** Milliseconds since the epoch. */
  expiresAt?: number;
  note?: string;
  /** The payment that it came from, so that `reverse` finds it. */
  paymentIntent?: string;
}

export interface RenewInput {
  /** Once for ever: the id of the invoice line. */
  key: string;
  amount: number;
  /** Milliseconds since the epoch. More than a day after the end of the last period, nothing rolls over. */
  periodStart?: number;
  /** Milliseconds since the epoch: when the credits expire. May have passed already. */
  periodEnd: number;
  /** Most that rolls over from the period before. */
  rolloverCap: number;
  paymentIntent?: string;
}

export interface ReverseInput {
  paymentIntent: string;
  /** How much of what this payment has granted is to be taken back in all, from its present state; 0 gives all back. */
  target: number;
  reason: string;
}

export interface PolicyInput {
  plan: string;
  /** Runs that may work at the same time; further ones queue. */
  concurrentRuns: number;
  /** Whether runs go on without credits, billed afterwards, and up to how many micro-credits a period. */
  overage: { allowed: boolean; capPerPeriod: number };
  /** Milliseconds since the epoch. */
  periodStart: number;
  periodEnd: number;
}

export interface HoldInput {
  /** The run's id: a run has at most one hold. */
  holdId: string;
  amount: number;
  /** Milliseconds since the epoch; a hold still open then is voided by the ledger itself. */
  expiresAt: number;
  flowId: string;
  agent: string;
  model: string;
  keyId: string;
  /** End user, when a client token asked. */
  userId?: string;
  tenantId?: string;
  budget?: { credits: number; per: 'day' | 'month' };
}

export interface RunUsage {
  cost: number;
  outcome: 'succeeded' | 'failed' | 'cancelled';
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  /** Milliseconds from start to end. */
  latency: number;
}

export interface Balance {
  /** Excludes `held`. granted + debt = available + held + consumed + expired + clawedBack. */
  available: number;
  held: number;
  granted: number;
  consumed: number;
  expired: number;
  clawedBack: number;
  debt: number;
}

export interface LedgerEntry {
  id: string;
  kind: 'grant' | 'hold' | 'settle' | 'void' | 'expire' | 'rollover' | 'reverse' | 'repay';
  /** Signed change of `available`. */
  amount: number;
  /** Signed change of `held`. */
  held: number;
  /** What it is about, e.g. a run id. */
  ref: string;
  at: string;
}
