import type { Block } from './block.ts';
import { available } from './journal.ts';

/** Grants in the order in which they are used up: priority, earliest expiry, oldest. */
export const BURN_ORDER = 'priority, expires_at IS NULL, expires_at, id';

/** A part of a grant. */
export type Part = readonly [grantId: number, amount: number];

/** The grants that still have something free, in burn order. */
export class Purse {
  available: number;
  readonly #free: { id: number; free: number }[];
  #first = 0;

  /** @param first a payment whose own grants come before all others. */
  constructor(block: Block, first?: string) {
    this.available = available(block);
    const own = first === undefined ? '' : 'payment_intent IS NOT ?, ';
    this.#free = block.store.exec<{ id: number; free: number }>(
      `SELECT id, remaining - held AS free FROM "grant" WHERE remaining > held ORDER BY ${own}${BURN_ORDER}`,
      ...(first === undefined ? [] : [first]),
    );
  }

  /** Takes `amount`, which must be available; answers how much of which grant. */
  take(amount: number): Part[] {
    const parts: Part[] = [];
    this.available -= amount;
    for (let left = amount; left > 0;) {
      const grant = this.#free[this.#first];
      if (!grant) throw new Error(`The grants hold ${left} micro-credits less than the account says`);
      const part = Math.min(left, grant.free);
      parts.push([grant.id, part]);
      grant.free -= part;
      left -= part;
      if (grant.free === 0) this.#first += 1;
    }
    return parts;
  }
}

/** Takes free credits out of their grants for good: what is left of a grant shrinks. */
export function takeOut(block: Block, parts: readonly Part[]): void {
  block.store.exec(
    `UPDATE "grant" SET remaining = remaining - part.amount
     FROM (SELECT value ->> 0 AS id, value ->> 1 AS amount FROM json_each(?)) AS part WHERE "grant".id = part.id`,
    JSON.stringify(parts),
  );
}
