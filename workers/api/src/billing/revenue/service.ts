import type { Env } from '../../platform/env.ts';
import { ApiError } from '../../platform/errors.ts';
import { MrrFold } from './mrr.ts';
import { revenueReport } from './report.ts';
import { revenueStore } from './store.ts';

const DAY = 86_400_000;
const MOST_DAYS = 366;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export function revenueService(env: Env, now = Date.now) {
  return {
    /**
     * Revenue and credits of the UTC days in [from, to), milliseconds; the last 30 days unless told. What lies after
     * today is left out.
     * @throws ApiError `invalid_request` for an impossible range.
     */
    report: async (range: { from?: number | undefined; to?: number | undefined }) => {
      const tomorrow = Math.floor(now() / DAY) * DAY + DAY;
      const to = Math.min(range.to ?? tomorrow, tomorrow);
      const from = range.from ?? to - 30 * DAY;
      if (from >= to) throw wrong('from', 'must lie before to, and not after today');
      if (to - from > MOST_DAYS * DAY)
        throw wrong('from', 'must lie within 366 days of to: ask for shorter ranges');
      const store = revenueStore(env);
      const fold = new MrrFold(from, (to - from) / DAY);
      for (const standing of await store.standing(from)) fold.addStanding(standing);
      for await (const history of store.histories(from)) fold.addHistory(history);
      const report = revenueReport(fold.result(), await store.credits(from, to));
      return { from: dayOf(from), to: dayOf(to), currency: 'usd' as const, ...report };
    },
  };
}

function wrong(param: string, message: string): ApiError {
  return new ApiError('invalid_request', `${param} ${message}.`, {
    param,
    issues: [{ path: param, message }],
  });
}
