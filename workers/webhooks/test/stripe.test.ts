import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR_TOKEN, type Product, startWorkers, STRIPE_WEBHOOK_SECRET } from './product.ts';

const stripe = new Stripe('sk_none');
let product: Product;
let base = '';
beforeAll(async () => {
  product = await startWorkers(1_000);
  base = (await product.server.listen()).url.origin;
});
afterAll(() => product?.server.close());

async function deliver(id: string, type: string): Promise<number> {
  const payload = JSON.stringify({
    id,
    object: 'event',
    type,
    created: 1,
    data: { object: { id: 'cus_1' } },
  });
  const signature = await stripe.webhooks.generateTestHeaderStringAsync({
    payload,
    secret: STRIPE_WEBHOOK_SECRET,
  });
  const response = await product.server.getWorker('uxflow-webhooks').fetch('/stripe', {
    method: 'POST',
    headers: { 'Stripe-Signature': signature },
    body: payload,
  });
  return response.status;
}

async function query<T>(sql: string, ...values: string[]): Promise<T | null> {
  const { DB } = await product.server.getWorker<{ DB: D1Database }>('uxflow-api').getEnv();
  return DB.prepare(sql)
    .bind(...values)
    .first<T>();
}
const stateOf = async (id: string) =>
  query<{ state: string; attempts: number }>('SELECT state, attempts FROM stripe_event WHERE id = ?', id);

/** `npm run stripe:replay` with these arguments. */
function replay(...args: string[]): Promise<{ code: number | null; output: string }> {
  const script = join(import.meta.dirname, '../../../tools/stripe-replay/main.ts');
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, OPERATOR_TOKEN, UXFLOW_BASE_URL: base },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

describe('an event of Stripe, from its delivery on', () => {
  it('is kept and applied from the queue, once however often it is delivered', async () => {
    // A type that calls for nothing.
    expect(await Promise.all([1, 2, 3].map(() => deliver('evt_idle', 'product.created')))).toEqual([
      200, 200, 200,
    ]);
    await expect.poll(async () => (await stateOf('evt_idle'))?.state, { timeout: 20_000 }).toBe('done');
  });

  it('that cannot be applied is tried again, and replayed by command once it was given up', async () => {
    expect(await deliver('evt_stuck', 'customer.subscription.updated')).toBe(200);
    await expect
      .poll(async () => (await stateOf('evt_stuck'))?.attempts, { timeout: 30_000 })
      .toBeGreaterThan(0);
    await query("UPDATE stripe_event SET state = 'dead' WHERE id = ?", 'evt_stuck');
    const listed = await replay('--list');
    expect(listed.output).toMatch(/^evt_stuck {2}customer\.subscription\.updated .*\n1 given up\n$/);
    const again = await replay();
    expect([again.code, again.output]).toEqual([
      1,
      expect.stringMatching(/^evt_stuck {2}retry .*\n0 of 1 replayed\n$/),
    ]);
    const unknown = await replay('evt_idle', 'evt_none');
    expect(unknown.output).toMatch(/^evt_idle {2}done\nevt_none {2}unknown\n1 of 2 replayed\n$/);
  }, 60_000);
});
