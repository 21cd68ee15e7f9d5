import type { PolicyInput } from '../account.rpc.ts';
import type { Outcome } from '../../platform/errors.ts';
import { record } from './audit.ts';
import type { Block } from './block.ts';
import { badNumber } from './checks.ts';
import { refuse } from './idempotency.ts';

/** Keeps what the workspace's plan allows, as a whole: the newest one counts. */
export function setPolicy(block: Block, input: PolicyInput): Outcome<object> {
  const { plan, concurrentRuns, overage, periodStart, periodEnd } = input;
  const bad = badNumber([
    ['concurrentRuns', concurrentRuns, 1],
    ['overage.capPerPeriod', overage.capPerPeriod, 0],
    ['periodStart', periodStart, 0],
    ['periodEnd', periodEnd, periodStart + 1],
  ]);
  if (bad) return bad;
  if (plan === '') return refuse('invalid_request', 'plan must not be empty.');
  if (JSON.stringify(policyOf(block)) === JSON.stringify(normal(input))) return { ok: true };
  record(block, { action: 'policy.set', target: 'workspace', detail: { ...normal(input) } });
  block.store.exec(
    `INSERT OR REPLACE INTO policy
       (id, plan, concurrent_runs, overage_allowed, overage_cap, period_start, period_end)
     VALUES (1, ?, ?, ?, ?, ?, ?)`,
    plan,
    concurrentRuns,
    overage.allowed ? 1 : 0,
    overage.capPerPeriod,
    periodStart,
    periodEnd,
  );
  return { ok: true };
}

function normal({ plan, concurrentRuns, overage, periodStart, periodEnd }: PolicyInput): PolicyInput {
  const { allowed, capPerPeriod } = overage;
  return { plan, concurrentRuns, overage: { allowed, capPerPeriod }, periodStart, periodEnd };
}

/** What `setPolicy` was told last; null before. */
export function policyOf(block: Block): PolicyInput | null {
  const [row] = block.store.exec<{
    plan: string;
    concurrent_runs: number;
    overage_allowed: number;
    overage_cap: number;
    period_start: number;
    period_end: number;
  }>('SELECT * FROM policy');
  if (!row) return null;
  return {
    plan: row.plan,
    concurrentRuns: row.concurrent_runs,
    overage: { allowed: row.overage_allowed === 1, capPerPeriod: row.overage_cap },
    periodStart: row.period_start,
    periodEnd: row.period_end,
  };
}
