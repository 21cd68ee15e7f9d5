import type { Env } from '../platform/env.ts';
import { ApiError, unwrap } from '../platform/errors.ts';
import { workspaceAccount } from '../platform/objects.ts';
import type { Grouping } from './figures.ts';
import { usageStore } from './store.ts';

const DAY = 86_400_000;
const LONGEST_RANGE = 366 * DAY;
/** Groups in one report at most. */
const MOST_GROUPS = 10_000;

/** `[from, to)` in milliseconds; the last 30 days unless told. */
export interface ReportInput {
  from?: number | undefined;
  to?: number | undefined;
  groupBy: Grouping;
}

export function usageService(env: Env) {
  return {
    /**
     * What runs have used, by group. Brings D1 up to date first, so that the costs add up to what the ledger has consumed.
     * @throws ApiError `invalid_request` for an impossible range, `credits_unavailable` when the ledger does not answer.
     */
    report: async (workspaceId: string, { groupBy, ...range }: ReportInput) => {
      unwrap(await workspaceAccount(env, workspaceId).flush());
      // One millisecond on, because `to` is excluded and a run may have ended just now.
      const to = range.to ?? Date.now() + 1;
      const from = range.from ?? to - 30 * DAY;
      if (from >= to) throw wrong('from', 'must lie before to');
      if (to - from > LONGEST_RANGE)
        throw wrong('from', 'must lie within 366 days of to: ask for shorter ranges');
      const store = usageStore(env);
      const [groups, totals] = await Promise.all([
        store.groups(workspaceId, from, to, groupBy, MOST_GROUPS + 1),
        store.totals(workspaceId, from, to),
      ]);
      return {
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        groupBy,
        data: groups.slice(0, MOST_GROUPS),
        totals,
        truncated: groups.length > MOST_GROUPS,
      };
    },
  };
}

function wrong(param: string, message: string): ApiError {
  return new ApiError('invalid_request', `${param} ${message}.`, {
    param,
    issues: [{ path: param, message }],
  });
}
