import type { Env } from '../platform/env.ts';
import { type Figures, FIGURE_SQL, GROUP_COLUMN, type Grouping } from './figures.ts';

const DAY = 86_400_000;

const FIGURES = Object.entries(FIGURE_SQL);
const SUMS = FIGURES.map(([name]) => `COALESCE(SUM(${name}), 0) AS ${name}`).join(', ');
const OF_DAYS = FIGURES.map(([name, { column }]) => `${column} AS ${name}`).join(', ');
const OF_EVENTS = FIGURES.map(([name, { ofEvent }]) => `${ofEvent} AS ${name}`).join(', ');

const dayName = (time: string) => `strftime('%Y-%m-%d', ${time} / 1000, 'unixepoch')`;

/**
 * Rows that add up to the runs that ended in [?2, ?5), of which [?3, ?4) are whole UTC days: daily sums for those, events
 * for what lies before and after them, and events that have not been added up yet. One statement sees all of them at one
 * moment, so nothing is missing and nothing counts twice. ?1: workspace, ?6: dimension.
 */
function rows(by: Grouping): string {
  const group = by === 'day' ? dayName('at') : GROUP_COLUMN[by];
  const events = (where: string) =>
    `SELECT ${group} AS "group", ${OF_EVENTS} FROM usage_event WHERE workspace_id = ?1 AND ${where}`;
  return [
    `SELECT ${by === 'day' ? dayName('day') : `NULLIF(value, '')`} AS "group", ${OF_DAYS} FROM usage_day
     WHERE workspace_id = ?1 AND dimension = ?6 AND day >= ?3 AND day < ?4`,
    events('at >= ?2 AND at < ?3'),
    events('at >= ?4 AND at < ?5'),
    // With a plus, times are no reason to take their index: few rows are above the mark, many in the days.
    events(`+at >= ?3 AND +at < ?4
      AND seq > COALESCE((SELECT seq FROM rollup_mark WHERE workspace_id = ?1 AND stream = 'usage'), 0)`),
  ].join(' UNION ALL ');
}

/** Parameters ?1 to ?6 of `rows`. Without a whole day in it, all of the range is read from events. */
function bounds(workspaceId: string, from: number, to: number, by: Grouping) {
  const [firstDay, lastDay] = [Math.ceil(from / DAY) * DAY, Math.floor(to / DAY) * DAY];
  const days = firstDay < lastDay ? [firstDay, lastDay] : [to, to];
  return [workspaceId, from, ...days, to, by];
}

export function usageStore(env: Env) {
  return {
    /** Days in order, everything else by cost, dearest first; at most `limit` groups. Times: milliseconds. */
    async groups(workspaceId: string, from: number, to: number, by: Grouping, limit: number) {
      const order = by === 'day' ? '"group"' : 'cost DESC, "group"';
      const { results } = await env.DB.prepare(
        `SELECT "group", ${SUMS} FROM (${rows(by)}) GROUP BY "group" ORDER BY ${order} LIMIT ?7`,
      )
        .bind(...bounds(workspaceId, from, to, by), limit)
        .all<Figures & { group: string | null }>();
      return results;
    },

    async totals(workspaceId: string, from: number, to: number): Promise<Figures> {
      const row = await env.DB.prepare(`SELECT ${SUMS} FROM (${rows('day')})`)
        .bind(...bounds(workspaceId, from, to, 'day'))
        .first<Figures>();
      if (!row) throw new Error('A sum without a row');
      return row;
    },
  };
}
