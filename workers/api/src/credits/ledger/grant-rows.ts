import type { GrantInput } from '../account.rpc.ts';
import type { Block } from './block.ts';

/** Writes the row of a new grant; the journal is the caller's. */
export function insertGrant(block: Block, input: Omit<GrantInput, 'key'> & { priority: number }): void {
  const { source, priority, amount, expiresAt, note, paymentIntent } = input;
  block.store.exec(
    `INSERT INTO "grant" (source, priority, amount, remaining, held, expires_at, note, payment_intent, created_at)
     VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?)`,
    source,
    priority,
    amount,
    amount,
    expiresAt ?? null,
    note ?? null,
    paymentIntent ?? null,
    block.now,
  );
}
