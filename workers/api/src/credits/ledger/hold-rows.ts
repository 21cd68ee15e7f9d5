import type { RunUsage } from '../account.rpc.ts';
import { announceBudgets } from './alerts.ts';
import type { Asking } from './admission.ts';
import type { Block } from './block.ts';
import { type Per, spend, windowsOf } from './budgets.ts';
import { post } from './journal.ts';
import { Limits } from './limits.ts';
import { touch } from './outbox.ts';
import { BURN_ORDER } from './purse.ts';
import { returnOverage } from './tidy.ts';

/** A hold as it stands. */
export interface HoldRow extends Asking {
  amount: number;
  state: string;
  maxCredits: number;
}
export interface Ending {
  hold: HoldRow;
  usage: RunUsage;
}

export function loadHolds(block: Block, ids: readonly string[]): Map<string, HoldRow> {
  const rows = block.store.exec<{
    id: string;
    amount: number;
    state: string;
    max_credits: number | null;
    key_id: string;
    user_id: string | null;
    tenant_id: string | null;
    agent: string;
    created_at: number;
    budget_credits: number | null;
    budget_per: Per | null;
    overage: number;
    overage_start: number | null;
  }>(
    `SELECT id, amount, state, max_credits, key_id, user_id, tenant_id, agent, created_at, budget_credits, budget_per,
       overage, overage_start FROM hold WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        amount: row.amount,
        state: row.state,
        maxCredits: row.max_credits ?? row.amount,
        keyId: row.key_id,
        userId: row.user_id,
        tenantId: row.tenant_id,
        agent: row.agent,
        createdAt: row.created_at,
        token:
          row.budget_credits === null || row.budget_per === null
            ? null
            : { credits: row.budget_credits, per: row.budget_per },
        overage: row.overage,
        overageStart: row.overage_start,
      },
    ]),
  );
}

/** The ledger's own ending: holds past their expiry are released, because whoever held them is gone. */
export function releaseExpired(block: Block): void {
  const rows = block.store.exec<{ id: string }>(
    `SELECT id FROM hold WHERE state = 'open' AND expires_at <= ? ORDER BY expires_at, id`,
    block.now,
  );
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  const holds = loadHolds(block, ids);
  const endings = ids.flatMap((id): Ending[] => {
    const hold = holds.get(id);
    if (!hold) return [];
    const latency = Math.max(0, block.now - hold.createdAt);
    const usage = {
      cost: 0,
      outcome: 'failed',
      inputTokens: 0,
      cachedTokens: 0,
      outputTokens: 0,
      latency,
    } as const;
    return [{ hold, usage }];
  });
  endHolds(block, 'void', endings);
}

/** What of a cost is overage: credits burn first. */
function overageOf({ hold, usage }: Ending): number {
  return Math.max(0, usage.cost - (hold.amount - hold.overage));
}

/** Charges and releases open holds: grants, allocations, budgets, hold rows, meter and journal together. */
export function endHolds(block: Block, kind: 'settle' | 'void', endings: readonly Ending[]): void {
  returnToGrants(block, endings);
  count(block, endings);
  block.store.exec(
    `UPDATE hold SET state = ?, ended_at = ?, ended_seq = e.seq, cost = e.cost, outcome = e.outcome,
       input_tokens = e.input, cached_tokens = e.cached, output_tokens = e.output, latency = e.latency
     FROM (SELECT value ->> 0 AS id, value ->> 1 AS cost, value ->> 2 AS outcome, value ->> 3 AS input,
             value ->> 4 AS cached, value ->> 5 AS output, value ->> 6 AS latency,
             (SELECT COALESCE(MAX(ended_seq), 0) FROM hold) + 1 + key AS seq FROM json_each(?)) AS e
     WHERE hold.id = e.id`,
    kind === 'settle' ? 'settled' : 'voided',
    block.now,
    JSON.stringify(
      endings.map(({ hold, usage: u }) => [
        hold.id,
        u.cost,
        u.outcome,
        u.inputTokens,
        u.cachedTokens,
        u.outputTokens,
        u.latency,
      ]),
    ),
  );
  post(
    block,
    endings.map(({ hold, usage: { cost } }) => ({
      kind,
      ref: hold.id,
      movements: [
        { debit: 'consumed', credit: 'held', amount: cost },
        { debit: 'available', credit: 'held', amount: hold.amount - cost },
      ],
    })),
  );
  if (endings.some(({ hold }) => hold.overage > 0)) {
    returnOverage(block);
    meter(block, endings);
  }
  touch(block, 'usage');
}

/** Counts the endings in the windows that their holds were made in. */
function count(block: Block, endings: readonly Ending[]): void {
  spend(
    block,
    endings.flatMap((ending) => {
      const { hold, usage } = ending;
      const windows = windowsOf(hold).map((w) => ({ ...w, held: -hold.amount, used: usage.cost }));
      if (hold.overage === 0 || hold.overageStart === null) return windows;
      const start = hold.overageStart;
      const period = { scope: 'overage', per: 'period' as const, start, ends: start };
      return [...windows, { ...period, held: -hold.overage, used: overageOf(ending) }];
    }),
  );
  const charged = endings.filter(({ usage }) => usage.cost > 0).map(({ hold }) => hold);
  if (charged.length === 0) return;
  const limits = new Limits(block, charged);
  announceBudgets(
    block,
    charged.flatMap((hold) => limits.of(hold, hold.token)),
    false,
  );
}

/** Notes the overage to be billed, one number for ever for each run that has any. */
function meter(block: Block, endings: readonly Ending[]): void {
  const billed = endings
    .map((ending) => [ending.hold.id, overageOf(ending)])
    .filter(([, amount]) => amount !== 0);
  if (billed.length === 0) return;
  block.store.exec(
    `INSERT INTO meter (run_id, amount, at) SELECT value ->> 0, value ->> 1, ? FROM json_each(?) ORDER BY key`,
    block.now,
    JSON.stringify(billed),
  );
  touch(block, 'meter');
}

/** Takes each cost out of the hold's grants in burn order and gives the rest of the hold back to where it came from. */
function returnToGrants(block: Block, endings: readonly Ending[]): void {
  const ids = JSON.stringify(endings.map(({ hold }) => hold.id));
  const costs = new Map(endings.map(({ hold, usage }) => [hold.id, usage.cost]));
  const allocs = block.store.exec<{ hold_id: string; grant_id: number; amount: number }>(
    `SELECT a.hold_id, a.grant_id, a.amount FROM hold_alloc AS a JOIN "grant" AS g ON g.id = a.grant_id
     WHERE a.hold_id IN (SELECT value FROM json_each(?)) ORDER BY ${BURN_ORDER}`,
    ids,
  );
  const changes = new Map<number, { released: number; charged: number }>();
  for (const { hold_id, grant_id, amount } of allocs) {
    const cost = costs.get(hold_id) ?? 0;
    const charged = Math.min(cost, amount);
    costs.set(hold_id, cost - charged);
    const change = changes.get(grant_id) ?? { released: 0, charged: 0 };
    changes.set(grant_id, { released: change.released + amount, charged: change.charged + charged });
  }
  block.store.exec(
    `UPDATE "grant" SET held = held - c.released, remaining = remaining - c.charged
     FROM (SELECT value ->> 0 AS id, value ->> 1 AS released, value ->> 2 AS charged FROM json_each(?)) AS c
     WHERE "grant".id = c.id`,
    JSON.stringify([...changes].map(([id, c]) => [id, c.released, c.charged])),
  );
  block.store.exec('DELETE FROM hold_alloc WHERE hold_id IN (SELECT value FROM json_each(?))', ids);
}
