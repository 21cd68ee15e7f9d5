import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { rollUp } from '../credits/rollups.ts';
import { type Figures, type Grouping, GROUPINGS } from './figures.ts';
import { usageStore } from './store.ts';

const DAY = 86_400_000;
const START = Date.UTC(2025, 10, 20);
const seed = Date.now() % 2 ** 31;

const some = (...values: string[]) => fc.constantFrom(...values);
const event = fc.record({
  at: fc.oneof(
    fc.integer({ min: START, max: START + 6 * DAY }),
    // The first and the last moment of days.
    fc
      .record({ day: fc.nat({ max: 6 }), off: some('0', '-1', '1') })
      .map(({ day, off }) => START + day * DAY + Number(off)),
  ),
  flow: some('flw_1', 'flw_2'),
  key: some('key_1', 'key_2'),
  user: fc.option(some('ann', 'bob', "o'neil"), { freq: 3 }),
  tenant: fc.option(some('acme', 'globex'), { freq: 2 }),
  agent: some('designer', 'reviewer'),
  model: some('local', 'gemini'),
  tokens: fc.nat({ max: 1_000 }),
  cost: fc.nat({ max: 50 }),
  latency: fc.nat({ max: 5_000 }),
  outcome: fc.constantFrom('succeeded' as const, 'failed' as const, 'cancelled' as const),
});
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

async function arrive(workspaceId: string, events: readonly Event[], first: number): Promise<void> {
  const rows = events.map((e, i) => {
    const who = [first + i, `run_${first + i}`, e.flow, e.key, e.user, e.tenant, e.agent, e.model];
    return who.concat([e.tokens, e.tokens >> 1, e.tokens >> 2, e.cost, e.latency, e.outcome, e.at]);
  });
  await env.DB.prepare(
    `INSERT INTO usage_event (workspace_id, seq, run_id, flow_id, key_id, user_id, tenant_id, agent, model, input_tokens,
       cached_tokens, output_tokens, cost, latency, outcome, at)
     SELECT ?1, ${Array.from({ length: 15 }, (_, i) => `value ->> ${i}`).join(', ')} FROM json_each(?2)`,
  )
    .bind(workspaceId, JSON.stringify(rows))
    .run();
}

/** The same report made from the events alone. */
function byHand(events: readonly Event[], by: Grouping): (Figures & { group: string | null })[] {
  const groups = new Map<string | null, Figures & { group: string | null }>();
  for (const e of events) {
    const group = by === 'day' ? new Date(e.at).toISOString().slice(0, 10) : e[by];
    const was = groups.get(group);
    groups.set(group, {
      group,
      runs: (was?.runs ?? 0) + 1,
      succeeded: (was?.succeeded ?? 0) + Number(e.outcome === 'succeeded'),
      failed: (was?.failed ?? 0) + Number(e.outcome === 'failed'),
      cancelled: (was?.cancelled ?? 0) + Number(e.outcome === 'cancelled'),
      inputTokens: (was?.inputTokens ?? 0) + e.tokens,
      cachedTokens: (was?.cachedTokens ?? 0) + (e.tokens >> 1),
      outputTokens: (was?.outputTokens ?? 0) + (e.tokens >> 2),
      cost: (was?.cost ?? 0) + e.cost,
      latency: (was?.latency ?? 0) + e.latency,
    });
  }
  const ascending = (a: string | null, b: string | null) => ((a ?? '') < (b ?? '') ? -1 : 1);
  return [...groups.values()].sort(
    (a, b) => (by === 'day' ? 0 : b.cost - a.cost) || ascending(a.group, b.group),
  );
}

const EVENTS = fc.sample(event, { seed, numRuns: 200 });

