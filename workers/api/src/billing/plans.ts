/**
 * The one table of plans: the API's limits, the prices in Stripe (`npm run stripe:setup`) and the public list are all
 * made from it. Money is US cents; credits are micro-credits (1 credit = 1,000,000, one cent at list price).
 */
export const PLAN_IDS = ['free', 'starter', 'professional', 'enterprise'] as const;
export type PlanId = (typeof PLAN_IDS)[number];

export interface Plan {
  name: string;
  /** US cents a month; 0 is sold by nobody and needs no subscription. */
  pricePerMonth: number;
  /** Micro-credits that each paid month brings. */
  monthlyCredits: number;
  /** Micro-credits of the last month that are carried into the next one at most. */
  rolloverCap: number;
  requestsPerMinute: number;
  members: number;
  concurrentRuns: number;
  /** Days for which a flow's past can be read back. */
  historyDays: number;
  /** What happens when all credits are used up. Without it, runs are refused. */
  overage: Overage | null;
  /** A first subscription may be tried out, with so many micro-credits. */
  trial: { days: number; credits: number } | null;
}

export interface Overage {
  /** US cents for a credit, billed with the next invoice. */
  centsPerCredit: number;
  /** Micro-credits in a period at most: a cap, not a warning. */
  capPerPeriod: number;
}

const CREDIT = 1_000_000;

/**
 * Free comes without monthly credits on purpose: credits that an empty account gets each month are farmed with made-up
 * accounts. Who wants to try agents gets a trial of a plan, or buys a pack.
 */
const PLANS = {
  free: {
    name: 'Free',
    pricePerMonth: 0,
    monthlyCredits: 0,
    rolloverCap: 0,
    requestsPerMinute: 12_000,
    members: 2,
    concurrentRuns: 2,
    historyDays: 7,
    overage: null,
    trial: null,
  },
  starter: {
    name: 'Starter',
    pricePerMonth: 2_900,
    monthlyCredits: 3_000 * CREDIT,
    rolloverCap: 1_500 * CREDIT,
    requestsPerMinute: 24_000,
    members: 5,
    concurrentRuns: 5,
    historyDays: 30,
    overage: null,
    trial: { days: 14, credits: 300 * CREDIT },
  },
  professional: {
    name: 'Professional',
    pricePerMonth: 9_900,
    monthlyCredits: 11_000 * CREDIT,
    rolloverCap: 11_000 * CREDIT,
    requestsPerMinute: 60_000,
    members: 25,
    concurrentRuns: 20,
    historyDays: 365,
    overage: { centsPerCredit: 1.2, capPerPeriod: 20_000 * CREDIT },
    trial: { days: 14, credits: 500 * CREDIT },
  },
  enterprise: {
    name: 'Enterprise',
    pricePerMonth: 49_900,
    monthlyCredits: 60_000 * CREDIT,
    rolloverCap: 60_000 * CREDIT,
    requestsPerMinute: 240_000,
    members: 1_000,
    concurrentRuns: 100,
    historyDays: 3_650,
    overage: { centsPerCredit: 1, capPerPeriod: 500_000 * CREDIT },
    trial: null,
  },
} as const satisfies Record<PlanId, Plan>;

export type PaidPlanId = Exclude<PlanId, 'free'>;
export const PAID_PLAN_IDS = ['starter', 'professional', 'enterprise'] as const satisfies PaidPlanId[];

export const TOP_UP_IDS = ['small', 'medium', 'large'] as const;
export type TopUpId = (typeof TOP_UP_IDS)[number];

export interface TopUp {
  name: string;
  /** US cents. */
  price: number;
  /** Micro-credits; they never expire. */
  credits: number;
}

export const TOP_UPS = {
  small: { name: '1,000 credits', price: 1_000, credits: 1_000 * CREDIT },
  medium: { name: '5,250 credits', price: 5_000, credits: 5_250 * CREDIT },
  large: { name: '22,000 credits', price: 20_000, credits: 22_000 * CREDIT },
} as const satisfies Record<TopUpId, TopUp>;

/** A plan's row with the fields of every plan, whatever this one leaves out. */
export function planOf(id: PlanId): Plan {
  return PLANS[id];
}

export function isPlanId(value: unknown): value is PlanId {
  return PLAN_IDS.some((id) => id === value);
}

export function isTopUpId(value: unknown): value is TopUpId {
  return TOP_UP_IDS.some((id) => id === value);
}

/** Above zero when `to` is the dearer plan: changed to at once; below zero: at the end of the period. */
export function comparePlans(from: PlanId, to: PlanId): number {
  return PLANS[to].pricePerMonth - PLANS[from].pricePerMonth;
}
