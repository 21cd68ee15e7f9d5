import type { SqlRow } from '@uxflow/flow/sync/server';
import type { Balance } from '../credits/account.rpc.ts';

/** What may differ; the first four are of the projection and are mended. */
export const DRIFT_KINDS = [
  'row_missing',
  'row_altered',
  'row_foreign',
  'sums_wrong',
  'balance',
  'usage_cost',
  'payment_without_grant',
  'grant_without_payment',
  'payment_amount',
  'meter',
] as const;

export interface Drift {
  kind: (typeof DRIFT_KINDS)[number];
  /** What differs, e.g. `entry 17`. */
  subject: string;
  expected: string;
  found: string;
  repaired: boolean;
}

/** The streams of the ledger that are kept in D1 too. */
export const STREAMS = ['entry', 'usage'] as const;
export type Stream = (typeof STREAMS)[number];

/** A row as the ledger sends it and as D1 has it, under the same names. */
export type Row = SqlRow & { seq: number };

/** Where a ledger stands, read at one moment. `last` are the highest numbers of its streams. */
export interface Position {
  last: Record<Stream, number>;
  balance: Balance;
}

/** The ledger of a workspace: the authority. */
export interface LedgerPort {
  position(): Promise<Position>;
  /** Brings D1 up to at least where the ledger stands now. */
  flush(): Promise<void>;
  /** Rows with numbers above `after`, in order. */
  rows(stream: Stream, after: number, limit: number): Promise<Row[]>;
  /** Sends everything above `after` once more; what is there already stays as it is. */
  redeliver(stream: Stream, after: number): Promise<void>;
  /** Micro-credits of overage of runs that ended in [from, to), ms. */
  overage(from: number, to: number): Promise<number>;
}

/** What D1 has of the ledger. */
export interface ProjectionPort {
  /** Of rows up to `last`: how many, and the balance or cost that they add up to; and how many lie beyond. */
  entries(last: number): Promise<{ rows: number; beyond: number; balance: Balance }>;
  usage(last: number): Promise<{ rows: number; beyond: number; cost: number }>;
  rows(stream: Stream, after: number, limit: number): Promise<Row[]>;
  remove(stream: Stream, seqs: readonly number[]): Promise<void>;
  /** Whether the daily sums are what the rows add up to. */
  sumsAreRight(stream: Stream): Promise<boolean>;
  rebuildSums(stream: Stream): Promise<void>;
  /** Up to where rows have been compared one by one. */
  checkedUpTo(stream: Stream): Promise<number>;
  setCheckedUpTo(stream: Stream, seq: number): Promise<void>;
  /** Credits granted by purchases since `since` (ms), by payment. */
  purchases(since: number): Promise<Grant[]>;
}

export interface Grant {
  paymentIntent: string;
  /** Micro-credits. */
  amount: number;
}

export interface Payment {
  paymentIntent: string;
  /** Micro-credits that it bought. */
  credits: number;
  /** Milliseconds since the epoch. */
  createdAt: number;
}

/** Paid purchases of credits, as Stripe knows them. */
export interface PaymentsPort {
  /** Made at `since` (ms) or later. */
  paid(since: number): Promise<Payment[]>;
  /** Null when Stripe knows no such payment, or it is not a paid purchase of this workspace. */
  find(paymentIntent: string): Promise<Payment | null>;
  /** What the meter has counted for this workspace in [from, to), ms: whole UTC days. */
  metered(from: number, to: number): Promise<number>;
}
