import type { Balance, LedgerEntry } from '../account.rpc.ts';
import type { Block } from './block.ts';
import { type Per, spentIn, windowKey, windowOf } from './budgets.ts';
import type { JournalLine } from './outbox.ts';
import type { Account } from './schema.ts';

/** granted + debt = available + held + consumed + expired + clawedBack. */
export function balance(block: Block): Balance {
  const rows = block.store.exec<{ name: Account; balance: number }>('SELECT name, balance FROM account');
  const of = new Map(rows.map((row) => [row.name, row.balance]));
  const debit = (name: Account) => of.get(name) ?? 0;
  // Sources have balances ≤ 0; 0 − x, because −x would turn 0 into −0.
  const credit = (name: Account) => 0 - debit(name);
  return {
    available: debit('available'),
    held: debit('held'),
    granted: credit('granted'),
    consumed: debit('consumed'),
    expired: debit('expired'),
    clawedBack: debit('clawed_back'),
    debt: credit('debt'),
  };
}

/** Newest first. The cursor is the journal number from which the next page goes back. */
export function entries(
  block: Block,
  input: { cursor?: string; limit: number },
): { data: LedgerEntry[]; nextCursor: string | null } {
  const before = input.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(input.cursor);
  if (!Number.isSafeInteger(before)) return { data: [], nextCursor: null };
  // An entry has two lines at most; one line more shows whether there is a next page.
  const lines = block.store.exec<JournalLine & { kind: LedgerEntry['kind'] }>(
    'SELECT seq, id, kind, ref, debit, credit, amount, at FROM entry WHERE seq < ? ORDER BY seq DESC LIMIT ?',
    before,
    2 * input.limit + 1,
  );
  const data: LedgerEntry[] = [];
  let oldest = before;
  for (const line of lines) {
    let entry = data.at(-1);
    if (entry?.id !== line.id) {
      if (data.length === input.limit) return { data, nextCursor: String(oldest) };
      const { id, kind, ref, at } = line;
      entry = { id, kind, amount: 0, held: 0, ref, at: new Date(at).toISOString() };
      data.push(entry);
    }
    oldest = line.seq;
    entry.amount += signed(line, 'available');
    entry.held += signed(line, 'held');
  }
  return { data, nextCursor: null };
}

function signed({ debit, credit, amount }: JournalLine, account: Account): number {
  if (debit === account) return amount;
  return credit === account ? -amount : 0;
}

/** What is left of `limit` for one scope (`user:<id>`) in the present window. Times: ms. */
export function budget(block: Block, { scope, limit, per }: { scope: string; limit: number; per: Per }) {
  const window = { scope, per, ...windowOf(per, block.now) };
  const { used, held } = spentIn(block, [window]).get(windowKey(window)) ?? { used: 0, held: 0 };
  return { limit, used, held, remaining: Math.max(0, limit - used - held), resetsAt: window.ends };
}
