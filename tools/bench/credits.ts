import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeStore } from '@uxflow/flow/sync/node';
import { Ledger } from '../../workers/api/src/credits/ledger/ledger.ts';
import { type Book, type Done, drive, type Job, PLENTY } from './credits/job.ts';
import { startPostgres } from './credits/postgres.ts';
import { startRedis } from './credits/redis.ts';
import { endInput, holdInput } from './credits/requests.ts';
import { median, type Row } from './measure.ts';
import { startWorker } from './server.ts';

const ROUNDS = 5;
/** Of a workspace among many. */
const MANY = 1_000;
const BATCH = 100;
/** Calls under way at the same time, one pair or a batch each. */
const LANES = { single: 16, batched: 4 };
/** Calls of a system in one round: enough for a p99, few enough that rounds are short. */
const CALLS = { single: 400, batched: 40 };

interface System {
  system: string;
  /** Journal and fsync. */
  settings: string;
  run: (job: Job) => Promise<Done>;
  /** What it can be asked for; both by default. */
  only?: 'single';
  workspaces?: number;
}

interface Contest {
  systems: System[];
  missing: string[];
  /** Gives the other workspaces credits. */
  grantMany(): Promise<void>;
  stop(): Promise<void>;
}

const WORKERD = 'workerd SQLite, WAL, its own fsync policy; answers wait for the output gate';

async function contest(): Promise<Contest> {
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.toReversed()) await end();
  };
  const missing: string[] = [];
  const systems: System[] = [];
  let host = '';
  try {
    const worker = await startWorker('credits', '/ready');
    stops.push(worker.stop);
    host = worker.host;
    const remote =
      (path: string) =>
      async (job: Job): Promise<Done> =>
        (await (await post(`http://${host}/${path}`, job)).json()) as Done;
    await grant(host, 0, 1);
    const door = 'uxflow, single calls that the API gathers';
    systems.push(
      { system: 'uxflow, Durable Object', settings: WORKERD, run: remote('account') },
      {
        system: door,
        settings: WORKERD,
        run: (job) => remote('gathered')({ ...job, lanes: 256 }),
        only: 'single',
      },
      { system: 'uxflow, Durable Objects', settings: WORKERD, run: remote('account'), workspaces: MANY },
      {
        system: door,
        settings: WORKERD,
        run: (job) => remote('gathered')({ ...job, lanes: 256 }),
        only: 'single',
        workspaces: MANY,
      },
    );
    const core = coreOnFile();
    stops.push(core.stop);
    systems.push(core.system, {
      system: 'D1 row updates',
      settings: 'local D1: workerd SQLite',
      run: remote('d1'),
    });

    const postgres = await startPostgres();
    if (postgres) {
      stops.push(postgres.stop);
      const { settings, forUpdate, singleStatement } = postgres;
      systems.push({ system: 'Postgres FOR UPDATE', settings, run: (job) => drive(job, forUpdate) });
      systems.push({
        system: 'Postgres single statement',
        settings,
        run: (job) => drive(job, singleStatement),
      });
    } else missing.push('Postgres');
    for (const appendfsync of ['everysec', 'always'] as const) {
      const redis = await startRedis(appendfsync);
      if (!redis) {
        missing.push(`Redis, ${appendfsync}`);
        continue;
      }
      stops.push(redis.stop);
      const { settings, book } = redis;
      systems.push({ system: `Redis Lua, ${appendfsync}`, settings, run: (job) => drive(job, book) });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { systems, missing, grantMany: () => grant(host, 1, MANY), stop };
}

/** The same ledger without the runtime around it. */
function coreOnFile(): { system: System; stop: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'uxflow-bench-'));
  const store = nodeStore(join(folder, 'ledger.db'));
  let ids = 0;
  const ledger = new Ledger(store, { now: Date.now, newId: (prefix) => `${prefix}_${(ids += 1)}` });
  ledger.grant({ key: 'grant', source: 'operator', amount: PLENTY });
  const allOk = (outcomes: { ok: boolean }[]): void => {
    if (!outcomes.every(({ ok }) => ok)) throw new Error(`refused: ${JSON.stringify(outcomes[0])}`);
  };
  const book: Book = {
    hold: async (names) => allOk(ledger.holdMany(names.map(holdInput))),
    settle: async (names) => allOk(ledger.settleMany(names.map(endInput))),
  };
  const pragma = (name: string): string => String(Object.values(store.exec(`PRAGMA ${name}`)[0] ?? {})[0]);
  return {
    system: {
      system: 'our core on node:sqlite, file',
      settings: `SQLite, journal_mode=${pragma('journal_mode')}, synchronous=${pragma('synchronous')}`,
      // One lane: it is synchronous.
      run: (job) => drive({ ...job, lanes: 1 }, book),
    },
    stop: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function grant(host: string, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += 100) {
    await post(`http://${host}/grant`, { from: at, to: Math.min(at + 100, to), amount: PLENTY });
  }
}

