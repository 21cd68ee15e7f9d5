import type { PolicyInput } from '../account.rpc.ts';
import type { Refusal } from '../../platform/errors.ts';
import { announceBudgets } from './alerts.ts';
import type { Block } from './block.ts';
import { type Counted, type Spent, spend, spentIn, type Window, windowKey, windowsOf } from './budgets.ts';
import { refuse } from './idempotency.ts';
import { debt, post, type Posting } from './journal.ts';
import { type Limited, Limits, type TokenBudget } from './limits.ts';
import { policyOf } from './policy.ts';
import { type Part, Purse } from './purse.ts';

/** Overage burns after everything else. */
const LAST = Number.MAX_SAFE_INTEGER;

/** A hold that asks for credits, now or once more. */
export interface Asking extends Counted {
  id: string;
  token: TokenBudget | null;
  /** What of it is overage already, and the start of the period that counts it. */
  overage: number;
  overageStart: number | null;
}
/** What a hold got. */
export interface Taken {
  overage: number;
  overageStart: number | null;
}

/**
 * Admits requests for credits one after another against budgets, balance and overage, and then writes what was admitted
 * down in one go. The number of statements does not depend on the number of requests.
 */
export class Admission {
  readonly policy: PolicyInput | null;
  readonly #block: Block;
  readonly #limits: Limits;
  readonly #spent: Map<string, Spent>;
  readonly #purse: Purse;
  readonly #period: Window | null;
  readonly #refusing: Limited[] = [];
  readonly #allocs: [holdId: string, ...Part][] = [];
  readonly #overages: { id: number; holdId: string; amount: number }[] = [];
  readonly #spending: (Window & Spent)[] = [];
  #nextGrant: number | null = null;

  constructor(block: Block, asking: readonly Asking[]) {
    this.#block = block;
    this.#limits = new Limits(block, asking);
    this.#purse = new Purse(block);
    this.policy = policyOf(block);
    this.#period = this.#overagePeriod();
    const windows: Window[] = asking.flatMap((hold) => this.#limits.of(hold, hold.token));
    if (this.#period) windows.push(this.#period);
    this.#spent = spentIn(block, windows);
  }

  get available(): number {
    return this.#purse.available;
  }

  /** Takes `amount` for `hold`, or says why not and takes nothing. */
  admit(hold: Asking, amount: number): Taken | Refusal {
    const limited = this.#limits.of(hold, hold.token);
    const lacking = Math.max(0, amount - this.#purse.available);
    const refusal = this.#overBudget(limited, amount) ?? this.#insufficient(hold, amount, lacking);
    if (refusal) return refusal;
    for (const part of this.#purse.take(amount - lacking)) this.#allocs.push([hold.id, ...part]);
    if (lacking > 0) this.#takeOverage(hold.id, lacking);
    for (const window of windowsOf(hold)) this.#count(window, amount);
    if (lacking > 0 && this.#period) this.#count(this.#period, lacking);
    const overage = hold.overage + lacking;
    return { overage, overageStart: lacking > 0 ? (this.#period?.start ?? null) : hold.overageStart };
  }

  /** Writes everything admitted so far, except the rows of the holds, and tells of budgets that have refused. */
  write(postings: readonly Posting[]): void {
    if (this.#allocs.length + this.#overages.length > 0) this.#writeTaken(postings);
    announceBudgets(this.#block, this.#refusing, true);
  }

  #writeTaken(postings: readonly Posting[]): void {
    const block = this.#block;
    const overages = JSON.stringify(this.#overages.map(({ id, amount }) => [id, amount]));
    if (this.#overages.length > 0) {
      block.store.exec(
        `INSERT INTO "grant" (id, source, priority, amount, remaining, held, created_at)
         SELECT value ->> 0, 'overage', ?, value ->> 1, value ->> 1, 0, ? FROM json_each(?)`,
        LAST,
        block.now,
        overages,
      );
    }
    const rows = JSON.stringify([
      ...this.#allocs,
      ...this.#overages.map(({ id, holdId, amount }) => [holdId, id, amount]),
    ]);
    block.store.exec(
      `INSERT INTO hold_alloc (hold_id, grant_id, amount)
       SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)
       WHERE true ON CONFLICT DO UPDATE SET amount = amount + excluded.amount`,
      rows,
    );
    block.store.exec(
      `UPDATE "grant" SET held = held + part.amount
       FROM (SELECT value ->> 1 AS id, SUM(value ->> 2) AS amount FROM json_each(?) GROUP BY 1) AS part
       WHERE "grant".id = part.id`,
      rows,
    );
    spend(block, this.#spending);
    post(block, [
      ...this.#overages.map(({ holdId, amount }) => ({
        kind: 'overage' as const,
        ref: holdId,
        movements: [{ debit: 'available' as const, credit: 'granted' as const, amount }],
      })),
      ...postings,
    ]);
  }

  #overBudget(limited: readonly Limited[], amount: number): Refusal | null {
    let tightest: { window: Limited; left: number } | null = null;
    for (const window of limited) {
      const { used, held } = this.#spent.get(windowKey(window)) ?? { used: 0, held: 0 };
      const left = Math.max(0, window.limit - used - held);
      if (amount <= left) continue;
      this.#refusing.push(window);
      if (!tightest || left < tightest.left) tightest = { window, left };
    }
    if (!tightest) return null;
    const { window, left } = tightest;
    const kind = window.scope.slice(0, window.scope.indexOf(':'));
    const detail = `This needs ${amount} micro-credits and ${left} are left of this ${window.per}'s budget of its ${kind}.`;
    return refuse('budget_exceeded', detail, {
      required: amount,
      available: left,
      scope: kind,
      per: window.per,
      resetsAt: new Date(window.ends).toISOString(),
    });
  }

  #insufficient(hold: Asking, amount: number, lacking: number): Refusal | null {
    if (lacking === 0 || lacking <= this.#overageLeft(hold)) return null;
    this.#block.balance.refused = true;
    const { available } = this.#purse;
    const detail = `This needs ${amount} micro-credits and ${available} are available.`;
    return refuse('insufficient_credits', detail, { required: amount, available });
  }

  /** Overage counts in the period of the plan; after its end it waits for the next one, and it never helps a debtor. */
  #overagePeriod(): Window | null {
    const { now } = this.#block;
    if (!this.policy?.overage.allowed) return null;
    const { periodStart: start, periodEnd: ends } = this.policy;
    if (now < start || now >= ends || debt(this.#block) > 0) return null;
    return { scope: 'overage', per: 'period', start, ends };
  }

  #overageLeft(hold: Asking): number {
    if (!this.#period || !this.policy) return 0;
    // One hold is counted in one period.
    if (hold.overage > 0 && hold.overageStart !== this.#period.start) return 0;
    const { used, held } = this.#spent.get(windowKey(this.#period)) ?? { used: 0, held: 0 };
    return Math.max(0, this.policy.overage.capPerPeriod - used - held);
  }

  #takeOverage(holdId: string, amount: number): void {
    this.#nextGrant ??=
      (this.#block.store.exec<{ id: number | null }>('SELECT MAX(id) AS id FROM "grant"')[0]?.id ?? 0) + 1;
    this.#overages.push({ id: this.#nextGrant, holdId, amount });
    this.#nextGrant += 1;
  }

  #count(window: Window, held: number): void {
    const key = windowKey(window);
    const before = this.#spent.get(key) ?? { used: 0, held: 0 };
    this.#spent.set(key, { used: before.used, held: before.held + held });
    this.#spending.push({ ...window, held, used: 0 });
  }
}
