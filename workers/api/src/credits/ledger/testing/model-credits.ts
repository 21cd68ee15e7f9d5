import type { GrantInput, RenewInput } from '../../account.rpc.ts';

/** Credits of one origin, with what has become of them. */
export interface Pile {
  source: GrantInput['source'];
  payment: string | null;
  priority: number;
  expiresAt: number;
  free: number;
  lost: number;
}
interface Period {
  ends: number;
  starts: number | null;
  cap: number;
  rolled: number;
}

const DAY = 86_400_000;
const PRIORITY = { operator: 10, plan: 20, purchase: 30 };

/** Piles of credits, payments, debt and the periods of a plan: the model's half that knows where credits lie. */
export class Credits {
  /** In the order in which they came. */
  readonly piles: Pile[] = [];
  readonly periods: Period[] = [];
  readonly payments = new Map<string, { granted: number; target: number; clawed: number }>();
  granted = 0;
  debt = 0;

  get available(): number {
    return sum(this.piles.map((pile) => pile.free));
  }
  get lost(): number {
    return sum(this.piles.map((pile) => pile.lost));
  }
  get clawedBack(): number {
    return sum([...this.payments.values()].map((payment) => payment.clawed));
  }

  /** In the order in which they are used up. */
  inBurnOrder(piles: readonly Pile[] = this.piles): Pile[] {
    return piles.toSorted((a, b) => {
      if (a.priority !== b.priority) return a.priority - b.priority;
      if (a.expiresAt !== b.expiresAt) return a.expiresAt < b.expiresAt ? -1 : 1;
      return this.piles.indexOf(a) - this.piles.indexOf(b);
    });
  }

  grant(input: Omit<GrantInput, 'key'>): void {
    this.granted += input.amount;
    this.#pile(input, input.amount);
    if (input.paymentIntent === undefined) return;
    const payment = this.#payment(input.paymentIntent);
    payment.granted += input.amount;
    this.#moveTo(input.paymentIntent);
  }

  /** @returns what is clawed back of the payment now. */
  reverse(id: string, target: number): number {
    const payment = this.#payment(id);
    payment.target = target;
    this.#moveTo(id);
    return payment.clawed;
  }

  renew(input: RenewInput, now: number): void {
    const { amount, periodStart, periodEnd, rolloverCap, paymentIntent } = input;
    this.grant({
      source: 'plan',
      amount,
      expiresAt: periodEnd,
      ...(paymentIntent !== undefined && { paymentIntent }),
    });
    let period = this.periods.find(({ ends }) => ends === periodEnd);
    if (!period) {
      period = { ends: periodEnd, starts: periodStart ?? null, cap: rolloverCap, rolled: 0 };
      this.periods.push(period);
      this.periods.sort((a, b) => a.ends - b.ends);
    }
    period.cap = Math.max(period.cap, rolloverCap);
    for (let i = Math.max(1, this.periods.indexOf(period)); i < this.periods.length; i += 1) {
      this.settleDown(now);
      const [from, to] = [this.periods[i - 1], this.periods[i]];
      if (from && to && (to.starts === null || to.starts <= from.ends + DAY)) this.#rollOver(from, to);
    }
    this.settleDown(now);
  }

  /** Takes out of the piles in the given order; answers what came from where. */
  take(amount: number, order: readonly Pile[]): Map<Pile, number> {
    const parts = new Map<Pile, number>();
    for (const pile of order) {
      const part = Math.min(amount, pile.free);
      if (part === 0) continue;
      parts.set(pile, part);
      pile.free -= part;
      amount -= part;
    }
    return parts;
  }

  /** Nothing past its time is free, and nothing is free beside a debt. */
  settleDown(at: number): void {
    for (const pile of this.piles) {
      if (pile.expiresAt > at) continue;
      pile.lost += pile.free;
      pile.free = 0;
    }
    const paid = Math.min(this.debt, this.available);
    this.take(paid, this.inBurnOrder());
    this.debt -= paid;
  }

  #rollOver(from: Period, to: Period): void {
    let rolled = 0;
    for (const pile of this.piles) {
      if (pile.source !== 'plan' || pile.expiresAt !== from.ends) continue;
      for (const place of ['free', 'lost'] as const) {
        const part = Math.min(to.cap - to.rolled - rolled, pile[place]);
        pile[place] -= part;
        rolled += part;
      }
    }
    to.rolled += rolled;
    if (rolled > 0) this.#pile({ source: 'plan', expiresAt: to.ends }, rolled);
  }

  #moveTo(id: string): void {
    const payment = this.#payment(id);
    const goal = Math.min(payment.target, payment.granted);
    const change = goal - payment.clawed;
    payment.clawed = goal;
    if (change > 0) {
      const burning = this.inBurnOrder();
      const order = [
        ...burning.filter((pile) => pile.payment === id),
        ...burning.filter((pile) => pile.payment !== id),
      ];
      this.debt += change - sum([...this.take(change, order).values()]);
    }
    const first = this.piles.find((pile) => pile.payment === id);
    if (change < 0 && first) this.piles.push({ ...first, free: -change, lost: 0 });
  }

  #payment(id: string) {
    const payment = this.payments.get(id) ?? { granted: 0, target: 0, clawed: 0 };
    this.payments.set(id, payment);
    return payment;
  }

  #pile(
    {
      source,
      priority,
      expiresAt,
      paymentIntent,
    }: Pick<GrantInput, 'source' | 'priority' | 'expiresAt' | 'paymentIntent'>,
    free: number,
  ): void {
    this.piles.push({
      source,
      payment: paymentIntent ?? null,
      priority: priority ?? PRIORITY[source],
      expiresAt: expiresAt ?? Infinity,
      free,
      lost: 0,
    });
  }
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