async function post(url: string, body: object): Promise<Response> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok)
    throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 500)}`);
  return response;
}

interface Entry extends System {
  mode: 'single' | 'batched';
  rates: number[];
  p99s: number[];
}

/**
 * Pairs of a hold and its settlement a second: each system one pair a call and, equally, 100 pairs a call, in turns. The
 * peers keep a balance, holds and a journal, and refuse a batch as a whole; ours keeps all that a ledger needs (grants,
 * budgets, idempotency, usage, outbox) and answers for each. What runs in the Workers runtime is driven from a Worker
 * in it, what has a socket from here.
 */
export async function benchCredits(rounds: number = ROUNDS, share = 1): Promise<Row[]> {
  const { systems, missing, grantMany, stop } = await contest();
  const entries = systems.flatMap((system): Entry[] =>
    (system.only ? [system.only] : (['single', 'batched'] as const)).map((mode) => ({
      ...system,
      mode,
      rates: [],
      p99s: [],
    })),
  );
  try {
    await inTurns(
      entries.filter(({ workspaces }) => !workspaces),
      rounds,
      share,
    );
    // Their journals go to D1 all at once, which is not what the others should be measured beside.
    await grantMany();
    await inTurns(
      entries.filter(({ workspaces }) => workspaces),
      rounds,
      share,
    );
  } finally {
    await stop();
  }
  for (const name of missing) console.log(`${name}: not found`);
  for (const settings of new Set(systems.map((one) => `${one.system}: ${one.settings}`)))
    console.log(settings);
  return [...entries.flatMap((entry) => rowsOf(entry, rounds)), ...ratios(entries, rounds)];
}

async function inTurns(entries: Entry[], rounds: number, share: number): Promise<void> {
  for (let round = -1; round < rounds; round += 1) {
    for (const [at, entry] of entries.entries()) {
      const batch = entry.mode === 'single' ? 1 : BATCH;
      const calls = entry.only ? 10 * CALLS.single : CALLS[entry.mode];
      const pairs = Math.max(2, Math.ceil(calls * share)) * batch;
      const done = await entry.run({
        prefix: `${entry.workspaces ?? 1}-${round}-${at}`,
        pairs,
        batch,
        lanes: LANES[entry.mode],
        workspaces: entry.workspaces ?? 1,
      });
      // The first round warms up.
      if (round < 0) continue;
      entry.rates.push((pairs / done.milliseconds) * 1_000);
      entry.p99s.push(p99(done.times));
    }
  }
}

const p99 = (times: number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? NaN;

const metricOf = ({ mode, only, workspaces }: Entry): string =>
  `${workspaces ? `${workspaces} workspaces, Zipf` : 'one hot workspace'}, ${only ? 'gathered' : mode === 'single' ? 'one pair a call' : `${BATCH} pairs a call`}`;

function rowsOf(entry: Entry, rounds: number): Row[] {
  const [{ system }, metric, slowest] = [entry, metricOf(entry), median(entry.p99s)];
  return [
    { system, metric, unit: 'pairs/s', median: median(entry.rates), p99: slowest, rounds },
    { system, metric: `${metric}: p99 of a call`, unit: 'ms', median: slowest, rounds },
  ];
}

/** Of the same minutes: the rounds one by one, not the medians. */
function ratios(entries: Entry[], rounds: number): Row[] {
  const of = (system: string, mode: Entry['mode']): Entry | undefined =>
    entries.find((entry) => entry.system === system && entry.mode === mode && !entry.workspaces);
  const compare = (ours: string, theirs: string, mode: Entry['mode']): Row[] => {
    const [a, b] = [of(ours, mode), of(theirs, mode)];
    if (!a || !b) return [];
    return [
      {
        system: `${ours} is faster by`,
        metric: `than ${theirs}, ${mode}`,
        unit: 'times',
        median: median(a.rates.map((rate, round) => rate / (b.rates[round] ?? NaN))),
        rounds,
      },
    ];
  };
  return (['single', 'batched'] as const).flatMap((mode) =>
    [
      'Postgres FOR UPDATE',
      'Postgres single statement',
      'Redis Lua, everysec',
      'Redis Lua, always',
      'D1 row updates',
    ].flatMap((theirs) => compare('uxflow, Durable Object', theirs, mode)),
  );
}
