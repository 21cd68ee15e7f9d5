import { crashRun, type CrashTarget, seeded } from '../chaos/harness.ts';
import { AMOUNT, type Book, PLENTY, type Tally, workspaceName } from './credits/job.ts';
import { pairOnce } from './credits/pair.ts';
import { startPostgres } from './credits/postgres.ts';
import { startRedis } from './credits/redis.ts';
import type { Row } from './measure.ts';
import { startWorker } from './server.ts';

const KILLS = 3;
const SEED = 42;
const WORKSPACE = workspaceName(0);

interface Target extends CrashTarget {
  tally(): Promise<Tally>;
}

/**
 * Each design under pairs of a hold and its settlement while its process is killed with SIGKILL: what was acknowledged
 * and is gone, what was charged twice once everything unanswered was sent again, and credits that came from nowhere or
 * went nowhere. Kill -9 does not test power loss: what was written to the page cache survives it.
 */
export async function benchCreditsCrash(kills: number = KILLS): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [system, open] of DESIGNS) {
    const target = await open(system);
    if (!target) {
      console.log(`${system}: not found`);
      continue;
    }
    try {
      const report = await crashRun(target, kills, seeded(SEED));
      const { available, held, consumed, charged } = await target.tally();
      const row = (metric: string, unit: string, median: number): Row => ({
        system,
        metric: `${kills} × kill -9: ${metric}`,
        unit,
        median,
        rounds: 1,
      });
      rows.push(
        row('acknowledged', 'pairs', report.acknowledged),
        row('without an answer, sent again', 'pairs', report.interrupted),
        row('acknowledged and lost', 'pairs', report.lost.length),
        row('charged twice', 'pairs', report.doubled.length),
        row('lost or overspent', 'micro-credits', stray({ available, held, consumed, charged })),
      );
    } finally {
      await target.stop();
    }
  }
  return rows;
}

/** All that is neither there nor charged to one of the pairs, and holds that nobody will end. */
function stray({ available, held, consumed, charged }: Tally): number {
  const due = new Set(charged).size * AMOUNT;
  return Math.abs(PLENTY - due - available) + Math.abs(consumed - due) + held;
}

const DESIGNS: readonly [string, (name: string) => Promise<Target | null>][] = [
  ['uxflow, Durable Object', (name) => inWorker(name, 'account')],
  ['D1 row updates', (name) => inWorker(name, 'd1')],
  ['Postgres FOR UPDATE', (name) => inPostgres(name, 'forUpdate')],
  ['Postgres single statement', (name) => inPostgres(name, 'singleStatement')],
  ['Redis Lua, everysec', (name) => inRedis(name, 'everysec')],
  ['Redis Lua, always', (name) => inRedis(name, 'always')],
];

const timesOf = ({ charged }: Tally): Map<string, number> => {
  const times = new Map<string, number>();
  for (const id of charged) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
};

async function inWorker(name: string, book: 'account' | 'd1'): Promise<Target> {
  const { host, persist, stop } = await startWorker('credits', '/ready');
  const post = async (path: string, body: object): Promise<Response> => {
    const response = await fetch(`http://${host}${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response;
  };
  const tally = async (): Promise<Tally> => (await (await post(`/tally/${book}`, {})).json()) as Tally;
  try {
    await post('/grant', { from: 0, to: 1, amount: PLENTY });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    name,
    persist,
    stop,
    tally,
    read: async () => timesOf(await tally()),
    write: async (id) => void (await post(`/pair/${book}`, { id })),
  };
}

async function inPostgres(name: string, book: 'forUpdate' | 'singleStatement'): Promise<Target | null> {
  const peer = await startPostgres();
  if (!peer) return null;
  return onDaemon(name, peer, peer[book]);
}

async function inRedis(name: string, appendfsync: 'everysec' | 'always'): Promise<Target | null> {
  const peer = await startRedis(appendfsync);
  return peer && onDaemon(name, peer, peer.book);
}

function onDaemon(
  name: string,
  peer: { daemon: { folder: string; kill(): Promise<void> }; read(): Promise<Tally>; stop(): Promise<void> },
  book: Book,
): Target {
  return {
    name,
    persist: peer.daemon.folder,
    stop: peer.stop,
    kill: peer.daemon.kill,
    tally: peer.read,
    read: async () => timesOf(await peer.read()),
    write: (id) => pairOnce(book, id, WORKSPACE),
  };
}
