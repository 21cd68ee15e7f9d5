import type { SqlRow, Store } from '@uxflow/flow/sync/server';
import type { Block } from './block.ts';

/**
 * What leaves the ledger, each numbered from 1 without gaps: journal lines; one usage event for each ended hold; events for
 * the workspace's webhook endpoints; overage to be billed; queued runs that have got their slot.
 */
export const STREAMS = ['entry', 'usage', 'event', 'meter', 'start'] as const;
export type Stream = (typeof STREAMS)[number];
/** Those that go to D1. */
export type Projected = 'entry' | 'usage';

/** New rows wait this long (ms) for company. */
const GATHER = 1_000;
const BACKOFF = { first: 1_000, most: 300_000 };

/** Notes that `stream` has something new. A delivery already due, or backing off, keeps its time. */
export function touch(block: Block, stream: Stream): void {
  block.store.exec(
    'UPDATE outbox SET due_at = COALESCE(due_at, ?) WHERE stream = ?',
    block.now + GATHER,
    stream,
  );
}

export interface JournalLine extends SqlRow {
  seq: number;
  id: string;
  kind: string;
  ref: string;
  debit: string;
  credit: string;
  amount: number;
  at: number;
}

export interface EntryRow extends JournalLine {
  /** Of a grant: where its credits came from, and by which payment. */
  source: string | null;
  payment_intent: string | null;
}

export interface UsageRow extends SqlRow {
  seq: number;
  run_id: string;
  flow_id: string;
  key_id: string;
  user_id: string | null;
  tenant_id: string | null;
  agent: string;
  model: string;
  input_tokens: number;
  cached_tokens: number;
  output_tokens: number;
  cost: number;
  latency: number;
  outcome: string;
  at: number;
}

export interface EventRow extends SqlRow {
  seq: number;
  type: string;
  /** JSON. */
  data: string;
  at: number;
}

/** `amount` micro-credits of overage that a run has used. */
export interface MeterRow extends SqlRow {
  seq: number;
  run_id: string;
  amount: number;
  at: number;
}

/** `run_id` waited in the queue and has a slot since `at`; its hold now lives until `expires_at`. */
export interface StartRow extends SqlRow {
  seq: number;
  run_id: string;
  expires_at: number;
  at: number;
}

/** Highest number of `stream` that has arrived. */
export function deliveredUpTo(store: Store, stream: Stream): number {
  return (
    store.exec<{ delivered: number }>('SELECT delivered FROM outbox WHERE stream = ?', stream)[0]
      ?.delivered ?? 0
  );
}

/** What one row of each stream is. */
export interface StreamRows {
  entry: EntryRow;
  usage: UsageRow;
  event: EventRow;
  meter: MeterRow;
  start: StartRow;
}

const SOURCES = {
  // Where a grant came from stands in the request that its key was first used for (`once`).
  entry: {
    table: 'entry',
    seq: 'seq',
    select: `seq, id, kind, ref, debit, credit, amount, at,
       CASE request ->> 0 WHEN 'renew' THEN 'plan' ELSE request ->> 0 END AS source,
       request ->> '$[#-1]' AS payment_intent
     FROM entry LEFT JOIN idem ON kind = 'grant' AND idem.key = 'grant:' || ref`,
  },
  usage: {
    table: 'hold',
    seq: 'ended_seq',
    select: `ended_seq AS seq, id AS run_id, flow_id, key_id, user_id, tenant_id, agent, model, input_tokens,
       cached_tokens, output_tokens, cost, latency, outcome, ended_at AS at FROM hold`,
  },
  event: { table: 'event', seq: 'seq', select: 'seq, type, data, at FROM event' },
  meter: { table: 'meter', seq: 'seq', select: 'seq, run_id, amount, at FROM meter' },
  start: { table: 'start', seq: 'seq', select: 'seq, run_id, expires_at, at FROM start' },
} as const satisfies Record<Stream, { table: string; seq: string; select: string }>;

/** The oldest undelivered rows of a stream, in order. */
export function pending<S extends Stream>(store: Store, stream: S, limit: number): StreamRows[S][] {
  return rowsAfter(store, stream, deliveredUpTo(store, stream), limit);
}

/** Rows of a stream as they are sent, numbered above `after`, delivered or not. */
export function rowsAfter<S extends Stream>(
  store: Store,
  stream: S,
  after: number,
  limit: number,
): StreamRows[S][] {
  const { seq, select } = SOURCES[stream];
  return store.exec<StreamRows[S]>(`SELECT ${select} WHERE ${seq} > ? ORDER BY ${seq} LIMIT ?`, after, limit);
}

/** The highest number that `stream` has given out; 0 before the first. */
export function highest(store: Store, stream: Stream): number {
  const { seq, table } = SOURCES[stream];
  return store.exec<{ seq: number | null }>(`SELECT MAX(${seq}) AS seq FROM ${table}`)[0]?.seq ?? 0;
}

/** Overage noted in [from, to). */
export function overageIn(store: Store, from: number, to: number): number {
  const sql = 'SELECT COALESCE(SUM(amount), 0) AS amount FROM meter WHERE at >= ? AND at < ?';
  return store.exec<{ amount: number }>(sql, from, to)[0]?.amount ?? 0;
}

/** The rows up to `seq` have arrived. Further ones are due at once. */
export function markDelivered(block: Block, stream: Stream, seq: number): void {
  block.store.exec(
    'UPDATE outbox SET delivered = MAX(delivered, ?), attempts = 0, due_at = ? WHERE stream = ?',
    seq,
    highest(block.store, stream) > seq ? block.now : null,
    stream,
  );
}

/** A delivery failed: try again later, each time twice as late, five minutes at most. */
export function markFailed(block: Block, stream: Stream): void {
  const [row] = block.store.exec<{ attempts: number }>(
    'SELECT attempts FROM outbox WHERE stream = ?',
    stream,
  );
  const attempts = row?.attempts ?? 0;
  const wait = Math.min(BACKOFF.most, BACKOFF.first * 2 ** Math.min(attempts, 20));
  block.store.exec(
    'UPDATE outbox SET attempts = ?, due_at = ? WHERE stream = ?',
    attempts + 1,
    block.now + wait,
    stream,
  );
}

/** The receiver has lost what came after `seq` (it was restored from a backup): everything after it is due again. */
export function rewind(block: Block, stream: Stream, seq: number): void {
  block.store.exec(
    'UPDATE outbox SET delivered = MIN(delivered, ?), due_at = ? WHERE stream = ?',
    seq,
    block.now,
    stream,
  );
}
