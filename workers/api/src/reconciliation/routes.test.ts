import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, newWorkspace, OPERATOR } from '../../test/client.ts';
import { newId } from '../platform/ids.ts';
import { workspaceAccount } from '../platform/objects.ts';
import { cursors } from './cursors.ts';
import { projectionOf } from './ports.d1.ts';

interface Reported {
  kind: string;
  subject: string;
  repaired: boolean;
  at: string;
}

/** A workspace whose ledger has granted a million and run three runs: 9 journal lines, 3 usage events. */
async function busyWorkspace(): Promise<string> {
  const { id, keyId } = await newWorkspace('Reconciled');
  const account = workspaceAccount(env, id);
  await account.grant({ key: 'g', source: 'purchase', amount: 1_000_000, paymentIntent: 'pi_1' });
  for (const cost of [100, 200, 300]) {
    const holdId = newId('run');
    const run = { flowId: 'flw_1', agent: 'designer', model: 'local', keyId, userId: 'ann' };
    await account.hold({ holdId, amount: 1_000, expiresAt: Date.now() + 60_000, ...run });
    const tokens = { inputTokens: 1, cachedTokens: 0, outputTokens: 1, latency: 1 };
    await account.settle({ holdId, usage: { cost, outcome: 'succeeded', ...tokens } });
  }
  await account.flush();
  return id;
}

async function run(workspaceId: string): Promise<number> {
  const { status, body, text } = await call('POST /v1/admin/reconciliation/run', {
    as: OPERATOR,
    body: { workspaceId },
  });
  expect(status, text).toBe(200);
  expect(body).toMatchObject({ workspaces: 1, failed: 0 });
  return Number(body.drifts);
}

async function reports(workspaceId: string): Promise<Reported[]> {
  const { text } = await call(`GET /v1/admin/reconciliation?workspaceId=${workspaceId}`, { as: OPERATOR });
  return (JSON.parse(text) as { data: Reported[] }).data;
}

const sql = (statement: string, ...values: unknown[]) =>
  env.DB.prepare(statement)
    .bind(...values)
    .run();

/** All that D1 has of a workspace's ledger, to be the same after a repair. */
async function copies(id: string): Promise<unknown[]> {
  const tables = ['ledger_entry', 'usage_event', 'credit_day', 'usage_day', 'rollup_mark'];
  const results = await env.DB.batch(
    tables.map((table) => env.DB.prepare(`SELECT * FROM ${table} WHERE workspace_id = ?`).bind(id)),
  );
  return results.map(({ results: rows }) => rows.map((row) => JSON.stringify(row)).sort());
}

let id: string;
let before: unknown[];
beforeEach(async () => {
  id = await busyWorkspace();
  before = await copies(id);
});

describe('reconciliation of what D1 has of a ledger', () => {
  it('finds nothing in a clean workspace, however often and whatever arrives meanwhile', async () => {
    expect(await run(id)).toBe(0);
    await workspaceAccount(env, id).grant({ key: 'more', source: 'operator', amount: 5 });
    expect(await run(id)).toBe(0);
    expect(await run(id)).toBe(0);
    expect(await reports(id)).toEqual([]);
  });

  it.each<[plant: string, statements: string[], drifts: [kind: string, subject: string][]]>([
    [
      'a row lost',
      ['DELETE FROM ledger_entry WHERE workspace_id = ? AND seq = 4'],
      [['row_missing', 'entry 4']],
    ],
    [
      'rows lost in two places, and usage events',
      [
        'DELETE FROM ledger_entry WHERE workspace_id = ? AND seq IN (2, 3, 6)',
        'DELETE FROM usage_event WHERE workspace_id = ? AND seq = 2',
      ],
      [
        ['row_missing', 'entry 2-3'],
        ['row_missing', 'entry 6'],
        ['row_missing', 'usage 2'],
      ],
    ],
    [
      'an amount altered',
      ['UPDATE ledger_entry SET amount = amount + 1 WHERE workspace_id = ? AND seq = 5'],
      [['row_altered', 'entry 5']],
    ],
    [
      'something altered that no sum shows',
      [`UPDATE usage_event SET agent = 'other' WHERE workspace_id = ? AND seq = 1`],
      [['row_altered', 'usage 1']],
    ],
    [
      'two amounts altered so that the sums stay',
      [
        'UPDATE ledger_entry SET amount = amount + 1 WHERE workspace_id = ? AND seq = 2',
        'UPDATE ledger_entry SET amount = amount - 1 WHERE workspace_id = ? AND seq = 5',
      ],
      [
        ['row_altered', 'entry 2'],
        ['row_altered', 'entry 5'],
      ],
    ],
    [
      'a row doubled under another number, in the way of the next one',
      [
        `INSERT INTO ledger_entry (workspace_id, seq, id, kind, ref, debit, credit, amount, at)
         SELECT workspace_id, 11, id, kind, ref, debit, credit, amount, at FROM ledger_entry WHERE workspace_id = ? AND seq = 1`,
      ],
      [['row_foreign', 'entry 11']],
    ],
    [
      'rows that no ledger numbers, and a foreign run',
      [
        `INSERT INTO ledger_entry (workspace_id, seq, id, kind, ref, debit, credit, amount, at)
         SELECT workspace_id, 0, id, kind, ref, debit, credit, amount, at FROM ledger_entry WHERE workspace_id = ? AND seq = 1`,
        `INSERT INTO usage_event SELECT workspace_id, 77, 'run_x', flow_id, key_id, user_id, tenant_id, agent, model,
           input_tokens, cached_tokens, output_tokens, cost, latency, outcome, at
         FROM usage_event WHERE workspace_id = ? AND seq = 1`,
      ],
      [
        ['row_foreign', 'entry 0'],
        ['row_foreign', 'usage 77'],
      ],
    ],
    [
      'daily sums of credits wrong',
      ['UPDATE credit_day SET consumed = consumed - 1 WHERE workspace_id = ?'],
      [['sums_wrong', 'entry by day']],
    ],
    [
      'daily sums of usage lost',
      [`DELETE FROM usage_day WHERE workspace_id = ? AND dimension = 'user'`],
      [['sums_wrong', 'usage by day']],
    ],
  ])('reports and mends %s', async (_plant, statements, drifts) => {
    for (const statement of statements) await sql(statement, id);
    expect(await copies(id)).not.toEqual(before);
    expect(await run(id)).toBe(drifts.length);
    const found = await reports(id);
    expect(found.map(({ kind, subject }) => [kind, subject]).sort()).toEqual(drifts.toSorted());
    expect(found.map(({ repaired }) => repaired)).toEqual(drifts.map(() => true));
    expect(await copies(id)).toEqual(before);
    expect(await run(id)).toBe(0);
    // What comes next arrives as ever.
    await workspaceAccount(env, id).grant({ key: 'next', source: 'operator', amount: 7 });
    expect(await run(id)).toBe(0);
  });

  it('has sums for every row, so that all get their turn even in a long journal', async () => {
    const projection = projectionOf(env.DB, id);
    expect(await projection.checkedUpTo('entry')).toBe(0);
    await run(id);
    expect(await projection.checkedUpTo('entry')).toBe(10);
    await run(id);
    expect(await projection.checkedUpTo('entry')).toBe(10);
  });
});

