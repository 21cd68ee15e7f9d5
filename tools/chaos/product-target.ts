import { join } from 'node:path';
import { createWorkspace } from '../lib/operator.ts';
import { type Product, startProduct } from '../lib/product.ts';
import { type CrashTarget, patiently, pause } from './harness.ts';

const FLOWS = 3;
const RUN_EVERY = 400;
const SETTLED_WITHIN = 150_000;
const CREDITS = 2_000_000_000;

interface RunState {
  id: string;
  status: string;
  cost: number;
  items: { cost: number }[];
}

interface Credits {
  available: number;
  held: number;
  consumed: number;
  granted: number;
}

/** What must hold of the agent runs and the credits after the last restart. */
export interface MoneyReport {
  runs: number;
  byStatus: Record<string, number>;
  faults: string[];
}

export interface ProductTarget extends CrashTarget {
  product: Product;
  money(): Promise<MoneyReport>;
}

/** The whole product under edits and agent runs. Every id becomes one node, committed under its id as the key. */
export async function productTarget(): Promise<ProductTarget> {
  const product = await startProduct({ LOCAL_MODEL_PACE_MS: '80' });
  const workspace = await createWorkspace(
    { baseUrl: product.api, operatorToken: product.operatorToken },
    'Crash run',
    CREDITS,
  );

  async function call<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
    const response = await fetch(product.api + path, {
      method,
      headers: {
        authorization: `Bearer ${workspace.key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(9_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as T;
  }

  const flows: string[] = [];
  for (let at = 0; at < FLOWS; at++) {
    flows.push((await call<{ id: string }>('POST', '/v1/flows', { name: `Crash ${at}` }, `flow-${at}`)).id);
  }
  const runFlow = (await call<{ id: string }>('POST', '/v1/flows', { name: 'Runs' }, 'flow-runs')).id;
  const flowOf = (id: string) =>
    flows[[...id].reduce((sum, char) => sum + char.charCodeAt(0), 0) % FLOWS] ?? runFlow;

  // Runs are started all the time, so that every kill meets some in the middle.
  let starting = true;
  const runIds = new Set<string>();
  const starter = (async () => {
    for (let at = 0; starting; at++) {
      for (let tries = 0; tries < 3; tries++) {
        try {
          const body = {
            agent: 'designer',
            mode: 'apply',
            prompt: `1. Enter code ${at}\n2. Check code ${at}\n3. Open page ${at}`,
          };
          runIds.add((await call<{ id: string }>('POST', `/v1/flows/${runFlow}/runs`, body, `run-${at}`)).id);
          break;
        } catch {
          // Killed in the middle: the same key is sent again and must not start, or charge, a second run.
          await pause(200);
        }
      }
      await pause(RUN_EVERY);
    }
  })();

  async function all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const page = await patiently(() =>
        call<{ data: T[]; nextCursor: string | null }>('GET', `${path}?limit=100${query}`),
      );
      items.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }

  async function read(): Promise<Map<string, number>> {
    const times = new Map<string, number>();
    for (const flow of flows) {
      const { document } = await call<{ document: { nodes: Record<string, unknown> } }>(
        'GET',
        `/v1/flows/${flow}`,
      );
      for (const id of Object.keys(document.nodes)) times.set(id, 0);
      let after = 0;
      for (;;) {
        const page = await call<{ data: { clock: number; ops: { op: string; value?: { id: string } }[] }[] }>(
          'GET',
          `/v1/flows/${flow}/commits?after=${after}&limit=100`,
        );
        const last = page.data.at(-1);
        if (!last) break;
        after = last.clock;
        for (const op of page.data.flatMap((commit) => commit.ops)) {
          if (op.op === 'put' && op.value && times.has(op.value.id))
            times.set(op.value.id, (times.get(op.value.id) ?? 0) + 1);
        }
      }
    }
    return times;
  }

  async function money(): Promise<MoneyReport> {
    starting = false;
    await starter;
    const faults: string[] = [];
    const deadline = Date.now() + SETTLED_WITHIN;
    const ended = (run: RunState) => ['succeeded', 'failed', 'cancelled'].includes(run.status);
    const look = async () =>
      [
        await patiently(() => call<Credits>('GET', '/v1/credits')),
        await all<RunState>(`/v1/flows/${runFlow}/runs`),
      ] as const;
    let [credits, runs] = await look();
    // A hold whose run never began is in no list of runs; its object gives it back within half a minute.
    while ((credits.held > 0 || !runs.every(ended)) && Date.now() < deadline) {
      await pause(500);
      [credits, runs] = await look();
    }
    for (const run of runs) {
      if (!ended(run)) faults.push(`${run.id} is still ${run.status}`);
      const items = run.items.reduce((sum, item) => sum + item.cost, 0);
      if (run.cost !== items) faults.push(`${run.id} costs ${run.cost}, its items ${items}`);
    }
    for (const id of runIds)
      if (!runs.some((run) => run.id === id)) faults.push(`${id} was acknowledged and is gone`);
    const spent = runs.reduce((sum, run) => sum + run.cost, 0);
    if (credits.held !== 0) faults.push(`${credits.held} micro-credits are still held`);
    if (credits.consumed !== spent)
      faults.push(`the ledger has consumed ${credits.consumed}, the runs cost ${spent}`);
    if (credits.available !== credits.granted - spent)
      faults.push(`available is ${credits.available} of ${credits.granted} after ${spent}`);
    const byStatus: Record<string, number> = {};
    for (const run of runs) byStatus[run.status] = (byStatus[run.status] ?? 0) + 1;
    return { runs: runs.length, byStatus, faults };
  }

  return {
    name: 'product',
    persist: join(product.stateDir, 'workers'),
    product,
    write: async (id) => {
      const node = { id, type: 'action', title: id, position: { x: 0, y: 0 } };
      await call(
        'POST',
        `/v1/flows/${flowOf(id)}/commits`,
        { ops: [{ op: 'put', kind: 'node', value: node }] },
        id,
      );
    },
    read,
    money,
    stop: async () => {
      starting = false;
      await starter;
      await product.stop();
    },
  };
}
