import { AMOUNT, type Book, type Tally } from './job.ts';

/** Rows that are updated: a balance, the holds and a journal, in one transaction a call. */
export async function prepareD1(db: D1Database, amount: number): Promise<void> {
  await db.batch([
    db.prepare(
      'CREATE TABLE IF NOT EXISTS bench_account (id TEXT PRIMARY KEY, available INTEGER NOT NULL CHECK (available >= 0), held INTEGER NOT NULL, consumed INTEGER NOT NULL)',
    ),
    db.prepare(
      'CREATE TABLE IF NOT EXISTS bench_hold (id TEXT PRIMARY KEY, account TEXT NOT NULL, amount INTEGER NOT NULL, state TEXT NOT NULL)',
    ),
    db.prepare(
      'CREATE TABLE IF NOT EXISTS bench_entry (seq INTEGER PRIMARY KEY, hold TEXT NOT NULL, kind TEXT NOT NULL, amount INTEGER NOT NULL)',
    ),
    db.prepare("INSERT OR IGNORE INTO bench_account VALUES ('ws_0', ?, 0, 0)").bind(amount),
  ]);
}

/** Every statement is set-based; a batch is refused as a whole, by the check or the key of a hold. */
export function d1Book(db: D1Database): Book {
  return {
    hold: async (ids, workspace) => {
      const [list, sum] = [JSON.stringify(ids), ids.length * AMOUNT];
      await db.batch([
        db
          .prepare('UPDATE bench_account SET available = available - ?1, held = held + ?1 WHERE id = ?2')
          .bind(sum, workspace),
        db
          .prepare("INSERT INTO bench_hold SELECT value, ?, ?, 'open' FROM json_each(?)")
          .bind(workspace, AMOUNT, list),
        db
          .prepare("INSERT INTO bench_entry (hold, kind, amount) SELECT value, 'hold', ? FROM json_each(?)")
          .bind(AMOUNT, list),
      ]);
    },
    settle: async (ids, workspace) => {
      const list = JSON.stringify(ids);
      const open = "FROM bench_hold WHERE state = 'open' AND id IN (SELECT value FROM json_each(?))";
      const results = await db.batch([
        db
          .prepare(`INSERT INTO bench_entry (hold, kind, amount) SELECT id, 'settle', amount ${open}`)
          .bind(list),
        db
          .prepare(
            `UPDATE bench_account SET held = held - s.sum, consumed = consumed + s.sum
             FROM (SELECT COALESCE(SUM(amount), 0) AS sum ${open}) AS s WHERE id = ?`,
          )
          .bind(list, workspace),
        db
          .prepare(
            "UPDATE bench_hold SET state = 'settled' WHERE state = 'open' AND id IN (SELECT value FROM json_each(?))",
          )
          .bind(list),
      ]);
      if (results[2]?.meta.changes !== ids.length) throw new Error('a hold is not open');
    },
  };
}

/** What is stored, for the crash run. */
export async function tallyD1(db: D1Database): Promise<Tally> {
  const account = await db
    .prepare("SELECT available, held, consumed FROM bench_account WHERE id = 'ws_0'")
    .first<Omit<Tally, 'charged'>>();
  const { results } = await db
    .prepare("SELECT hold FROM bench_entry WHERE kind = 'settle'")
    .all<{ hold: string }>();
  if (!account) throw new Error('The account is gone');
  return { ...account, charged: results.map(({ hold }) => hold) };
}
