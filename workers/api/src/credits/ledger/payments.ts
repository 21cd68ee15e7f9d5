import type { GrantInput, ReverseInput } from '../account.rpc.ts';
import type { Outcome } from '../../platform/errors.ts';
import { record } from './audit.ts';
import type { Block } from './block.ts';
import { badNumber } from './checks.ts';
import { insertGrant } from './grant-rows.ts';
import { refuse } from './idempotency.ts';
import { available, debt, post } from './journal.ts';
import { Purse, takeOut } from './purse.ts';
import { tidy } from './tidy.ts';

export type Reversed = Outcome<{ clawedBack: number; debt: number; available: number }>;

/**
 * Moves what is clawed back of a payment to `target`, computed from the payment's present state, so that repeats and any
 * order of refunds and disputes end alike. A target above what the payment has granted takes all of it, and what it
 * grants later too, up to the target.
 *
 * Taken are, in this order: what is free of the payment's own grants, then every other free credit in burn order, and
 * the rest becomes debt, which whatever gets free or is granted next pays first. Other credits are taken rather than
 * left beside a debt, so that nobody runs on what he has had his money back for.
 */
export function reverse(block: Block, { paymentIntent, target, reason }: ReverseInput): Reversed {
  if (paymentIntent === '') return refuse('invalid_request', 'paymentIntent must not be empty.');
  const bad = badNumber([['target', target, 0]]);
  if (bad) return bad;
  const before = paymentOf(block, paymentIntent);
  const clawedBack = move(block, paymentIntent, { ...before, target });
  if (target !== before.target) {
    record(block, {
      action: 'credits.reversed',
      target: paymentIntent,
      detail: { target, clawedBack, reason },
    });
  }
  tidy(block);
  return { ok: true, clawedBack, debt: debt(block), available: available(block) };
}

/** Notes that a payment has granted `amount` more; what was to be clawed back of it already is taken at once. */
export function credited(block: Block, paymentIntent: string, amount: number): void {
  const before = paymentOf(block, paymentIntent);
  move(block, paymentIntent, { ...before, granted: before.granted + amount });
}

interface Payment {
  granted: number;
  target: number;
  clawed: number;
}

function paymentOf(block: Block, paymentIntent: string): Payment {
  const [row] = block.store.exec<Payment & Record<string, number>>(
    'SELECT granted, target, clawed FROM payment WHERE payment_intent = ?',
    paymentIntent,
  );
  return row ?? { granted: 0, target: 0, clawed: 0 };
}

/** @returns what is clawed back of the payment now. */
function move(block: Block, paymentIntent: string, { granted, target, clawed }: Payment): number {
  const goal = Math.min(target, granted);
  block.store.exec(
    'INSERT OR REPLACE INTO payment (payment_intent, granted, target, clawed) VALUES (?, ?, ?, ?)',
    paymentIntent,
    granted,
    target,
    goal,
  );
  if (goal > clawed) takeBack(block, paymentIntent, goal - clawed);
  if (goal < clawed) giveBack(block, paymentIntent, clawed - goal);
  return goal;
}

function takeBack(block: Block, paymentIntent: string, amount: number): void {
  const purse = new Purse(block, paymentIntent);
  const taken = Math.min(amount, purse.available);
  takeOut(block, purse.take(taken));
  post(block, [
    {
      kind: 'reverse',
      ref: paymentIntent,
      movements: [
        { debit: 'clawed_back', credit: 'available', amount: taken },
        { debit: 'clawed_back', credit: 'debt', amount: amount - taken },
      ],
    },
  ]);
}

/** A grant like the payment's first, because what was taken may have come from others that are gone by now. */
function giveBack(block: Block, paymentIntent: string, amount: number): void {
  const [like] = block.store.exec<{
    source: GrantInput['source'];
    priority: number;
    expires_at: number | null;
  }>(
    'SELECT source, priority, expires_at FROM "grant" WHERE payment_intent = ? ORDER BY id LIMIT 1',
    paymentIntent,
  );
  if (!like) throw new Error(`The payment '${paymentIntent}' has granted nothing that could be given back`);
  const { source, priority, expires_at } = like;
  block.balance.filled = true;
  insertGrant(block, {
    source,
    priority,
    amount,
    paymentIntent,
    note: 'given back',
    ...(expires_at !== null && { expiresAt: expires_at }),
  });
  post(block, [
    {
      kind: 'reverse',
      ref: paymentIntent,
      movements: [{ debit: 'available', credit: 'clawed_back', amount }],
    },
  ]);
}
