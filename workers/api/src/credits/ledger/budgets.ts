import type { Block } from './block.ts';

export type Per = 'day' | 'month';
export interface Window {
  scope: string;
  per: Per;
  start: number;
  ends: number;
}

const DAY = 86_400_000;

/** The UTC day or calendar month that `at` (ms) falls in: [start, ends). */
export function windowOf(per: Per, at: number): { start: number; ends: number } {
  if (per === 'day') {
    const start = Math.floor(at / DAY) * DAY;
    return { start, ends: start + DAY };
  }
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { start: Date.UTC(year, month, 1), ends: Date.UTC(year, month + 1, 1) };
}

/**
 * The windows that a hold made at `createdAt` counts in. Every end user is counted by day and by month, budget or not,
 * so that a budget given later finds what was spent before. The window of the hold stays its window when it ends.
 */
export function windowsOf(hold: { userId: string | null; createdAt: number }): Window[] {
  if (hold.userId === null) return [];
  const scope = `user:${hold.userId}`;
  return (['day', 'month'] as const).map((per) => ({ scope, per, ...windowOf(per, hold.createdAt) }));
}

export interface Spent {
  used: number;
  held: number;
}

/** Finds what windows have spent, in one query; a window nobody has touched has spent nothing. */
export function spentIn(block: Block, windows: readonly Window[]): Map<string, Spent> {
  if (windows.length === 0) return new Map();
  const rows = block.store.exec<{ scope: string; per: Per; start: number; used: number; held: number }>(
    `SELECT b.scope, b.per, b.start, b.used, b.held
     FROM (SELECT DISTINCT value ->> 0 AS scope, value ->> 1 AS per, value ->> 2 AS start FROM json_each(?)) AS w
     CROSS JOIN budget AS b ON b.scope = w.scope AND b.per = w.per AND b.start = w.start`,
    JSON.stringify(windows.map(({ scope, per, start }) => [scope, per, start])),
  );
  return new Map(rows.map((row) => [windowKey(row), { used: row.used, held: row.held }]));
}

export function windowKey({ scope, per, start }: { scope: string; per: Per; start: number }): string {
  return `${per} ${start} ${scope}`;
}

/** Adds to what windows hold and have used. */
export function spend(block: Block, changes: readonly (Window & Spent)[]): void {
  const sums = new Map<string, Window & Spent>();
  for (const change of changes) {
    const sum = sums.get(windowKey(change));
    if (!sum) sums.set(windowKey(change), { ...change });
    else {
      sum.held += change.held;
      sum.used += change.used;
    }
  }
  if (sums.size === 0) return;
  const rows = JSON.stringify(
    [...sums.values()].map((s) => [s.scope, s.per, s.start, s.ends, s.held, s.used]),
  );
  // Two steps, because a row's CHECK is tested on the values to insert before the conflict is seen.
  block.store.exec(
    `INSERT INTO budget (scope, per, start, ends, held, used)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, 0, 0 FROM json_each(?)
     WHERE true ON CONFLICT DO NOTHING`,
    rows,
  );
  block.store.exec(
    `UPDATE budget SET held = budget.held + c.held, used = budget.used + c.used
     FROM (SELECT value ->> 0 AS scope, value ->> 1 AS per, value ->> 2 AS start, value ->> 4 AS held, value ->> 5 AS used
           FROM json_each(?)) AS c
     WHERE budget.scope = c.scope AND budget.per = c.per AND budget.start = c.start`,
    rows,
  );
}

/** Forgets windows that have ended and hold nothing; the figures of the past are in the usage events. */
export function forgetEndedWindows(block: Block): void {
  block.store.exec('DELETE FROM budget WHERE held = 0 AND ends <= ?', block.now);
}
