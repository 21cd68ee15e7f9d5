import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { json, serve } from '../../test/server.ts';
import { UXFlow } from '../client.ts';
import { verifyWebhook, WebhookEndpoints } from './index.ts';

const SECRET = `whsec_${btoa('0123456789abcdef0123456789abcdef')}`;
const OTHER = `whsec_${btoa('another-secret-another-secret-00')}`;
const event = { id: 'evt_1', type: 'credits.low', timestamp: '2026-11-23T00:00:00Z', data: { available: 5 } };
const payload = `${JSON.stringify(event, null, 2)}\n`;

/** Headers as the library of Standard Webhooks makes them. */
function signed(secret = SECRET, { id = 'evt_1', body = payload, at = new Date() } = {}) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a delivery', () => {
  test('that Standard Webhooks has signed is believed, whatever form its headers have', async () => {
    const headers = signed();
    expect(await verifyWebhook(payload, headers, SECRET)).toEqual(event);
    expect(await verifyWebhook(payload, new Headers(headers), SECRET)).toEqual(event);
    const asNodeHasThem = { 'Webhook-Id': ['evt_1'], ...headers };
    expect(await verifyWebhook(payload, asNodeHasThem, SECRET)).toEqual(event);
    const { type, data } = await verifyWebhook(payload, headers, SECRET);
    if (type === 'credits.low') expect(data.available).toBe(5);
  });

  test('that two secrets have signed is believed by each of them, and by whoever knows both', async () => {
    const both = `${signed(OTHER)['webhook-signature']} v1a,x ${signed()['webhook-signature']}`;
    const headers = { ...signed(), 'webhook-signature': both };
    for (const secret of [SECRET, OTHER, [OTHER, SECRET]]) {
      expect(await verifyWebhook(payload, headers, secret)).toEqual(event);
    }
    expect(await verifyWebhook(payload, signed(), [OTHER, SECRET])).toEqual(event);
  });

  test.each([
    ['of another secret', payload, signed(OTHER), 'signature_mismatch'],
    ['that was changed', payload.replace('5', '6'), signed(), 'signature_mismatch'],
    ['under another id', payload, { ...signed(), 'webhook-id': 'evt_2' }, 'signature_mismatch'],
    [
      'with another version of signature',
      payload,
      { ...signed(), 'webhook-signature': 'v2,abc' },
      'signature_mismatch',
    ],
    [
      'with nonsense for a signature',
      payload,
      { ...signed(), 'webhook-signature': 'v1,%%% v1,a' },
      'signature_mismatch',
    ],
    ['without a signature', payload, { ...signed(), 'webhook-signature': '' }, 'headers_missing'],
    ['without headers', payload, {}, 'headers_missing'],
    ['without a time', payload, { ...signed(), 'webhook-timestamp': 'soon' }, 'headers_missing'],
    ['that is ten minutes old', payload, signed(SECRET, { at: new Date(Date.now() - 600_000) }), 'too_old'],
    ['from the future', payload, signed(SECRET, { at: new Date(Date.now() + 600_000) }), 'too_new'],
    ['that is no JSON', '{', signed(SECRET, { body: '{' }), 'not_json'],
  ])('%s is refused', async (_, body, headers, code) => {
    await expect(verifyWebhook(body, headers, SECRET)).rejects.toMatchObject({
      name: 'WebhookVerificationError',
      code,
    });
  });

  test('may be older where that is wanted', async () => {
    const old = signed(SECRET, { at: new Date(Date.now() - 600_000) });
    expect(await verifyWebhook(payload, old, SECRET, { toleranceSeconds: 900 })).toEqual(event);
  });

  test('is not checked with a secret that is none', async () => {
    for (const secret of ['', 'whsec_', 'whsec_%%']) {
      await expect(verifyWebhook(payload, signed(), secret)).rejects.toThrow('whsec_');
    }
  });
});

test('endpoints: each call goes to its route with what it was given', async () => {
  await using server = await serve(json({ id: 'whk_1' }));
  const endpoints = new WebhookEndpoints(new UXFlow({ apiKey: 'uxf_sk_test_x', baseUrl: server.url }));
  await endpoints.create({ url: 'https://a.example', eventTypes: ['run.*'] }, { idempotencyKey: 'k' });
  await endpoints.update('whk_1', { state: 'disabled' });
  await endpoints.rotateSecret('whk_1', { overlapSeconds: 60 });
  await endpoints.test('whk_1');
  await endpoints.retry('whk_1', 'dlv_1');
  await endpoints.list({ limit: 5 });
  await endpoints.deliveries('whk_1', { state: 'failed' });
  await endpoints.delete('whk_1');
  expect(server.seen.map(({ method, path, query, body }) => [`${method} ${path}?${query}`, body])).toEqual([
    ['POST /v1/webhook-endpoints?', { url: 'https://a.example', eventTypes: ['run.*'] }],
    ['PATCH /v1/webhook-endpoints/whk_1?', { state: 'disabled' }],
    ['POST /v1/webhook-endpoints/whk_1/rotate-secret?', { overlapSeconds: 60 }],
    ['POST /v1/webhook-endpoints/whk_1/test?', undefined],
    ['POST /v1/webhook-endpoints/whk_1/deliveries/dlv_1/retry?', undefined],
    ['GET /v1/webhook-endpoints?limit=5', undefined],
    ['GET /v1/webhook-endpoints/whk_1/deliveries?state=failed', undefined],
    ['DELETE /v1/webhook-endpoints/whk_1?', undefined],
  ]);
  expect(server.seen[0]?.headers['idempotency-key']).toBe('k');
});
