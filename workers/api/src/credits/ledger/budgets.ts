import type { Block } from './block.ts';

export type Per = 'day' | 'month';
export const SCOPES = ['key', 'user', 'tenant', 'agent'] as const;
export type Scope = (typeof SCOPES)[number];

/** Whom a hold is counted for, and since when. */
export interface Counted {
  keyId: string;
  userId: string | null;
  tenantId: string | null;
  agent: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
}

/** A stretch of time in which one key, user, tenant or agent is counted: `scope` is e.g. `user:ann`. */
export interface Window {
  scope: string;
  per: Per | 'period';
  start: number;
  ends: number;
}

const DAY = 86_400_000;

/** The UTC day or calendar month that `at` (ms) falls in: [start, ends). */
export function windowOf(per: Per, at: number): { start: number; ends: number } {
  const start = Math.floor(at / DAY) * DAY;
  return per === 'day' ? { start, ends: start + DAY } : monthOf(start);
}

let lastMonth = { start: 0, ends: 0 };

/** Remembers the last answer, because nearly all questions are about the present month. */
function monthOf(at: number): { start: number; ends: number } {
  if (lastMonth.start <= at && at < lastMonth.ends) return lastMonth;
  const date = new Date(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return (lastMonth = { start: Date.UTC(year, month, 1), ends: Date.UTC(year, month + 1, 1) });
}

/**
 * The windows that a hold counts in: its key, user, tenant and agent, each by day and by month, budget or not, so that a
 * budget given later finds what was spent before. The window of the hold stays its window when it ends.
 */
export function windowsOf({ keyId, userId, tenantId, agent, createdAt }: Counted): (Window & { per: Per })[] {
  const [day, month] = [windowOf('day', createdAt), windowOf('month', createdAt)];
  const ids = { key: keyId, user: userId, tenant: tenantId, agent } satisfies Record<Scope, string | null>;
  const windows: (Window & { per: Per })[] = [];
  for (const kind of SCOPES) {
    if (ids[kind] === null) continue;
    const scope = `${kind}:${ids[kind]}`;
    windows.push({ scope, per: 'day', start: day.start, ends: day.ends });
    windows.push({ scope, per: 'month', start: month.start, ends: month.ends });
  }
  return windows;
}

export interface Spent {
  used: number;
  held: number;
}
/** `announced`: per cent of the limit that an event has told of. */
export type Counter = Spent & { announced: number };

/** Finds what windows have spent, in one query; a window nobody has touched has spent nothing. */
export function spentIn(block: Block, windows: readonly Window[]): Map<string, Counter> {
  if (windows.length === 0) return new Map();
  const distinct = new Map(windows.map((w) => [windowKey(w), [w.scope, w.per, w.start]]));
  const rows = block.store.exec<{
    scope: string;
    per: Per;
    start: number;
    used: number;
    held: number;
    announced: number;
  }>(
    `SELECT b.scope, b.per, b.start, b.used, b.held, b.announced
     FROM (SELECT value ->> 0 AS scope, value ->> 1 AS per, value ->> 2 AS start FROM json_each(?)) AS w
     CROSS JOIN budget AS b ON b.scope = w.scope AND b.per = w.per AND b.start = w.start`,
    JSON.stringify([...distinct.values()]),
  );
  return new Map(
    rows.map((row) => [windowKey(row), { used: row.used, held: row.held, announced: row.announced }]),
  );
}

export function windowKey({ scope, per, start }: { scope: string; per: string; start: number }): string {
  return `${per} ${start} ${scope}`;
}

/** Adds to what windows hold and have used. */
export function spend(block: Block, changes: readonly (Window & Spent)[]): void {
  const sums = new Map<string, Window & Spent>();
  for (const change of changes) {
    const key = windowKey(change);
    const sum = sums.get(key);
    if (!sum) sums.set(key, { ...change });
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

/** Forgets windows that have ended and hold nothing; the figures of the past are in the usage events. Overage stays. */
export function forgetEndedWindows(block: Block): void {
  block.store.exec(`DELETE FROM budget WHERE held = 0 AND ends <= ? AND per <> 'period'`, block.now);
}
