import type { Balance } from '../credits/account.rpc.ts';
import {
  type Drift,
  type LedgerPort,
  type Position,
  type ProjectionPort,
  STREAMS,
  type Stream,
} from './ports.ts';
import { compareRows, type Differences, driftsOf, foreignRows, mend } from './rows.ts';

/** Rows that are compared one by one at each visit although the sums are right, so that all get their turn. */
const SLICE = 2_000;

/**
 * Compares what D1 has of a workspace's ledger with the ledger, mends D1 and says what was wrong. Sums are compared each
 * time; where they differ all rows are, else the next few thousand.
 */
export async function reconcileProjection(ledger: LedgerPort, projection: ProjectionPort): Promise<Drift[]> {
  const drifts: Drift[] = [];
  // What is counted in the position has arrived after the flush; rows that came later lie beyond it.
  const before = await ledger.position();
  await ledger.flush();
  for (const stream of STREAMS) {
    const differences = await findDifferences(ledger, projection, stream, before);
    const found = driftsOf(stream, differences);
    if (found.length > 0) {
      await mend(ledger, projection, stream, differences);
      const left = await findDifferences(ledger, projection, stream, before, true);
      const still = new Set(driftsOf(stream, left).map(({ subject }) => subject));
      drifts.push(...found.map((drift) => ({ ...drift, repaired: !still.has(drift.subject) })));
    } else if (!(await projection.sumsAreRight(stream))) {
      await projection.rebuildSums(stream);
      drifts.push({
        kind: 'sums_wrong',
        subject: `${stream} by day`,
        expected: 'what the rows add up to',
        found: 'something else',
        repaired: await projection.sumsAreRight(stream),
      });
    }
  }
  return [...drifts, ...(await ledgerDrifts(projection, before))];
}

/** @param thorough compares all rows, whatever the sums say. */
async function findDifferences(
  ledger: LedgerPort,
  projection: ProjectionPort,
  stream: Stream,
  position: Position,
  thorough = false,
): Promise<Differences> {
  const last = position.last[stream];
  const sums = await readSums(projection, stream, position);
  const foreign = sums.beyond > 0 ? await foreignRows(ledger, projection, stream, last) : [];
  if (thorough || !sums.right) {
    return { ...(await compareRows(ledger, projection, stream, 0, last)), foreign };
  }
  const checked = await projection.checkedUpTo(stream);
  const from = checked >= last ? 0 : checked;
  const upTo = Math.min(last, from + SLICE);
  const differences = await compareRows(ledger, projection, stream, from, upTo);
  await projection.setCheckedUpTo(stream, upTo);
  return { ...differences, foreign };
}

async function readSums(
  projection: ProjectionPort,
  stream: Stream,
  { last, balance }: Position,
): Promise<{ rows: number; beyond: number; right: boolean }> {
  if (stream === 'entry') {
    const sums = await projection.entries(last.entry);
    return { ...sums, right: sums.rows === last.entry && sameBalance(sums.balance, balance) };
  }
  const sums = await projection.usage(last.usage);
  return { ...sums, right: sums.rows === last.usage && sums.cost === balance.consumed };
}

/** What is wrong although every row is as the ledger has it: then the ledger disagrees with itself. Never mended here. */
async function ledgerDrifts(projection: ProjectionPort, { last, balance }: Position): Promise<Drift[]> {
  const [entries, usage] = await Promise.all([projection.entries(last.entry), projection.usage(last.usage)]);
  const drifts: Drift[] = [];
  if (!sameBalance(entries.balance, balance)) {
    drifts.push({
      kind: 'balance',
      subject: 'fold of the journal',
      expected: JSON.stringify(balance),
      found: JSON.stringify(entries.balance),
      repaired: false,
    });
  }
  if (usage.cost !== balance.consumed) {
    drifts.push({
      kind: 'usage_cost',
      subject: 'costs of all runs',
      expected: String(balance.consumed),
      found: String(usage.cost),
      repaired: false,
    });
  }
  return drifts;
}

function sameBalance(a: Balance, b: Balance): boolean {
  const fields: (keyof Balance)[] = [
    'available',
    'held',
    'granted',
    'consumed',
    'expired',
    'clawedBack',
    'debt',
  ];
  return fields.every((field) => a[field] === b[field]);
}