it('overage is what was used of it, to the ledger, in the journal and by day', async () => {
  const { id: workspace, keyId } = await newWorkspace('Overage');
  const account = workspaceAccount(env, workspace);
  const now = Date.now();
  await account.setPolicy({
    plan: 'professional',
    concurrentRuns: 5,
    overage: { allowed: true, capPerPeriod: 10_000 },
    periodStart: now - 1_000,
    periodEnd: now + 1_000_000,
  });
  await account.grant({ key: 'g', source: 'operator', amount: 100 });
  const about = { flowId: 'flw_1', agent: 'designer', model: 'local', keyId };
  await account.hold({ holdId: 'run_1', amount: 1_000, expiresAt: now + 60_000, ...about });
  const tokens = { inputTokens: 1, cachedTokens: 0, outputTokens: 1, latency: 1 };
  await account.settle({ holdId: 'run_1', usage: { cost: 400, outcome: 'succeeded', ...tokens } });
  expect(await account.overage({ from: now - 1_000, to: Date.now() + 1 })).toBe(300);
  expect(await account.overage({ from: 0, to: now - 1_000 })).toBe(0);
  expect(await run(workspace)).toBe(0);
  const days = await env.DB.prepare(
    'SELECT gifted, overage, consumed, outstanding FROM credit_day WHERE workspace_id = ?',
  )
    .bind(workspace)
    .all();
  expect(days.results).toEqual([{ gifted: 100, overage: 300, consumed: 400, outstanding: 0 }]);
});

describe('a batch of workspaces', () => {
  beforeAll(() => cursors(env.DB).write('reconciliation', ''));

  it('goes on where the last one ended and begins again after the last workspace', async () => {
    const next = async () =>
      (await call('POST /v1/admin/reconciliation/run', { as: OPERATOR, body: {} })).body;
    const ids: string[] = [];
    for (let i = 0; i < 45; i += 1) ids.push((await newWorkspace(`W${i}`)).id);
    const last = ids.at(-1) ?? '';
    await workspaceAccount(env, last).grant({ key: 'g', source: 'operator', amount: 5 });
    await workspaceAccount(env, last).flush();
    await sql(`UPDATE ledger_entry SET ref = 'x' WHERE workspace_id = ?`, last);
    const first = await next();
    expect(first).toMatchObject({ workspaces: 40, failed: 0, drifts: 0 });
    expect(await next()).toMatchObject({ failed: 0, drifts: 1 });
    expect(await cursors(env.DB).read('reconciliation')).toBe('');
    expect((await reports(last))[0]).toMatchObject({ kind: 'row_altered', repaired: true });
  }, 30_000);
});

describe('the routes', () => {
  it('know no workspace that is not there, and page through what was found', async () => {
    const unknown = await call('POST /v1/admin/reconciliation/run', {
      as: OPERATOR,
      body: { workspaceId: 'ws_01KA3Z0000000000000000000A' },
    });
    expect(unknown.status).toBe(404);
    await sql('DELETE FROM ledger_entry WHERE workspace_id = ? AND seq IN (2, 4)', id);
    expect(await run(id)).toBe(2);
    const list = `GET /v1/admin/reconciliation?limit=1&workspaceId=${id}`;
    const page = await call(list, { as: OPERATOR });
    const rest = await call(`${list}&cursor=${String(page.body.nextCursor)}`, { as: OPERATOR });
    expect(rest.body.nextCursor).toBeNull();
    expect(
      [page, rest].flatMap(({ body }) => Object.values(body.data ?? {}).map(({ subject }) => subject)),
    ).toEqual(['entry 4', 'entry 2']);
  });
});
