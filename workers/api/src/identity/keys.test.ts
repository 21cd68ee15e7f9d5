import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, newApiKey, newWorkspace, OPERATOR } from '../../test/client.ts';
import { later } from '../../test/clock.ts';
import { app } from '../app.ts';
import { forgetCredentials } from './standing.ts';
import { newSecretKey } from './secret-key.ts';

const workspace = await newWorkspace();
const as = workspace.key;

afterEach(() => {
  vi.useRealTimers();
});

const list = (credential: string, headers = {}) => call('GET /v1/flows', { as: credential, headers });
const newKey = (name?: string) => newApiKey(workspace, name);

describe('secret keys', () => {
  it('are made, listed without their value, and used', async () => {
    const key = await newKey('CI');
    expect((await list(key.value)).status).toBe(200);
    const { body, text } = await call('GET /v1/api-keys', { as });
    expect(body.data?.['0']).toMatchObject({
      id: key.id,
      name: 'CI',
      mode: 'live',
      prefix: key.prefix,
      revokedAt: null,
    });
    expect(text).not.toContain(key.value);
    expect(key.value.startsWith(key.prefix)).toBe(true);
  });

  it('are kept as an HMAC alone', async () => {
    const key = await newKey();
    const rows = JSON.stringify((await env.DB.prepare('SELECT * FROM api_key').all()).results);
    expect(rows).toContain(key.prefix);
    expect(rows).not.toContain(key.value.slice('uxf_sk_live_'.length));
  });

  it('that nobody made are unknown, well-formed or not', async () => {
    for (const credential of [newSecretKey('live'), 'uxf_sk_live_short', `${as}x`, as.slice(0, -1)]) {
      const { status, body } = await list(credential);
      expect([status, body.code]).toEqual([401, 'unauthenticated']);
    }
  });

  it('are refused from a browser, whether known or not', async () => {
    for (const credential of [as, 'uxf_sk_live_short']) {
      const { status, body } = await list(credential, { Origin: 'https://app.example.com' });
      expect([status, body.code]).toEqual([403, 'secret_key_in_browser']);
    }
  });

  it('end when revoked; other keys do not', async () => {
    const key = await newKey();
    expect((await call(`DELETE /v1/api-keys/${key.id}`, { as })).status).toBe(204);
    expect((await list(key.value)).status).toBe(401);
    expect((await list(as)).status).toBe(200);
    expect((await call(`POST /v1/api-keys/${key.id}/rotate`, { as, body: {} })).status).toBe(409);
  });

  it('that another isolate has revoked are refused within 60 seconds', async () => {
    const key = await newKey();
    expect((await list(key.value)).status).toBe(200);
    await env.DB.prepare('UPDATE api_key SET revoked_at = 1 WHERE id = ?').bind(key.id).run();
    later(60);
    expect((await list(key.value)).status).toBe(401);
  });

  it('that are rotated work beside the new one for the overlap, not longer', async () => {
    const key = await newKey('Server');
    const { status, body } = await call(`POST /v1/api-keys/${key.id}/rotate`, {
      as,
      body: { overlapSeconds: 600 },
    });
    expect([status, body.name]).toEqual([201, 'Server']);
    const fresh = String(body.value);
    for (const value of [key.value, fresh]) expect((await list(value)).status).toBe(200);
    later(599);
    expect((await list(key.value)).status).toBe(200);
    later(2);
    expect((await list(key.value)).status).toBe(401);
    expect((await list(fresh)).status).toBe(200);
  });

  it('of the demo are refused unless this is a local demo', async () => {
    const refused = await call('POST /v1/admin/workspaces', {
      as: OPERATOR,
      body: { name: 'Demo', demo: true },
    });
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);

    const demo = { ...env, LOCAL_DEMO: '1' };
    const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
    const made = await app.request(
      '/v1/admin/workspaces',
      {
        method: 'POST',
        body: JSON.stringify({ name: 'Demo', demo: true }),
        headers: { Authorization: `Bearer ${OPERATOR}`, 'Content-Type': 'application/json' },
      },
      demo,
      context,
    );
    const { key } = await made.json<{ key: { value: string; mode: string } }>();
    expect([made.status, key.mode, key.value.startsWith('uxf_sk_test_demo')]).toEqual([201, 'test', true]);
    const headers = { Authorization: `Bearer ${key.value}` };
    expect((await app.request('/v1/flows', { headers }, demo, context)).status).toBe(200);
    forgetCredentials();
    expect((await list(key.value)).status).toBe(401);
  });

  it('tell when they were last used', async () => {
    const key = await newKey();
    await list(key.value);
    const used = async () =>
      Object.values((await call('GET /v1/api-keys', { as })).body.data ?? {}).find(
        ({ id }) => String(id) === key.id,
      );
    await vi.waitFor(async () => expect((await used())?.['lastUsedAt']).toEqual(expect.stringMatching(/Z$/)));
  });
});
