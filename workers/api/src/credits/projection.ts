import { logEvent } from '../platform/logging.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { EntryRow, Projected, UsageRow } from './ledger/outbox.ts';
import { rollUp } from './rollups.ts';

/** Rows in one statement. They travel as one JSON parameter, because D1 binds 100 parameters at most. */
const BATCH = 500;

const ENTRY_COLUMNS = [
  'seq',
  'id',
  'kind',
  'ref',
  'debit',
  'credit',
  'amount',
  'at',
  'source',
  'payment_intent',
] as const satisfies (keyof EntryRow)[];
const USAGE_COLUMNS = [
  'seq',
  'run_id',
  'flow_id',
  'key_id',
  'user_id',
  'tenant_id',
  'agent',
  'model',
  'input_tokens',
  'cached_tokens',
  'output_tokens',
  'cost',
  'latency',
  'outcome',
  'at',
] as const satisfies (keyof UsageRow)[];

/** Where each stream goes in D1, and its columns. */
export const TARGETS = {
  entry: { table: 'ledger_entry', columns: ENTRY_COLUMNS },
  usage: { table: 'usage_event', columns: USAGE_COLUMNS },
} as const satisfies Record<Projected, { table: string; columns: readonly string[] }>;

const PROJECTED = Object.keys(TARGETS) as Projected[];

/**
 * Brings everything pending in the outbox to D1, in order and each row once: rows are numbered, so one that has arrived
 * already is passed over. When D1 knows less than it once confirmed (restored from a backup), the rest is sent again.
 * @returns false when D1 could not be reached; the outbox then tries again later, by alarm.
 */
export async function deliver(ledger: Ledger, db: D1Database, workspaceId: string): Promise<boolean> {
  let complete = true;
  for (const stream of PROJECTED) {
    try {
      await deliverStream(ledger, db, workspaceId, stream);
    } catch (error) {
      ledger.markFailed(stream);
      complete = false;
      logEvent('error', 'ledger_projection_failed', { workspaceId, stream, error: String(error) });
    }
  }
  return complete;
}

async function deliverStream(
  ledger: Ledger,
  db: D1Database,
  workspaceId: string,
  stream: Projected,
): Promise<void> {
  const { table, columns } = TARGETS[stream];
  const last = await db
    .prepare(`SELECT MAX(seq) AS seq FROM ${table} WHERE workspace_id = ?`)
    .bind(workspaceId)
    .first<number>('seq');
  if ((last ?? 0) < ledger.deliveredUpTo(stream)) ledger.rewind(stream, last ?? 0);
  const insert = db.prepare(
    `INSERT INTO ${table} (workspace_id, ${columns.join(', ')})
     SELECT ?, ${columns.map((_, i) => `value ->> ${i}`).join(', ')} FROM json_each(?) WHERE true
     ON CONFLICT (workspace_id, seq) DO NOTHING`,
  );
  for (;;) {
    const rows: (EntryRow | UsageRow)[] = ledger.pending(stream, BATCH);
    const newest = rows.at(-1);
    if (!newest) return;
    const values = JSON.stringify(rows.map((row) => columns.map((name) => row[name] ?? null)));
    await db.batch([insert.bind(workspaceId, values), ...rollUp(db, workspaceId, stream)]);
    ledger.markDelivered(stream, newest.seq);
  }
}
