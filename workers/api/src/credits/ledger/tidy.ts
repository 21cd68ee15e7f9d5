import type { Block } from './block.ts';
import { available, debt, post } from './journal.ts';
import { Purse, takeOut } from './purse.ts';

/**
 * Puts free credits where they belong after anything has moved: what is past its expiry expires, and what is free pays
 * the debt. So nothing is ever available while something is owed.
 */
export function tidy(block: Block): void {
  expireGrants(block);
  payDebt(block);
}

/** Grants past their expiry lose what is left of them and not held. */
function expireGrants(block: Block): void {
  const lost = block.store.exec<{ id: number; amount: number }>(
    `SELECT id, remaining - held AS amount FROM "grant"
     WHERE expires_at <= ? AND expires_at IS NOT NULL AND remaining > held ORDER BY expires_at, id`,
    block.now,
  );
  if (lost.length === 0) return;
  block.store.exec(
    `UPDATE "grant" SET lost = lost + remaining - held, remaining = held
     WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(lost.map(({ id }) => id)),
  );
  post(
    block,
    lost.map(({ id, amount }) => ({
      kind: 'expire',
      ref: `grant:${id}`,
      movements: [{ debit: 'expired', credit: 'available', amount }],
    })),
  );
}

function payDebt(block: Block): void {
  const amount = Math.min(debt(block), available(block));
  if (amount === 0) return;
  takeOut(block, new Purse(block).take(amount));
  post(block, [{ kind: 'repay', ref: 'debt', movements: [{ debit: 'debt', credit: 'available', amount }] }]);
}

/** Overage is lent to one hold only: what the hold did not use is not granted any more. */
export function returnOverage(block: Block): void {
  const unused = block.store.exec<{ id: number; amount: number }>(
    `SELECT id, remaining - held AS amount FROM "grant" WHERE source = 'overage' AND remaining > held`,
  );
  const amount = unused.reduce((sum, part) => sum + part.amount, 0);
  if (amount === 0) return;
  takeOut(
    block,
    unused.map(({ id, amount: part }) => [id, part]),
  );
  post(block, [
    { kind: 'overage', ref: 'unused', movements: [{ debit: 'granted', credit: 'available', amount }] },
  ]);
}
