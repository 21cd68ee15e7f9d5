import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startWorkers } from './product.ts';
import { seeded, startReceiver } from './receiver.ts';

const SEED = Number(process.env['WEBHOOK_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const EVENTS = 1_000;
const PARALLEL = 8;

let product: Product & { key: string };
beforeAll(async () => {
  product = await startWorkers(150);
});
afterAll(() => product?.server.close());

it(`${EVENTS} events to a receiver that fails half the time are all delivered (WEBHOOK_SEED=${SEED})`, async () => {
  const random = seeded(SEED);
  const receiver = await startReceiver(() => {
    if (random() < 0.5) return 'no';
    const kind = random();
    return kind < 0.7 ? 'error' : kind < 0.95 ? 'reset' : 'silence';
  });
  try {
    const { call, key } = product;
    const endpoint = await call('POST', '/v1/webhook-endpoints', { url: receiver.url }, key);
    const path = `/v1/webhook-endpoints/${String(endpoint['id'])}`;
    const published = new Set<string>();
    let left = EVENTS;
    const publish = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        published.add(String((await call('POST', `${path}/test`, undefined, key))['eventId']));
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, publish));
    expect(published.size).toBe(EVENTS);

    const accepted = () =>
      new Set(receiver.received.filter((each) => each.accepted).map(({ headers }) => headers['webhook-id']));
    await expect.poll(() => accepted().size, { timeout: 240_000, interval: 100 }).toBe(EVENTS);
    expect([...accepted()].toSorted()).toEqual([...published].toSorted());

    const webhook = new Webhook(String(endpoint['secret']));
    const bodies = new Map<unknown, string>();
    for (const { headers, body } of receiver.received) {
      const id = headers['webhook-id'];
      expect(webhook.verify(body, headers as Record<string, string>)).toMatchObject({
        id,
        type: 'webhook.test',
      });
      // The same bytes under the same id at each attempt.
      expect(bodies.get(id) ?? body).toBe(body);
      bodies.set(id, body);
    }
    const failed = receiver.received.filter((each) => !each.accepted).length;
    expect(failed / receiver.received.length).toBeGreaterThan(0.4);
    process.stdout.write(
      `WEBHOOK_SEED=${SEED}: ${EVENTS} delivered in ${receiver.received.length} attempts, ${failed} failed\n`,
    );

    // The log says so too, once the last answer is written down.
    const pending = async () =>
      ((await call('GET', `${path}/deliveries?state=pending`, undefined, key))['data'] as unknown[]).length;
    await expect.poll(pending, { timeout: 10_000 }).toBe(0);
    expect((await call('GET', `${path}/deliveries?state=failed`, undefined, key))['data']).toEqual([]);
  } finally {
    receiver.stop();
  }
}, 300_000);
