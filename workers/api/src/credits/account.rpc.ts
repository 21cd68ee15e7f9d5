import type { SqlRow } from '@uxflow/flow/sync/server';
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
  /**
   * Reserves credits for a run; `insufficient_credits` / `budget_exceeded` carry `required` and `available`. `queued`: the
   * run has no slot yet and must not work; the outbox stream `start` tells when it has, or the same call says so again.
   * A repeat after the hold has ended is `conflict` with `state`: nothing is reserved any more.
   */
  hold(input: HoldInput): Promise<HeldOutcome>;
  /**
   * Ends a hold by charging `usage.cost` (≤ held) and releasing the rest. Also records the usage event. Idempotent.
   * `extra`: micro-credits that may be held in addition in the same block when the cost is above what is held, up to the
   * hold's `maxCredits`; refused like a hold, and then nothing has ended.
   */
  settle(input: SettleInput): Promise<Outcome<{ cost: number; available: number }>>;
  /** Ends a hold and charges nothing; the usage event says why. Idempotent. */
  void(input: { holdId: string; usage: RunUsage }): Promise<Outcome<{ available: number }>>;
  /** The same for many, each on its own and in order: what a Worker gathers for a hot workspace. */
  holdMany(inputs: HoldInput[]): Promise<HeldOutcome[]>;
  settleMany(inputs: SettleInput[]): Promise<Outcome<{ cost: number; available: number }>[]>;
  voidMany(inputs: { holdId: string; usage: RunUsage }[]): Promise<Outcome<{ available: number }>[]>;
  /** The workspace's rules with what is left in the present windows. */
  budgets(): Promise<BudgetState[]>;
  /** Sets all rules at once; `[]` removes them. */
  setBudgets(rules: BudgetRule[]): Promise<Outcome<object>>;
  /** Appends to the workspace's audit log, once per `key`. */
  audit(input: AuditInput): Promise<Outcome<{ seq: number }>>;
  /** Newest first. */
  auditLog(input: {
    cursor?: string;
    limit: number;
  }): Promise<{ data: AuditRecord[]; nextCursor: string | null }>;
  /** Recomputes the chain of hashes; `brokenAt` is the first row that does not follow from the one before. */
  verifyAudit(): Promise<{ rows: number; brokenAt: number | null }>;
  balance(): Promise<Balance>;
  entries(input: {
    cursor?: string;
    limit: number;
  }): Promise<{ data: LedgerEntry[]; nextCursor: string | null }>;
  /** Brings the journal and the usage events in D1 up to date; `credits_unavailable` when D1 does not answer. */
  flush(): Promise<{ ok: true } | Refusal>;
  /** The balance, and the highest numbers of the journal and of the usage events, read at one moment. */
  position(): Promise<{ last: { entry: number; usage: number }; balance: Balance }>;
  /** What the ledger sends to D1, as it would send it now: rows numbered above `after`, in order. */
  projected(input: {
    stream: 'entry' | 'usage';
    after: number;
    limit: number;
  }): Promise<(SqlRow & { seq: number })[]>;
  /** Micro-credits of overage of runs that ended in [from, to), milliseconds. */
  overage(input: { from: number; to: number }): Promise<number>;
  /** Sends to D1 again what is numbered above `after`; rows that are there stay as they are. */
  redeliver(input: { stream: 'entry' | 'usage'; after: number }): Promise<{ ok: true } | Refusal>;
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
  /** The client token's own budget, counted for its end user. */
  budget?: { credits: number; per: 'day' | 'month' };
  /** What the hold may grow to by `settle` with `extra`; by default it does not grow. */
  maxCredits?: number;
}

type HeldOutcome = Outcome<{ holdId: string; available: number; queued: boolean }>;

export interface SettleInput {
  holdId: string;
  usage: RunUsage;
  extra?: number;
}

export interface BudgetRule {
  scope: 'key' | 'user' | 'tenant' | 'agent';
  /** Of the key, end user, tenant or agent; `*` is each one that has no rule of its own. */
  id: string;
  /** A UTC day or calendar month. */
  per: 'day' | 'month';
  /** Micro-credits. */
  credits: number;
}

/** `used`, `held` and `remaining` are absent for `*`, which has no window of its own. */
export interface BudgetState extends BudgetRule {
  used?: number;
  held?: number;
  remaining?: number;
  /** Milliseconds since the epoch. */
  resetsAt: number;
}

export interface AuditInput {
  key: string;
  /** Who: a key's id, a member's id, `operator`. */
  actor: string;
  /** What, e.g. `member.removed`. */
  action: string;
  /** To what. */
  target: string;
  /** No secrets, no personal data: it is kept for ever. */
  detail: Record<string, string | number | boolean | null>;
}

export interface AuditRecord {
  seq: number;
  at: string;
  actor: string;
  action: string;
  target: string;
  detail: Record<string, unknown>;
  /** SHA-256 over this row and the hash before it. */
  hash: string;
}

/** For the workspace's webhook endpoints. Amounts: micro-credits. */
export type LedgerEvent =
  | { type: 'credits.low' | 'credits.exhausted'; data: CreditsAlert }
  | { type: 'credits.topped_up'; data: { available: number; amount: number; source: string } };

interface CreditsAlert {
  available: number;
  /** 80 or 100, each told once: of a budget in its window, of the balance since credits last came in. */
  percentUsed: number;
  /** Whose budget, e.g. `user:ann`; absent for the balance of the workspace. The fields below come with it. */
  budget?: string;
  per?: 'day' | 'month';
  limit?: number;
  used?: number;
  resetsAt?: string;
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
  kind: 'grant' | 'hold' | 'settle' | 'void' | 'expire' | 'rollover' | 'reverse' | 'repay' | 'overage';
  /** Signed change of `available`. */
  amount: number;
  /** Signed change of `held`. */
  held: number;
  /** What it is about, e.g. a run id. */
  ref: string;
  at: string;
}
