import type { LedgerEvent } from '../account.rpc.ts';
import type { Block } from './block.ts';
import { type Counter, spentIn, windowKey } from './budgets.ts';
import type { Limited } from './limits.ts';
import { touch } from './outbox.ts';

/** Per cent used at which an event tells of it, each once per window. */
const [LOW, EXHAUSTED] = [80, 100];

/** Appends events for the workspace's webhook endpoints. */
export function emit(block: Block, events: readonly LedgerEvent[]): void {
  if (events.length === 0) return;
  block.store.exec(
    `INSERT INTO event (type, data, at) SELECT value ->> 0, value ->> 1, ? FROM json_each(?) ORDER BY key`,
    block.now,
    JSON.stringify(events.map(({ type, data }) => [type, JSON.stringify(data)])),
  );
  touch(block, 'event');
}

/**
 * Tells of budgets that are used up to 80 % or whole. A budget that has refused a run counts as used up when 80 % are
 * used: what is left is too little to run.
 */
export function announceBudgets(block: Block, limited: readonly Limited[], refused: boolean): void {
  if (limited.length === 0) return;
  const spent = spentIn(block, limited);
  const news: { window: Limited; counter: Counter; percent: number }[] = [];
  for (const window of lowest(limited)) {
    const counter = spent.get(windowKey(window)) ?? { used: 0, held: 0, announced: 0 };
    const percent = percentUsed(counter.used, window.limit, refused);
    if (percent > counter.announced) news.push({ window, counter, percent });
  }
  if (news.length === 0) return;
  const rows = JSON.stringify(
    news.map(({ window: w, percent }) => [w.scope, w.per, w.start, w.ends, percent]),
  );
  block.store.exec(
    `INSERT INTO budget (scope, per, start, ends, held, used, announced)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, 0, 0, value ->> 4 FROM json_each(?)
     WHERE true ON CONFLICT DO UPDATE SET announced = excluded.announced`,
    rows,
  );
  emit(
    block,
    news.map(({ window: { scope, per, limit, ends }, counter: { used, held }, percent }) => ({
      type: typeOf(percent),
      data: {
        available: Math.max(0, limit - used - held),
        percentUsed: percent,
        budget: scope,
        per,
        limit,
        used,
        resetsAt: new Date(ends).toISOString(),
      },
    })),
  );
}

/** Each window once, with the lowest of its limits. */
function lowest(limited: readonly Limited[]): Iterable<Limited> {
  const windows = new Map<string, Limited>();
  for (const window of limited) {
    const known = windows.get(windowKey(window));
    if (!known || window.limit < known.limit) windows.set(windowKey(window), window);
  }
  return windows.values();
}

/**
 * Tells when the balance is used up to 80 % or whole, of what there was after credits last came in. What is held still
 * counts as there, overage does not. To be called last in a block.
 */
export function announceBalance(block: Block): void {
  const { moved, filled, refused } = block.balance;
  if (!moved && !refused) return;
  const [row] = block.store.exec<{ available: number; held: number; level: number; announced: number }>(
    `SELECT (SELECT balance FROM account WHERE name = 'available') AS available,
       (SELECT balance FROM account WHERE name = 'held')
         - (SELECT COALESCE(SUM(overage), 0) FROM hold WHERE state = 'open' AND overage > 0) AS held,
       level, announced FROM tank`,
  );
  if (!row) throw new Error('The ledger has no tank');
  const { available, held, announced } = row;
  const left = available + held;
  if (filled) {
    block.store.exec('UPDATE tank SET level = ?, announced = 0', left);
    return;
  }
  const percent = percentUsed(row.level - left, row.level, refused);
  if (row.level === 0 || percent <= announced) return;
  block.store.exec('UPDATE tank SET announced = ?', percent);
  emit(block, [{ type: typeOf(percent), data: { available, percentUsed: percent } }]);
}

function typeOf(percent: number): 'credits.low' | 'credits.exhausted' {
  return percent === EXHAUSTED ? 'credits.exhausted' : 'credits.low';
}

function percentUsed(used: number, limit: number, refused: boolean): number {
  // Amounts are up to 4.5e15, so a fifth is compared, and no product overflows the safe integers.
  if (limit - used > Math.floor(limit / 5)) return 0;
  return refused || used >= limit ? EXHAUSTED : LOW;
}
