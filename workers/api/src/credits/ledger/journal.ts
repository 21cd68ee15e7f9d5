import type { LedgerEntry } from '../account.rpc.ts';
import type { Block } from './block.ts';
import { touch } from './outbox.ts';
import type { Account } from './schema.ts';

type EntryKind = LedgerEntry['kind'];

/** One movement of credits out of `credit` into `debit`. */
interface Movement {
  debit: Account;
  credit: Account;
  amount: number;
}

/** One entry of the journal: up to two movements that belong together. */
export interface Posting {
  kind: EntryKind;
  ref: string;
  movements: Movement[];
}

/** Appends entries and moves the account balances with them. Movements of 0 are left out. Answers the entries' ids. */
export function post(block: Block, postings: readonly Posting[]): string[] {
  const ids: string[] = [];
  const lines: (string | number)[][] = [];
  const deltas = new Map<Account, number>();
  for (const { kind, ref, movements } of postings) {
    const id = block.ports.newId('ent');
    ids.push(id);
    for (const { debit, credit, amount } of movements) {
      if (amount === 0) continue;
      lines.push([id, kind, ref, debit, credit, amount]);
      deltas.set(debit, (deltas.get(debit) ?? 0) + amount);
      deltas.set(credit, (deltas.get(credit) ?? 0) - amount);
    }
  }
  if (lines.length === 0) return ids;
  block.balance.moved = true;
  block.store.exec(
    `INSERT INTO entry (id, kind, ref, debit, credit, amount, at)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, ?
     FROM json_each(?) ORDER BY key`,
    block.now,
    JSON.stringify(lines),
  );
  block.store.exec(
    `UPDATE account SET balance = balance + delta.amount
     FROM (SELECT value ->> 0 AS name, value ->> 1 AS amount FROM json_each(?)) AS delta WHERE account.name = delta.name`,
    JSON.stringify([...deltas]),
  );
  touch(block, 'entry');
  return ids;
}

export function available(block: Block): number {
  return balanceOf(block, 'available');
}

/** What is owed: a clawback took back more than was left. */
export function debt(block: Block): number {
  return 0 - balanceOf(block, 'debt');
}

/** Sources (`granted`, `debt`) have balances ≤ 0. */
export function balanceOf(block: Block, account: Account): number {
  const [row] = block.store.exec<{ balance: number }>('SELECT balance FROM account WHERE name = ?', account);
  return row?.balance ?? 0;
}
