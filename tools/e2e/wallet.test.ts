import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runtimePid } from '../chaos/workerd.ts';
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
/** `WALLET_RUNS=1000` is the whole crowd: half a minute of a quiet machine, too much for each `npm test`. */
const REQUESTS = Number(process.env['WALLET_RUNS'] ?? 200);
const BALANCE = 10_000_000;
const FLOWS = 10;
/** A busy machine takes its time for a thousand runs; a call that the kill has cut off is made again. */
const TIMEOUT = 300_000;
const ATTEMPTS = 20;
const body = {
  agent: 'designer',
  mode: 'apply',
  model: MODEL,
  maxCredits: 1_000_000,
  prompt: 'The visitor enters a code.',
};

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
    // A run that gives its silent model up lets go of its hold, and one more is admitted: rightly, but not counted here.
    product = await startProduct({
      GOOGLE_API_KEY: 'local',
      GOOGLE_BASE_URL: gemini.url,
      AGENT_IDLE_MS: '120000',
    });
  });
  afterAll(async () => {
    gate.open();
    await product?.stop();
    await gemini?.close();
  });

  /** Again under the same key until there is an answer: what is cut off by a kill may have happened. */
  async function call(
    key: string,
    method: string,
    path: string,
    json?: unknown,
    idempotencyKey?: string,
  ): Promise<{ status: number; body: unknown }> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const response = await fetch(product.api + path, {
          method,
          headers: {
            authorization: `Bearer ${key}`,
            ...(json !== undefined && { 'content-type': 'application/json' }),
            ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
          },
          ...(json !== undefined && { body: JSON.stringify(json) }),
        });
        const answer = { status: response.status, body: (await response.json()) as unknown };
        // 409: the first call under this key is still at work.
        if (attempt === ATTEMPTS || (response.status < 500 && response.status !== 409)) return answer;
      } catch (error) {
        // Cut off, or answered by the development server in plain text while the runtime restarts.
        if (attempt === ATTEMPTS) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
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

  /** What one run costs at most. The name of the flow is as long as that of the others, so that the quote is theirs. */
  async function quoteOf(): Promise<number> {
    const flow = await newFlow(product.key, 'probe flow');
    const probe = await call(product.key, 'POST', `/v1/flows/${flow}/runs`, body);
    expect(probe.status).toBe(201);
    const { quote } = await ended(product.key, (probe.body as Run).id);
    expect(quote).toBeGreaterThan(0);
    return quote;
  }

  async function wallet(name: string): Promise<{ key: string; flows: string[] }> {
    const operator = { baseUrl: product.api, operatorToken: product.operatorToken };
    const { key } = await createWorkspace(operator, name, BALANCE);
    const flows = await Promise.all(Array.from({ length: FLOWS }, (_, at) => newFlow(key, `other flo${at}`)));
    return { key, flows };
  }

  const startAll = (key: string, flows: string[], onAnswer: () => void = () => undefined) =>
    Promise.all(
      Array.from({ length: REQUESTS }, async (_, at) => {
        const answer = await call(key, 'POST', `/v1/flows/${flows[at % FLOWS]}/runs`, body, `run-${at}`);
        onAnswer();
        return answer;
      }),
    );

  /** The fold of the journal, `/credits`, the runs and their items, and `/usage`. */
  async function expectAccountsToAgree(key: string, runs: readonly Run[]): Promise<void> {
    const spent = runs.reduce((sum, run) => sum + run.cost, 0);
    expect(spent).toBe(runs.flatMap((run) => run.items).reduce((sum, item) => sum + item.cost, 0));
    expect(spent).toBeGreaterThan(0);
    expect(spent).toBeLessThanOrEqual(BALANCE);
    // A hold whose run never began is in no list of runs; its object gives it back.
    await expect
      .poll(async () => (await get<{ held: number }>(key, '/v1/credits')).held, { timeout: TIMEOUT / 2 })
      .toBe(0);
    expect(await get(key, '/v1/credits')).toMatchObject({
      granted: BALANCE,
      held: 0,
      consumed: spent,
      available: BALANCE - spent,
    });
    const entries = await all<{ amount: number; held: number }>(key, '/v1/credits/entries');
    expect(entries.reduce((sum, entry) => sum + entry.amount, 0)).toBe(BALANCE - spent);
    expect(entries.reduce((sum, entry) => sum + entry.held, 0)).toBe(0);
    const usage = await get<{ data: { cost: number }[] }>(key, '/v1/usage?groupBy=model');
    expect(usage.data.reduce((sum, row) => sum + row.cost, 0)).toBe(spent);
  }

  test(
    `${REQUESTS} concurrent runs on 10 credits: exactly those that fit are admitted and succeed, the rest get 402, and four accounts of the money agree`,
    async () => {
      const quote = await quoteOf();
      const affordable = Math.floor(BALANCE / quote);
      const { key, flows } = await wallet('Wallet');
      const answers = await startAll(key, flows);
      const admitted = answers.filter((answer) => answer.status === 201).map((answer) => answer.body as Run);
      const refused = answers
        .filter((answer) => answer.status === 402)
        .map((answer) => answer.body as Problem);
      expect(admitted.map((run) => run.quote)).toEqual(admitted.map(() => quote));
      expect(admitted).toHaveLength(affordable);
      expect(refused).toHaveLength(REQUESTS - affordable);
      for (const problem of refused) {
        expect(problem).toMatchObject({ code: 'insufficient_credits', required: quote });
        expect(problem.available).toBeLessThan(quote);
      }
      const during = await get<{ available: number; held: number }>(key, '/v1/credits');
      expect(during).toMatchObject({ held: affordable * quote, available: BALANCE - affordable * quote });

      gate.open();
      const runs = await Promise.all(admitted.map((run) => ended(key, run.id)));
      expect(runs.filter((run) => run.status !== 'succeeded').map((run) => run.error)).toEqual([]);
      await expectAccountsToAgree(key, runs);
    },
    TIMEOUT,
  );

  test.skipIf(process.platform !== 'linux')(
    `${REQUESTS} concurrent runs on 10 credits, killed in the middle: no more is spent than there is, and the four accounts agree`,
    async () => {
      gate.open();
      const { key, flows } = await wallet('Killed');
      let answered = 0;
      let killed: Promise<void> | undefined;
      const answers = await startAll(key, flows, () => {
        answered += 1;
        if (answered < REQUESTS / 4) return;
        killed ??= runtimePid(join(product.stateDir, 'workers')).then(
          (pid) => void process.kill(pid, 'SIGKILL'),
        );
      });
      await killed;
      // 409: the call that was cut off still counts as under way; what became of it is seen below.
      expect(answers.filter(({ status }) => ![201, 402, 409].includes(status))).toEqual([]);
      const started = (
        await Promise.all(flows.map((flow) => all<Run>(key, `/v1/flows/${flow}/runs`)))
      ).flat();
      const runs = await Promise.all(started.map((run) => ended(key, run.id)));
      const ids = new Set(runs.map(({ id }) => id));
      const lost = answers.filter(({ status, body: run }) => status === 201 && !ids.has((run as Run).id));
      expect(lost).toEqual([]);
      await expectAccountsToAgree(key, runs);
    },
    TIMEOUT,
  );
});
