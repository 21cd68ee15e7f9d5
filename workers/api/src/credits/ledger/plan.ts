import type { RenewInput } from '../account.rpc.ts';
import type { Block } from './block.ts';
import { badNumber } from './checks.ts';
import { insertGrant } from './grant-rows.ts';
import { addGrant, type Granted, once, PRIORITY } from './grants.ts';
import { post } from './journal.ts';
import { tidy } from './tidy.ts';

/** Periods this near to each other (ms) follow each other; after a longer pause nothing rolls over. */
const SEAM = 86_400_000;

/**
 * Adds the credits of a plan's new period, once per key, and rolls over what is left of the period before, up to the
 * cap, also what has expired meanwhile, because the news of a renewal comes late. What is not rolled over keeps its own
 * expiry, and credits that did not come with the plan are never touched. A period that has ended already (its news was
 * late) is rolled on into the ones after it, so the order in which renewals arrive makes no difference.
 */
export function renewPlan(block: Block, input: RenewInput): Granted {
  const { key, amount, periodStart, periodEnd, rolloverCap, paymentIntent } = input;
  const asked = ['renew', amount, periodStart ?? null, periodEnd, rolloverCap, paymentIntent ?? null];
  return once(block, { key, asked }, () => {
    const bad = badNumber([
      ['amount', amount, 1],
      ['periodStart', periodStart ?? 0, 0],
      ['periodEnd', periodEnd, (periodStart ?? 0) + 1],
      ['rolloverCap', rolloverCap, 0],
    ]);
    if (bad) return bad;
    const added = addGrant(block, {
      key,
      source: 'plan',
      priority: PRIORITY.plan,
      amount,
      expiresAt: periodEnd,
      ...(paymentIntent !== undefined && { paymentIntent }),
    });
    if ('ok' in added) return added;
    block.store.exec(
      `INSERT INTO plan_period (ends, starts, cap, rolled) VALUES (?, ?, ?, 0)
       ON CONFLICT (ends) DO UPDATE SET cap = MAX(cap, excluded.cap), starts = COALESCE(starts, excluded.starts)`,
      periodEnd,
      periodStart ?? null,
      rolloverCap,
    );
    rollOverFrom(block, periodEnd);
    return added;
  });
}

interface Period {
  ends: number;
  starts: number | null;
  cap: number;
  rolled: number;
}

/** Rolls over into the period that ends at `ends`, from it into the next, and so on. */
function rollOverFrom(block: Block, ends: number): void {
  const periods = block.store.exec<Period & Record<string, number | null>>(
    `SELECT ends, starts, cap, rolled FROM plan_period
     WHERE ends >= COALESCE((SELECT MAX(ends) FROM plan_period WHERE ends < ?), ?) ORDER BY ends`,
    ends,
    ends,
  );
  periods.forEach((to, i) => {
    const from = periods[i - 1];
    tidy(block);
    if (from && (to.starts === null || to.starts - from.ends <= SEAM)) rollOver(block, from, to);
  });
}

function rollOver(block: Block, from: Period, to: Period): void {
  const grants = block.store.exec<{ id: number; free: number; lost: number }>(
    `SELECT id, remaining - held AS free, lost FROM "grant"
     WHERE source = 'plan' AND expires_at = ? AND (remaining > held OR lost > 0) ORDER BY id`,
    from.ends,
  );
  let room = to.cap - to.rolled;
  let [free, lost] = [0, 0];
  const parts = grants.map((grant) => {
    const ofFree = Math.min(room, grant.free);
    const ofLost = Math.min(room - ofFree, grant.lost);
    room -= ofFree + ofLost;
    free += ofFree;
    lost += ofLost;
    return [grant.id, ofFree, ofLost];
  });
  const amount = free + lost;
  if (amount === 0) return;
  block.store.exec(
    `UPDATE "grant" SET remaining = remaining - part.free, lost = "grant".lost - part.lost
     FROM (SELECT value ->> 0 AS id, value ->> 1 AS free, value ->> 2 AS lost FROM json_each(?)) AS part
     WHERE "grant".id = part.id`,
    JSON.stringify(parts),
  );
  insertGrant(block, {
    source: 'plan',
    priority: PRIORITY.plan,
    amount,
    expiresAt: to.ends,
    note: 'rolled over',
  });
  block.store.exec('UPDATE plan_period SET rolled = rolled + ? WHERE ends = ?', amount, to.ends);
  post(block, [
    {
      kind: 'rollover',
      ref: `period:${to.ends}`,
      movements: [
        { debit: 'expired', credit: 'available', amount: free },
        { debit: 'available', credit: 'expired', amount },
      ],
    },
  ]);
}
