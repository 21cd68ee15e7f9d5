import type { BudgetRule } from '../../account.rpc.ts';
import type { Step } from './steps.ts';

const DAY = 86_400_000;
const RUNS = ['run_1', 'run_2', 'run_3', 'run_4', 'run_5', 'run_6', 'run_7', 'run_8'];
const PAYMENTS = ['pi_1', 'pi_2', 'pi_3'];
const USERS = ['ann', 'bob'];

/** The same seed gives the same random numbers for ever (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A history in which keys collide, things come late, twice and out of order, and processes die. */
export function generate(seed: number): Step[] {
  const dice = new Dice(randomOf(seed));
  return Array.from({ length: dice.whole(4, 13) }, (_, i) => dice.step(i));
}

class Dice {
  readonly #random: () => number;
  readonly #planned: boolean;
  /** Some histories have slots and overage, some budgets, some renewals, some refunds: rare things come together so. */
  readonly #kinds: readonly (readonly [weight: number, make: () => Step])[];

  constructor(random: () => number) {
    this.#random = random;
    const [planned, budgeted, renewed, refunded] = [0.4, 0.4, 0.25, 0.3].map((p) => this.chance(p));
    this.#planned = planned === true;
    this.#kinds = [
      [5, () => this.grant()],
      [9, () => this.hold()],
      [6, () => this.settle()],
      [3, () => this.release()],
      [5, () => this.wait()],
      [1, () => ({ do: 'expire' })],
      [refunded ? 4 : 0, () => this.reverse()],
      [renewed ? 7 : 0, () => this.renew()],
      [planned ? 2 : 0, () => this.policy()],
      [budgeted ? 2 : 0, () => this.budgets()],
      [3, () => ({ do: 'repeat', back: this.whole(0, 10) })],
      [2, () => ({ do: 'crash', at: this.whole(0, 30) })],
      [2, () => this.deliver()],
    ];
  }

  chance(p: number): boolean {
    return this.#random() < p;
  }

  /** A whole number, both ends included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  one<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.#random() * choices.length)] as T;
  }

  maybe<T>(p: number, make: () => T): T | null {
    return this.chance(p) ? make() : null;
  }

  some<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.whole(1, most) }, make);
  }

  step(index: number): Step {
    // Most histories begin with credits; an empty ledger refuses everything.
    if (index === 0 && this.chance(0.8)) return this.grant();
    if (index === 1 && this.#planned) return this.policy();
    let roll = this.#random() * this.#kinds.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, make] of this.#kinds) if ((roll -= weight) < 0) return make();
    return { do: 'expire' };
  }

  lives(): number {
    return this.chance(0.8) ? this.whole(1, 40) : 3 * DAY;
  }

  grant(): Step {
    return {
      do: 'grant',
      key: this.one(['g1', 'g2', 'g3', 'g4', 'g5', 'g6', 'g7', 'p1']),
      source: this.one(['plan', 'purchase', 'purchase', 'operator']),
      amount: this.whole(1, 60),
      lives: this.maybe(0.5, () => this.lives()),
      payment: this.maybe(0.5, () => this.one(PAYMENTS)),
    };
  }

  renew(): Step {
    return {
      do: 'renew',
      key: this.one(['p1', 'p2', 'p3', 'p4']),
      period: this.whole(1, 4),
      far: this.chance(0.1),
      amount: this.whole(1, 40),
      cap: this.one([0, 5, 20, 60]),
      payment: this.maybe(0.3, () => this.one(PAYMENTS)),
    };
  }

  reverse(): Step {
    return { do: 'reverse', payment: this.one(PAYMENTS), target: this.one([0, 10, 30, this.whole(1, 80)]) };
  }

  policy(): Step {
    return {
      do: 'policy',
      concurrentRuns: this.one([1, 1, 2, 3]),
      allowed: this.chance(0.7),
      cap: this.one([0, 15, 60, 200]),
      began: this.whole(0, 3),
      lives: this.chance(0.5) ? this.whole(1, 60) : DAY,
    };
  }

  budgets(): Step {
    const rules = new Map<string, BudgetRule>();
    for (let left = this.whole(0, 3); left > 0; left -= 1) {
      const scope = this.one(['key', 'user', 'tenant', 'agent'] as const);
      const id = { key: 'key_1', user: this.one(USERS), tenant: 'acme', agent: 'designer' }[scope];
      const rule = {
        scope,
        id: this.chance(0.4) ? '*' : id,
        per: this.one(['day', 'month'] as const),
        credits: this.one([0, 10, 25, this.whole(20, 90)]),
      };
      rules.set(`${rule.scope} ${rule.id} ${rule.per}`, rule);
    }
    return { do: 'budgets', rules: [...rules.values()] };
  }

  hold(): Step {
    const batch = this.some(4, () => ({
      id: this.one(RUNS),
      amount: this.whole(1, 40),
      lives: this.lives(),
      key: this.one(['key_1', 'key_2']),
      user: this.maybe(0.6, () => this.one(USERS)),
      tenant: this.maybe(0.3, () => 'acme'),
      agent: this.one(['designer', 'reviewer']),
      budget: this.maybe(0.3, () => ({
        credits: this.whole(0, 70),
        per: this.one(['day', 'month'] as const),
      })),
      room: this.maybe(0.5, () => this.whole(0, 20)),
    }));
    return { do: 'hold', batch };
  }

  settle(): Step {
    const batch = this.some(3, () => ({
      id: this.one(RUNS),
      share: this.whole(0, 5),
      tokens: this.whole(0, 3),
      extra: this.chance(0.4) ? this.whole(1, 20) : 0,
    }));
    return { do: 'settle', batch };
  }

  release(): Step {
    const batch = this.some(3, () => ({
      id: this.one(RUNS),
      outcome: this.one(['failed', 'cancelled'] as const),
    }));
    return { do: 'void', batch };
  }

  wait(): Step {
    return { do: 'wait', ms: this.chance(0.85) ? this.whole(1, 30) : this.one([DAY / 2, 2 * DAY]) };
  }

  deliver(): Step {
    return {
      do: 'deliver',
      stream: this.one(['entry', 'usage', 'event', 'meter', 'start'] as const),
      most: this.whole(1, 5),
      lost: this.chance(0.5),
    };
  }
}
