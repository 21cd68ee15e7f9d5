import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GeminiServer, startGemini } from '../gemini-local/server.ts';
import { createWorkspace } from '../lib/operator.ts';
import { type Product, startProduct } from '../lib/product.ts';

interface Run {
  id: string;
  status: string;
  cost: number;
  quote: number;
  items: { cost: number }[];
  error?: { code: string; detail: string };
}
interface Problem {
  status: number;
  code: string;
  required: number;
  available: number;
}

const MODEL = 'gemini-2.5-flash';
const REQUESTS = 200;
const AFFORDABLE = 50;
const FLOWS = 10;
const body = { agent: 'designer', mode: 'apply', model: MODEL, prompt: 'The visitor enters a code.' };

/** Opens once; whoever waits before that waits. */
function barrier(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('a wallet that cannot be overdrawn', () => {
  const gate = barrier();
  let gemini: GeminiServer;
  let product: Product;

  beforeAll(async () => {
    gemini = await startGemini((request) => {
      // The probe that learns the quote is let through; everybody else waits at the barrier.
      const probing = JSON.stringify(request.body).includes('probe flow');
      const answer = {
        kind: 'answer' as const,
        calls: [
          { name: 'add_node', args: { id: 'enter-code', type: 'action', title: 'Enter code' } },
          { name: 'finish', args: { summary: 'Added one step.' } },
        ],
        usage: { prompt: 900, output: 60 },
      };
      return probing ? answer : { kind: 'wait', until: gate.opened, next: answer };
    });
    product = await startProduct({ GOOGLE_API_KEY: 'local', GOOGLE_BASE_URL: gemini.url });
  });
  afterAll(async () => {
    gate.open();
    await product?.stop();
    await gemini?.close();
  });

  async function call(
    key: string,
    method: string,
    path: string,
    json?: unknown,
  ): Promise<{ status: number; body: unknown }> {
    const response = await fetch(product.api + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    return { status: response.status, body: await response.json() };
  }
  const get = async <T>(key: string, path: string): Promise<T> => {
    const response = await call(key, 'GET', path);
    expect(response.status, path).toBe(200);
    return response.body as T;
  };
  const newFlow = async (key: string, name: string) =>
    ((await call(key, 'POST', '/v1/flows', { name })).body as { id: string }).id;

  async function ended(key: string, id: string): Promise<Run> {
    for (;;) {
      const run = await get<Run>(key, `/v1/runs/${id}`);
      if (['succeeded', 'failed', 'cancelled'].includes(run.status)) return run;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async function all<T>(key: string, path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const page: { data: T[]; nextCursor: string | null } = await get(
        key,
        `${path}?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      items.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  }

  test('200 concurrent runs on credits for 50: exactly ⌊balance / quote⌋ are admitted and succeed, the rest get 402, and four accounts of the money agree', async () => {
    const operator = { baseUrl: product.api, operatorToken: product.operatorToken };
    const probeFlow = await newFlow(product.key, 'probe flow');
    const probe = await call(product.key, 'POST', `/v1/flows/${probeFlow}/runs`, body);
    expect(probe.status).toBe(201);
    const { quote } = await ended(product.key, (probe.body as Run).id);
    expect(quote).toBeGreaterThan(0);

    const balance = AFFORDABLE * quote + Math.floor(quote / 2);
    const { key } = await createWorkspace(operator, 'Wallet', balance);
    // As long as the probe's name, so that the quote is the same.
    const flows = await Promise.all(Array.from({ length: FLOWS }, (_, at) => newFlow(key, `other flo${at}`)));

    const answers = await Promise.all(
      Array.from({ length: REQUESTS }, (_, at) =>
        call(key, 'POST', `/v1/flows/${flows[at % FLOWS]}/runs`, body),
      ),
    );
    const admitted = answers.filter((answer) => answer.status === 201).map((answer) => answer.body as Run);
    const refused = answers.filter((answer) => answer.status === 402).map((answer) => answer.body as Problem);
    expect(admitted.map((run) => run.quote)).toEqual(admitted.map(() => quote));
    expect(admitted).toHaveLength(Math.floor(balance / quote));
    expect(refused).toHaveLength(REQUESTS - AFFORDABLE);
    for (const problem of refused) {
      expect(problem).toMatchObject({ code: 'insufficient_credits', required: quote });
      expect(problem.available).toBeLessThan(quote);
    }
    const during = await get<{ available: number; held: number }>(key, '/v1/credits');
    expect(during).toMatchObject({ held: AFFORDABLE * quote, available: balance - AFFORDABLE * quote });

    gate.open();
    const runs = await Promise.all(admitted.map((run) => ended(key, run.id)));
    expect(runs.filter((run) => run.status !== 'succeeded').map((run) => run.error)).toEqual([]);

    const spent = runs.reduce((sum, run) => sum + run.cost, 0);
    expect(spent).toBe(runs.flatMap((run) => run.items).reduce((sum, item) => sum + item.cost, 0));
    expect(spent).toBeGreaterThan(0);
    const credits = await get<Record<string, number>>(key, '/v1/credits');
    expect(credits).toMatchObject({ granted: balance, held: 0, consumed: spent, available: balance - spent });
    const entries = await all<{ amount: number; held: number }>(key, '/v1/credits/entries');
    expect(entries.reduce((sum, entry) => sum + entry.amount, 0)).toBe(balance - spent);
    expect(entries.reduce((sum, entry) => sum + entry.held, 0)).toBe(0);
    const usage = await get<{ data: { cost: number; runs: number }[] }>(key, '/v1/usage?groupBy=model');
    expect(usage.data.reduce((sum, row) => sum + row.cost, 0)).toBe(spent);
    expect(usage.data.reduce((sum, row) => sum + row.runs, 0)).toBe(AFFORDABLE);
  });
});
