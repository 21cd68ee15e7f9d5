import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { app } from '../app.ts';
import type { VerifiedEvent } from './verify.ts';

const SECRET = 'whsec_stripe_test_newest';
const OLDER = 'whsec_stripe_test_older';
const stripe = new Stripe('sk_none');
const snapshot = {
  id: 'evt_1',
  object: 'event',
  type: 'invoice.paid',
  created: 1,
  data: { object: { id: 'in_1' } },
};
const thin = {
  id: 'evt_2',
  object: 'v2.core.event',
  type: 'v1.billing.meter.error_report_triggered',
  created: '2026-11-23T00:00:00Z',
  related_object: { id: 'mtr_1', type: 'billing.meter', url: '/v1/billing/meters/mtr_1' },
};

/** @param age seconds since it was signed */
async function signed(payload: string, secret = SECRET, age = 0): Promise<string> {
  const timestamp = Math.floor(Date.now() / 1000) - age;
  return stripe.webhooks.generateTestHeaderStringAsync({ payload, secret, timestamp });
}

/** The Worker with an API that keeps what it is given, or cannot. */
function worker({ api = 'up', queue = 'up', secrets = `${SECRET},${OLDER}` } = {}) {
  const stored: VerifiedEvent[] = [];
  const queued: unknown[] = [];
  const env = {
    STRIPE_WEBHOOK_SECRET: secrets,
    API: {
      storeStripeEvent: (event: VerifiedEvent) => {
        if (api === 'down') return Promise.reject(new Error('no answer'));
        stored.push(event);
        return Promise.resolve({ stored: true });
      },
    },
    STRIPE_EVENTS: {
      send: (message: unknown) => {
        if (queue === 'down') return Promise.reject(new Error('queue is down'));
        queued.push(message);
        return Promise.resolve();
      },
    },
  };
  const post = async (path: string, body: BodyInit, signature?: string) => {
    const headers = signature === undefined ? {} : { 'Stripe-Signature': signature };
    const response = await app.request(path, { method: 'POST', body, headers }, env);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { post, stored, queued };
}

describe('an event of Stripe', () => {
  it.each([
    ['/stripe', 'snapshot', snapshot],
    ['/stripe/thin', 'thin', thin],
  ])('that %s verifies is kept as it was signed, queued and answered 200', async (path, kind, event) => {
    const { post, stored, queued } = worker();
    // Spaces as no serializer would write them: the signature is over the text.
    const payload = ` ${JSON.stringify(event, null, 3)}\n`;
    expect(await post(path, payload, await signed(payload))).toEqual({
      status: 200,
      body: { received: true },
    });
    expect(stored).toEqual([{ id: event.id, type: event.type, kind, payload }]);
    expect(queued).toEqual([{ stripeEventId: event.id }]);
  });

  it('may be signed by either secret while one is rolled', async () => {
    const { post, stored } = worker();
    const payload = JSON.stringify(snapshot);
    expect((await post('/stripe', payload, await signed(payload, OLDER))).status).toBe(200);
    expect(stored).toHaveLength(1);
  });

  it('that comes again is kept and queued again: the first time may have died in between', async () => {
    const { post, queued } = worker();
    const payload = JSON.stringify(snapshot);
    await post('/stripe', payload, await signed(payload));
    await post('/stripe', payload, await signed(payload));
    expect(queued).toHaveLength(2);
  });

  const payload = JSON.stringify(snapshot);
  it.each<[string, () => Promise<[string, string | undefined]>]>([
    ['not signed', () => Promise.resolve([payload, undefined])],
    ['signed by a stranger', async () => [payload, await signed(payload, 'whsec_stranger')]],
    ['changed', async () => [payload.replace('in_1', 'in_2'), await signed(payload)]],
    ['ten minutes old', async () => [payload, await signed(payload, SECRET, 600)]],
    ['from the future', async () => [payload, await signed(payload, SECRET, -3_600)]],
    [
      'from the future, with a time of today in front',
      async () => [payload, `t=${Math.floor(Date.now() / 1000)},${await signed(payload, SECRET, -3_600)}`],
    ],
    ['signed with nonsense', () => Promise.resolve([payload, 't=,v1=,'])],
    ['no JSON', async () => ['{', await signed('{')]],
    ['no event', async () => ['{"object":"event"}', await signed('{"object":"event"}')]],
    ['nothing', async () => ['', await signed('')]],
    ['of the other kind', async () => [JSON.stringify(thin), await signed(JSON.stringify(thin))]],
  ])('that is %s is refused with 400 and not kept', async (_, make) => {
    const { post, stored, queued } = worker();
    const { status, body } = await post('/stripe', ...(await make()));
    expect([status, body['code']]).toEqual([400, 'invalid_signature']);
    expect(JSON.stringify(body)).not.toContain(SECRET);
    expect([stored, queued]).toEqual([[], []]);
  });

  it('that is a snapshot is refused by the thin destination', async () => {
    const { post, stored } = worker();
    expect((await post('/stripe/thin', payload, await signed(payload))).status).toBe(400);
    expect(stored).toEqual([]);
  });

  it('of more than a megabyte is refused before it is read to its end', async () => {
    const { post, stored } = worker();
    const long = JSON.stringify({ ...snapshot, more: 'x'.repeat(1024 * 1024) });
    const { status, body } = await post('/stripe', long, await signed(long));
    expect([status, body['code'], stored]).toEqual([413, 'payload_too_large', []]);
  });

  it('that cannot be kept is answered 503, so that Stripe sends it again', async () => {
    const { post, queued } = worker({ api: 'down' });
    expect((await post('/stripe', payload, await signed(payload))).status).toBe(503);
    expect(queued).toEqual([]);
  });

  it('that is kept but could not be queued is answered 200: the API sweeps it', async () => {
    const { post, stored } = worker({ queue: 'down' });
    expect((await post('/stripe', payload, await signed(payload))).status).toBe(200);
    expect(stored).toHaveLength(1);
  });

  it('is not taken where no secret is configured', async () => {
    const { post, stored } = worker({ secrets: '' });
    const { status, body } = await post('/stripe', payload, await signed(payload, ''.padEnd(1, 'x')));
    expect([status, body['code'], stored]).toEqual([503, 'billing_unavailable', []]);
  });
});
