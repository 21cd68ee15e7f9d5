import { PLAN_IDS, type PlanId } from '../plans.ts';

const DAY = 86_400_000;

/** A row of `subscription_change`: what a workspace pays from `at` on. `seq` orders the rows of one workspace. */
export interface Change {
  workspaceId: string;
  seq: number;
  /** Milliseconds since the epoch. */
  at: number;
  toPlan: PlanId;
  /** US cents a month; 0 for whoever pays nothing, e.g. in a trial. */
  monthlyCents: number;
}

/**
 * US cents of monthly recurring revenue that came or went, all ≥ 0. A customer's day counts as a whole: what it paid a
 * month at the end of the UTC day against what it paid at its beginning.
 */
export interface Movements {
  /** Pays at the end of a day for the first time ever. */
  newMrr: number;
  /** Paid and pays more: a dearer plan or a higher price. */
  expansionMrr: number;
  /** Paid and pays less, but something. */
  contractionMrr: number;
  /** Paid and pays nothing: canceled, suspended for a payment owed, paused. */
  churnMrr: number;
  /** Paid on some earlier day, then nothing, and pays again. */
  reactivationMrr: number;
}

export interface MrrDay extends Movements {
  /** First millisecond of the UTC day. */
  day: number;
  /** At the end of the day. */
  mrr: number;
  /** Workspaces that pay, at the end of the day. */
  customers: Record<PlanId, number>;
}

/** Customers who have paid the same since before the range. */
export interface Standing {
  plan: PlanId;
  customers: number;
  /** Cents a month of all of them together. */
  cents: number;
}

/**
 * Adds up what customers pay a month, day by day. Workspaces are added in any order, each with its whole history in any
 * order; nothing is kept of them, so that there may be many.
 */
export class MrrFold {
  readonly #from: number;
  readonly #days: MrrDay[];
  #opening = 0;
  readonly #openingCustomers = noCustomers();

  /** @param from first millisecond of the first UTC day. */
  constructor(from: number, days: number) {
    this.#from = from;
    this.#days = Array.from({ length: days }, (_, i) => ({
      day: from + i * DAY,
      mrr: 0,
      newMrr: 0,
      expansionMrr: 0,
      contractionMrr: 0,
      churnMrr: 0,
      reactivationMrr: 0,
      customers: noCustomers(),
    }));
  }

  addStanding({ plan, customers, cents }: Standing): void {
    this.#opening += cents;
    this.#openingCustomers[plan] += customers;
  }

  /** @param changes all changes of one workspace, those before and after the range included. */
  addHistory(changes: readonly Change[]): void {
    let before = { plan: 'free' as PlanId, cents: 0 };
    let hasPaid = false;
    for (const { day, plan, cents } of endsOfDays(changes)) {
      const index = Math.round((day - this.#from) / DAY);
      const target = this.#days[index];
      if (index < 0) {
        this.#opening += cents - before.cents;
        count(this.#openingCustomers, before, { plan, cents });
      } else if (target) {
        move(target, before.cents, cents, hasPaid);
        count(target.customers, before, { plan, cents });
      }
      before = { plan, cents };
      hasPaid ||= cents > 0;
    }
  }

  result(): { openingMrr: number; days: MrrDay[] } {
    let mrr = this.#opening;
    const customers = { ...this.#openingCustomers };
    const days = this.#days.map((day) => {
      mrr += day.newMrr + day.expansionMrr + day.reactivationMrr - day.contractionMrr - day.churnMrr;
      for (const plan of PLAN_IDS) customers[plan] += day.customers[plan];
      return { ...day, mrr, customers: { ...customers } };
    });
    return { openingMrr: this.#opening, days };
  }
}

interface Paying {
  plan: PlanId;
  cents: number;
}

/** What stood at the end of each day that brought a change. A change never counts before one with a lower `seq`. */
function endsOfDays(changes: readonly Change[]): (Paying & { day: number })[] {
  const days: (Paying & { day: number })[] = [];
  let latest = -Infinity;
  for (const { at, toPlan, monthlyCents } of [...changes].sort((a, b) => a.seq - b.seq)) {
    latest = Math.max(latest, at);
    const day = Math.floor(latest / DAY) * DAY;
    if (days.at(-1)?.day === day) days.pop();
    days.push({ day, plan: toPlan, cents: monthlyCents });
  }
  return days;
}

function move(day: Movements, before: number, after: number, hasPaid: boolean): void {
  if (before === 0 && after > 0) day[hasPaid ? 'reactivationMrr' : 'newMrr'] += after;
  else if (before > 0 && after === 0) day.churnMrr += before;
  else if (after > before) day.expansionMrr += after - before;
  else day.contractionMrr += before - after;
}

function count(customers: Record<PlanId, number>, before: Paying, after: Paying): void {
  if (before.cents > 0) customers[before.plan] -= 1;
  if (after.cents > 0) customers[after.plan] += 1;
}

function noCustomers(): Record<PlanId, number> {
  return { free: 0, starter: 0, professional: 0, enterprise: 0 };
}
