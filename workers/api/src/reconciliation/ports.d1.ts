import type { Balance } from '../credits/account.rpc.ts';
import { TARGETS } from '../credits/projection.ts';
import { rebuildRollup, rollupIsRight } from '../credits/rollups.ts';
import { cursors } from './cursors.ts';
import type { Grant, ProjectionPort, Row, Stream } from './ports.ts';

/** What an account has gained in the journal. */
const sum = (account: string) =>
  `COALESCE(SUM(amount * ((debit = '${account}') - (credit = '${account}'))), 0)`;

const FOLD = `SELECT COUNT(*) AS "rows",
  (SELECT COUNT(*) FROM ledger_entry WHERE workspace_id = ?1 AND (seq > ?2 OR seq < 1)) AS beyond,
  ${sum('available')} AS available, ${sum('held')} AS held, -${sum('granted')} AS granted,
  ${sum('consumed')} AS consumed, ${sum('expired')} AS expired, ${sum('clawed_back')} AS clawedBack,
  -${sum('debt')} AS debt
  FROM ledger_entry WHERE workspace_id = ?1 AND seq BETWEEN 1 AND ?2`;

const USAGE = `SELECT COUNT(*) AS "rows",
  (SELECT COUNT(*) FROM usage_event WHERE workspace_id = ?1 AND (seq > ?2 OR seq < 1)) AS beyond,
  COALESCE(SUM(cost), 0) AS cost
  FROM usage_event WHERE workspace_id = ?1 AND seq BETWEEN 1 AND ?2`;

/** What D1 has of one workspace's ledger. */
export function projectionOf(db: D1Database, workspaceId: string): ProjectionPort {
  const positions = cursors(db);
  const checked = (stream: Stream) => `reconciliation:${stream}:${workspaceId}`;
  const only = async <T>(sql: string, last: number): Promise<T> => {
    const row = await db.prepare(sql).bind(workspaceId, last).first<T>();
    if (!row) throw new Error('A sum without a row');
    return row;
  };
  return {
    entries: async (last) => {
      const { rows, beyond, ...balance } = await only<Balance & { rows: number; beyond: number }>(FOLD, last);
      return { rows, beyond, balance };
    },
    usage: (last) => only(USAGE, last),
    rows: async (stream, after, limit) => {
      const { table, columns } = TARGETS[stream];
      const { results } = await db
        .prepare(
          `SELECT ${columns.join(', ')} FROM ${table} WHERE workspace_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
        )
        .bind(workspaceId, after, limit)
        .all<Row>();
      return results;
    },
    remove: async (stream, seqs) => {
      await db
        .prepare(
          `DELETE FROM ${TARGETS[stream].table} WHERE workspace_id = ? AND seq IN (SELECT value FROM json_each(?))`,
        )
        .bind(workspaceId, JSON.stringify(seqs))
        .run();
    },
    sumsAreRight: (stream) => rollupIsRight(db, workspaceId, stream),
    rebuildSums: (stream) => rebuildRollup(db, workspaceId, stream),
    checkedUpTo: async (stream) => Number((await positions.read(checked(stream))) ?? 0),
    setCheckedUpTo: (stream, seq) => positions.write(checked(stream), String(seq)),
    purchases: async (since) => {
      const { results } = await db
        .prepare(
          `SELECT payment_intent AS paymentIntent, SUM(amount) AS amount FROM ledger_entry
           WHERE workspace_id = ? AND kind = 'grant' AND source = 'purchase' AND payment_intent IS NOT NULL AND at >= ?
           GROUP BY payment_intent`,
        )
        .bind(workspaceId, since)
        .all<Grant & Record<string, unknown>>();
      return results.map(({ paymentIntent, amount }) => ({ paymentIntent, amount }));
    },
  };
}
