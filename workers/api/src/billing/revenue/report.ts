import { PAID_PLAN_IDS, type PaidPlanId } from '../plans.ts';
import {
  type CreditFigures,
  creditFigures,
  type CreditOpening,
  type CreditSums,
  NO_CREDITS,
} from './credits.ts';
import type { Movements, MrrDay } from './mrr.ts';

/** MRR as it stands at the end, US cents; ARR is twelve times that. */
interface Recurring extends Movements {
  mrr: number;
  arr: number;
  /** Workspaces that pay for a plan, at the end. */
  customers: Record<PaidPlanId, number>;
  credits: CreditFigures;
}

export interface RevenueDay extends Recurring {
  /** UTC day, e.g. `2026-11-23`. */
  day: string;
}

export interface Revenue {
  days: RevenueDay[];
  /** Movements are sums over the days, balances those of the last day. */
  totals: Recurring & { openingMrr: number; openingDebt: number; openingLiability: number };
}

const MOVEMENTS = ['newMrr', 'expansionMrr', 'contractionMrr', 'churnMrr', 'reactivationMrr'] as const;
const CREDIT_SUMS = ['sold', 'included', 'gifted', 'overage', 'consumed', 'expired', 'clawedBack'] as const;

/**
 * The report of the days of `mrr`.
 * @param credits movements by the first millisecond of their day; a day without any may be missing.
 */
export function revenueReport(
  mrr: { openingMrr: number; days: readonly MrrDay[] },
  credits: { opening: CreditOpening; byDay: ReadonlyMap<number, CreditSums> },
): Revenue {
  const figures = creditFigures(
    credits.opening,
    mrr.days.map(({ day }) => credits.byDay.get(day) ?? NO_CREDITS),
  );
  const days = mrr.days.map(({ day, customers: { starter, professional, enterprise }, ...rest }, i) => {
    const ofDay = figures[i];
    if (!ofDay) throw new Error('A day without its credits');
    const name = new Date(day).toISOString().slice(0, 10);
    return {
      day: name,
      arr: 12 * rest.mrr,
      ...rest,
      customers: { starter, professional, enterprise },
      credits: ofDay,
    };
  });
  const last = days.at(-1);
  if (!last) throw new Error('A report needs a day');
  const sum = (of: (day: RevenueDay) => number) => days.reduce((total, day) => total + of(day), 0);
  const totals = {
    openingMrr: mrr.openingMrr,
    openingDebt: credits.opening.debt,
    openingLiability: credits.opening.liability,
    mrr: last.mrr,
    arr: last.arr,
    customers: last.customers,
    ...record(MOVEMENTS, (name) => sum((day) => day[name])),
    credits: { ...last.credits, ...record(CREDIT_SUMS, (name) => sum((day) => day.credits[name])) },
  };
  return { days, totals };
}

function record<Name extends string>(
  names: readonly Name[],
  value: (name: Name) => number,
): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, number>;
}

const CUSTOMER_COLUMNS = PAID_PLAN_IDS.map((plan) => `customers_${plan}` as const);

export const REVENUE_COLUMNS = [
  'day',
  'mrr',
  'arr',
  ...MOVEMENTS,
  ...CUSTOMER_COLUMNS,
  ...CREDIT_SUMS,
  'debt',
  'liability',
  'liabilityCents',
] as const;

/** One flat row a day, for CSV. */
export function flatRow({ customers, credits, ...rest }: RevenueDay) {
  const counts = Object.fromEntries(
    PAID_PLAN_IDS.map((plan) => [`customers_${plan}`, customers[plan]]),
  ) as Record<(typeof CUSTOMER_COLUMNS)[number], number>;
  return { ...rest, ...counts, ...credits };
}
