import { afterAll, beforeAll, expect, test } from 'vitest';
import { AMOUNT } from '../bench/credits/job.ts';
import { type BenchServer, startWorker } from '../bench/server.ts';

const CALLERS = 60;

let server: BenchServer;
beforeAll(async () => {
  server = await startWorker('credits', '/ready');
});
afterAll(async () => {
  await server?.stop();
});

test('holds of many objects travel together in the real runtime, and each object goes on in its own context', async () => {
  const post = (path: string, body: object = {}) =>
    fetch(`http://${server.host}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const amount = 1_000 * AMOUNT;
  expect((await post('/grant', { from: 0, to: 1, amount })).status).toBe(200);
  const response = await post(`/callers?workspace=0&callers=${CALLERS}`);
  const { done, consumed, held, batches } = (await response.json()) as {
    done: boolean[];
    consumed: number;
    held: number;
    batches: number[];
  };
  expect(done).toEqual(Array.from({ length: CALLERS }, () => true));
  expect({ consumed, held }).toEqual({ consumed: CALLERS * AMOUNT, held: 0 });
  expect(batches.reduce((sum, calls) => sum + calls, 0)).toBe(CALLERS);
  expect(batches.length).toBeLessThan(CALLERS);
});