/** Workspaces with the same events, added up in different ways. */
const WAYS: Record<string, (workspaceId: string) => Promise<void>> = {
  'nothing is added up yet': async (id) => arrive(id, EVENTS, 1),
  'added up as they arrive': async (id) => {
    for (let at = 0; at < EVENTS.length; at += 17) {
      await arrive(id, EVENTS.slice(at, at + 17), at + 1);
      await env.DB.batch(rollUp(env.DB, id, 'usage'));
    }
  },
  'added up again and again, and the newest not yet': async (id) => {
    await arrive(id, EVENTS.slice(0, 150), 1);
    for (let i = 0; i < 3; i += 1) await env.DB.batch(rollUp(env.DB, id, 'usage'));
    await arrive(id, EVENTS.slice(150), 151);
  },
};

describe.each(Object.entries(WAYS))(`usage by day, %s (seed ${seed})`, (name, prepare) => {
  const id = `ws_${name.replaceAll(/\W/gu, '')}`;
  const store = usageStore(env);

  beforeAll(async () => {
    await prepare(id);
    await arrive(`${id}x`, EVENTS.slice(0, 40), 1);
    await env.DB.batch(rollUp(env.DB, `${id}x`, 'usage'));
  });

  it('reports what the events say, for any range and grouping', async () => {
    const moment = fc.oneof(
      fc.integer({ min: START - DAY, max: START + 8 * DAY }),
      fc.integer({ min: -1, max: 8 }).map((day) => START + day * DAY),
    );
    await fc.assert(
      fc.asyncProperty(moment, moment, fc.constantFrom(...GROUPINGS), async (a, b, by) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b) + 1];
        const within = EVENTS.filter(({ at }) => at >= from && at < to);
        expect(await store.groups(id, from, to, by, 10_000)).toEqual(byHand(within, by));
        const [all] = byHand(
          within.map((e) => ({ ...e, agent: 'all' })),
          'agent',
        );
        const { runs, cost, latency } = await store.totals(id, from, to);
        expect({ runs, cost, latency }).toEqual({
          runs: all?.runs ?? 0,
          cost: all?.cost ?? 0,
          latency: all?.latency ?? 0,
        });
      }),
      { seed, numRuns: 120 },
    );
  });

  it('gives the first groups when there are more than asked for', async () => {
    const all = byHand(EVENTS, 'user');
    expect(await store.groups(id, 0, START + 9 * DAY, 'user', 2)).toEqual(all.slice(0, 2));
  });
});

/** What `work` makes D1 read, in rows. */
async function rowsRead(work: (store: ReturnType<typeof usageStore>) => Promise<unknown>): Promise<number> {
  let read = 0;
  const prepare = (sql: string) => ({
    bind: (...values: unknown[]) => ({
      all: async () => {
        const result = await env.DB.prepare(sql)
          .bind(...values)
          .all();
        read += result.meta.rows_read;
        return result;
      },
    }),
  });
  await work(usageStore({ ...env, DB: { prepare } as unknown as D1Database }));
  return read;
}

it('a year of runs is read as days, not as runs', async () => {
  const id = 'ws_year';
  const year = Array.from({ length: 365 * 40 }, (_, i): Event => {
    const like = EVENTS[i % EVENTS.length];
    if (!like) throw new Error('No sample');
    return { ...like, at: START + Math.floor(i / 40) * DAY + (i % 40) };
  });
  for (let at = 0; at < year.length; at += 5_000) {
    await arrive(id, year.slice(at, at + 5_000), at + 1);
    await env.DB.batch(rollUp(env.DB, id, 'usage'));
  }
  const [from, to] = [START + 10, START + 365 * DAY - 1];
  const counts: number[] = [];
  const read = await rowsRead(async (store) => {
    for (const { runs } of await store.groups(id, from, to, 'agent', 100)) counts.push(runs);
  });
  expect(counts.reduce((sum, runs) => sum + runs, 0)).toBe(year.length - 10);
  // Two agents a day, what is left of the first day, and the groups as they are sorted.
  expect(read).toBeLessThan(365 * 2 * 3 + 200);
});
