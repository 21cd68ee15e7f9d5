import type { Drift, LedgerPort, ProjectionPort, Row, Stream } from './ports.ts';

/** Rows read at a time. */
const PAGE = 5_000;
/** Foreign rows taken at one visit. */
const MOST_FOREIGN = 500;

/** Numbers of rows of D1 that are not what the ledger says. */
export interface Differences {
  missing: number[];
  altered: { seq: number; expected: Row; found: Row }[];
  foreign: Row[];
}

/** Compares rows one by one, with numbers in (after, upTo]. The ledger's have no gaps. */
export async function compareRows(
  ledger: LedgerPort,
  projection: ProjectionPort,
  stream: Stream,
  after: number,
  upTo: number,
): Promise<Differences> {
  const differences: Differences = { missing: [], altered: [], foreign: [] };
  for (let at = after; at < upTo;) {
    const limit = Math.min(PAGE, upTo - at);
    const [truth, copy] = await Promise.all([
      ledger.rows(stream, at, limit),
      projection.rows(stream, at, limit),
    ]);
    const copies = new Map(copy.map((row) => [row.seq, row]));
    for (const expected of truth) {
      const found = copies.get(expected.seq);
      if (!found) differences.missing.push(expected.seq);
      else if (!same(expected, found)) differences.altered.push({ seq: expected.seq, expected, found });
    }
    const newest = truth.at(-1)?.seq;
    if (newest === undefined) break;
    at = newest;
  }
  return differences;
}

/**
 * Rows of D1 with numbers that the ledger has never given out. It is asked for its newest number after D1 was read, so a
 * row that was delivered meanwhile is never taken for foreign. Numbers below 1 exist in no ledger.
 */
export async function foreignRows(
  ledger: LedgerPort,
  projection: ProjectionPort,
  stream: Stream,
  last: number,
): Promise<Row[]> {
  const [below, beyond] = await Promise.all([
    projection.rows(stream, Number.MIN_SAFE_INTEGER, MOST_FOREIGN),
    projection.rows(stream, last, MOST_FOREIGN),
  ]);
  const { last: newest } = await ledger.position();
  return [...below.filter(({ seq }) => seq < 1), ...beyond.filter(({ seq }) => seq > newest[stream])];
}

/** Every value that the ledger sends must stand in D1. */
function same(expected: Row, found: Row): boolean {
  return Object.entries(expected).every(([column, value]) => (found[column] ?? null) === (value ?? null));
}

/** Takes out of D1 what is wrong and lets the ledger send what is then missing. */
export async function mend(
  ledger: LedgerPort,
  projection: ProjectionPort,
  stream: Stream,
  { missing, altered, foreign }: Differences,
): Promise<void> {
  const wrong = [...altered, ...foreign].map(({ seq }) => seq);
  if (wrong.length > 0) await projection.remove(stream, wrong);
  const lacking = [...missing, ...altered.map(({ seq }) => seq)];
  // What a foreign row stood in the way of was passed over when it was sent.
  const first = Math.min(...lacking, ...foreign.map(({ seq }) => Math.max(1, seq)));
  await ledger.redeliver(stream, first - 1);
  await projection.rebuildSums(stream);
}

/** Neighbours that are missing are one drift. */
export function driftsOf(
  stream: Stream,
  { missing, altered, foreign }: Differences,
): Omit<Drift, 'repaired'>[] {
  const ranges: [first: number, last: number][] = [];
  for (const seq of missing) {
    const range = ranges.at(-1);
    if (range && range[1] === seq - 1) range[1] = seq;
    else ranges.push([seq, seq]);
  }
  return [
    ...ranges.map(([first, last]) => ({
      kind: 'row_missing' as const,
      subject: first === last ? `${stream} ${first}` : `${stream} ${first}-${last}`,
      expected: `${last - first + 1} rows`,
      found: '0 rows',
    })),
    ...altered.map(({ seq, expected, found }) => ({
      kind: 'row_altered' as const,
      subject: `${stream} ${seq}`,
      expected: JSON.stringify(differing(expected, found)),
      found: JSON.stringify(differing(found, expected)),
    })),
    ...foreign.map((row) => ({
      kind: 'row_foreign' as const,
      subject: `${stream} ${row.seq}`,
      expected: 'no row',
      found: JSON.stringify(row),
    })),
  ];
}

function differing(row: Row, other: Row): Partial<Row> {
  return Object.fromEntries(
    Object.entries(row).filter(([column, value]) => column in other && value !== other[column]),
  );
}
