import { FIGURE_SQL, GROUP_COLUMN, GROUPINGS } from '../usage/figures.ts';
import type { Projected } from './ledger/outbox.ts';

/** What an account has gained in a journal line. */
const gained = (account: string) => `amount * ((debit = '${account}') - (credit = '${account}'))`;
const grantedBy = (source: string) => `SUM(-${gained('granted')} * (source IS ${source}))`;

/** Each column of `credit_day` and what of the journal it adds up. Grants without a source are overage. */
const CREDIT_SUMS = {
  sold: grantedBy(`'purchase'`),
  included: grantedBy(`'plan'`),
  gifted: grantedBy(`'operator'`),
  overage: grantedBy('NULL'),
  consumed: `SUM(${gained('consumed')})`,
  expired: `SUM(${gained('expired')})`,
  clawed_back: `SUM(${gained('clawed_back')})`,
  owed: `SUM(-${gained('debt')})`,
  outstanding: `SUM(${gained('available')} + ${gained('held')})`,
};

interface Rollup {
  source: string;
  /** Adds up the rows of workspace ?1 with numbers above its mark. */
  fold: string;
}

const UNFOLDED = (stream: Projected) =>
  `workspace_id = ?1
   AND seq > COALESCE((SELECT seq FROM rollup_mark WHERE workspace_id = ?1 AND stream = '${stream}'), 0)`;

const addTo = (columns: string[]) => columns.map((name) => `${name} = ${name} + excluded.${name}`).join(', ');

const figures = Object.values(FIGURE_SQL);
const figureColumns = figures.map(({ column }) => column);
const valueOf = Object.entries(GROUP_COLUMN).map(
  ([by, column]) => `WHEN '${by}' THEN COALESCE(${column}, '')`,
);

const ROLLUPS: Record<Projected, Rollup> = {
  entry: {
    source: 'ledger_entry',
    fold: `INSERT INTO credit_day (workspace_id, day, ${Object.keys(CREDIT_SUMS).join(', ')})
      SELECT workspace_id, at - at % 86400000 AS day, ${Object.values(CREDIT_SUMS).join(', ')}
      FROM ledger_entry WHERE ${UNFOLDED('entry')} GROUP BY 2
      ON CONFLICT (workspace_id, day) DO UPDATE SET ${addTo(Object.keys(CREDIT_SUMS))}`,
  },
  usage: {
    source: 'usage_event',
    fold: `INSERT INTO usage_day (workspace_id, dimension, day, value, ${figureColumns.join(', ')})
      SELECT workspace_id, dimension.value, at - at % 86400000 AS day,
        CASE dimension.value ${valueOf.join(' ')} ELSE '' END AS value,
        ${figures.map(({ ofEvent }) => `SUM(${ofEvent})`).join(', ')}
      FROM usage_event CROSS JOIN json_each('${JSON.stringify(GROUPINGS)}') AS dimension
      WHERE ${UNFOLDED('usage')} GROUP BY 2, 3, 4
      ON CONFLICT (workspace_id, dimension, day, value) DO UPDATE SET ${addTo(figureColumns)}`,
  },
};

/**
 * Adds what has newly arrived of a stream to its daily sums, each row once: in one transaction the rows above the mark
 * are added and the mark follows. To be run in the batch that brings the rows.
 */
export function rollUp(db: D1Database, workspaceId: string, stream: Projected): D1PreparedStatement[] {
  const { fold, source } = ROLLUPS[stream];
  return [
    db.prepare(fold).bind(workspaceId),
    db
      .prepare(
        `INSERT INTO rollup_mark (workspace_id, stream, seq)
         SELECT ?1, '${stream}', MAX(seq) FROM ${source} WHERE workspace_id = ?1 HAVING MAX(seq) IS NOT NULL
         ON CONFLICT (workspace_id, stream) DO UPDATE SET seq = MAX(seq, excluded.seq)`,
      )
      .bind(workspaceId),
  ];
}
