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
  /** Where the rows are, and where what they add up to is. */
  source: string;
  target: string;
  key: string[];
  /** Columns that are added up, and what a group of rows makes of each. */
  sums: Record<string, string>;
  /** `key` and the groups of the rows of workspace ?1; `rows` narrows them. */
  groups: (rows: string) => string;
}

const CREDIT_KEY = ['workspace_id', 'day'];
const USAGE_KEY = ['workspace_id', 'dimension', 'day', 'value'];
const USAGE_SUMS = Object.fromEntries(
  Object.values(FIGURE_SQL).map(({ column, ofEvent }) => [column, `SUM(${ofEvent})`]),
);
const valueOf = Object.entries(GROUP_COLUMN).map(
  ([by, column]) => `WHEN '${by}' THEN COALESCE(${column}, '')`,
);

const ROLLUPS: Record<Projected, Rollup> = {
  entry: {
    source: 'ledger_entry',
    target: 'credit_day',
    key: CREDIT_KEY,
    sums: CREDIT_SUMS,
    groups: (rows) =>
      `SELECT workspace_id, at - at % 86400000 AS day, ${Object.values(CREDIT_SUMS).join(', ')}
       FROM ledger_entry WHERE workspace_id = ?1 AND ${rows} GROUP BY 2`,
  },
  usage: {
    source: 'usage_event',
    target: 'usage_day',
    key: USAGE_KEY,
    sums: USAGE_SUMS,
    groups: (rows) =>
      `SELECT workspace_id, dimension.value AS dimension, at - at % 86400000 AS day,
         CASE dimension.value ${valueOf.join(' ')} ELSE '' END AS value, ${Object.values(USAGE_SUMS).join(', ')}
       FROM usage_event CROSS JOIN json_each('${JSON.stringify(GROUPINGS)}') AS dimension
       WHERE workspace_id = ?1 AND ${rows} GROUP BY 2, 3, 4`,
  },
};

const markOf = (stream: Projected) =>
  `COALESCE((SELECT seq FROM rollup_mark WHERE workspace_id = ?1 AND stream = '${stream}'), 0)`;

/**
 * Adds what has newly arrived of a stream to its daily sums, each row once: in one transaction the rows above the mark
 * are added and the mark follows. To be run in the batch that brings the rows.
 */
export function rollUp(db: D1Database, workspaceId: string, stream: Projected): D1PreparedStatement[] {
  const { source, target, key, sums, groups } = ROLLUPS[stream];
  const names = Object.keys(sums);
  return [
    db
      .prepare(
        `INSERT INTO ${target} (${[...key, ...names].join(', ')}) ${groups(`seq > ${markOf(stream)}`)}
         ON CONFLICT (${key.join(', ')}) DO UPDATE
         SET ${names.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
      )
      .bind(workspaceId),
    db
      .prepare(
        `INSERT INTO rollup_mark (workspace_id, stream, seq)
         SELECT ?1, '${stream}', MAX(seq) FROM ${source} WHERE workspace_id = ?1 HAVING MAX(seq) IS NOT NULL
         ON CONFLICT (workspace_id, stream) DO UPDATE SET seq = MAX(seq, excluded.seq)`,
      )
      .bind(workspaceId),
  ];
}

/** Forgets the daily sums of a workspace and makes them anew from all its rows, in one transaction. */
export async function rebuildRollup(db: D1Database, workspaceId: string, stream: Projected): Promise<void> {
  const { target } = ROLLUPS[stream];
  await db.batch([
    db.prepare(`DELETE FROM ${target} WHERE workspace_id = ?1`).bind(workspaceId),
    db.prepare(`DELETE FROM rollup_mark WHERE workspace_id = ?1 AND stream = '${stream}'`).bind(workspaceId),
    ...rollUp(db, workspaceId, stream),
  ]);
}

/** Whether the daily sums of a workspace are what its rows add up to, as far as they have been added. */
export async function rollupIsRight(
  db: D1Database,
  workspaceId: string,
  stream: Projected,
): Promise<boolean> {
  const { target, key, sums, groups } = ROLLUPS[stream];
  const kept = `SELECT ${[...key, ...Object.keys(sums)].join(', ')} FROM ${target} WHERE workspace_id = ?1`;
  const made = groups(`seq <= ${markOf(stream)}`);
  const different = await db
    .prepare(
      `WITH kept AS (${kept}), made AS (${made})
       SELECT EXISTS (SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM made))
         OR EXISTS (SELECT * FROM (SELECT * FROM made EXCEPT SELECT * FROM kept)) AS different`,
    )
    .bind(workspaceId)
    .first<number>('different');
  return different === 0;
}
