import { env } from 'cloudflare:workers';
import { SignJWT } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, newToken, newWorkspace, OPERATOR } from '../../test/client.ts';
import { app } from '../app.ts';
import { forgetCredentials } from './standing.ts';
import { newSecretKey } from './secret-key.ts';

const workspace = await newWorkspace();
const as = workspace.key;

afterEach(() => {
  vi.useRealTimers();
});

const list = (credential: string, headers = {}) => call('GET /v1/flows', { as: credential, headers });
const newKey = async (name = 'Spare') =>
  (await call('POST /v1/api-keys', { as, body: { name } })).body as unknown as { id: string; value: string; prefix: string };
const later = (seconds: number) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + seconds * 1000);
};

describe('secret keys', () => {
  it('are made, listed without their value, and used', async () => {
    const key = await newKey('CI');
    expect((await list(key.value)).status).toBe(200);
    const { body, text } = await call('GET /v1/api-keys', { as });
    expect(body.data?.['0']).toMatchObject({ id: key.id, name: 'CI', mode: 'live', prefix: key.prefix, revokedAt: null });
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
    const { status, body } = await call(`POST /v1/api-keys/${key.id}/rotate`, { as, body: { overlapSeconds: 600 } });
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
    const refused = await call('POST /v1/admin/workspaces', { as: OPERATOR, body: { name: 'Demo', demo: true } });
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);

    const demo = { ...env, LOCAL_DEMO: '1' };
    const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
    const made = await app.request('/v1/admin/workspaces', {
      method: 'POST', body: JSON.stringify({ name: 'Demo', demo: true }),
      headers: { Authorization: `Bearer ${OPERATOR}`, 'Content-Type': 'application/json' },
    }, demo, context);
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
    const used = async () => Object.values((await call('GET /v1/api-keys', { as })).body.data ?? {}).find(({ id }) => String(id) === key.id);
    await vi.waitFor(async () => expect((await used())?.['lastUsedAt']).toEqual(expect.stringMatching(/Z$/)));
  });
});

describe('client tokens', () => {
  it('may do what they say and nothing else', async () => {
    const { token } = await newToken(workspace);
    expect((await list(token)).status).toBe(200);
    for (const route of ['GET /v1/api-keys', 'GET /v1/admin/workspaces']) {
      const { status, body } = await call(route, { as: token });
      expect([status, body.code]).toEqual([403, 'forbidden']);
    }
  });

  it('are minted without a row anywhere', async () => {
    const count = async () => {
      const tables = ['workspace', 'api_key', 'token_revocation', 'idempotency', 'flow'];
      return Promise.all(tables.map((table) => env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first('n')));
    };
    const before = await count();
    await newToken(workspace);
    expect(await count()).toEqual(before);
  });

  it('end after at most 15 minutes', async () => {
    const { body } = await call('POST /v1/client-tokens', { as, body: { user: { id: 'u', name: 'U' }, flows: {} } });
    expect(Date.parse(String(body.expiresAt)) - Date.now()).toBeLessThanOrEqual(900_000);
    later(901);
    const { status, body: problem } = await list(String(body.token));
    expect([status, problem.code]).toEqual([401, 'token_expired']);
  });

  it.each([
    ['a longer life', { expiresInSeconds: 901 }, 'expiresInSeconds'],
    ['an unknown permission', { flows: { '*': 'admin' } }, 'flows.*'],
    ['an unknown scope', { flows: { 'flow:1': 'edit' } }, 'flows.flow:1'],
    ['an origin with a path', { origins: ['https://app.example.com/x'] }, 'origins.0'],
    ['the origin null', { origins: ['null'] }, 'origins.0'],
    ['an avatar that is a script', { user: { id: 'u', name: 'U', avatarUrl: 'javascript:alert(1)' } }, 'user.avatarUrl'],
    ['an unknown field', { admin: true }, 'admin'],
    ['a budget of half a credit unit', { budget: { credits: 0.5, per: 'day' } }, 'budget.credits'],
  ])('are not minted with %s', async (_what, more, path) => {
    const { status, body } = await call('POST /v1/client-tokens', {
      as, body: { user: { id: 'u', name: 'U' }, flows: { '*': 'view' }, ...more },
    });
    expect([status, body.issues?.['0']?.['path']]).toEqual([422, path]);
  });

  const parts = (token: string) => token.split('.') as [string, string, string];
  const encode = (value: object) => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const decode = (part: string) => JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, unknown>;

  it.each([
    ['without a signature', (token: string) => `${parts(token)[0]}.${parts(token)[1]}.`],
    ['with the algorithm none', (token: string) => `${encode({ ...decode(parts(token)[0]), alg: 'none' })}.${parts(token)[1]}.`],
    ['with another algorithm', (token: string) => `${encode({ ...decode(parts(token)[0]), alg: 'HS512' })}.${parts(token)[1]}.${parts(token)[2]}`],
    ['with claims changed', (token: string) => `${parts(token)[0]}.${encode({ ...decode(parts(token)[1]), flows: { '*': 'edit' } })}.${parts(token)[2]}`],
    ['without a key id', (token: string) => `${encode({ alg: 'HS256' })}.${parts(token)[1]}.${parts(token)[2]}`],
    ['that is nonsense', () => 'a.b.c'],
  ])('%s are unknown', async (_what, forge) => {
    const { token } = await newToken(workspace, { flows: { '*': 'view' } });
    expect((await list(token)).status).toBe(200);
    const { status, body } = await list(forge(token));
    expect([status, body.code]).toEqual([401, 'unauthenticated']);
  });

  it('signed by the key of one workspace are unknown in another, and for another audience anywhere', async () => {
    const other = await newWorkspace();
    const { token } = await newToken(workspace);
    const { token: theirs } = await newToken(other);
    const header = decode(parts(token)[0]);
    const moved = `${encode({ ...header, kid: decode(parts(theirs)[0])['kid'] })}.${parts(token)[1]}.${parts(token)[2]}`;
    expect((await list(moved)).status).toBe(401);

    // The real key, made here as the code under test makes it, but another audience.
    const [secret = ''] = String(env['TOKEN_SECRETS']).split(',');
    const bytes = (text: string) => new TextEncoder().encode(text);
    const material = await crypto.subtle.importKey('raw', bytes(secret), 'HKDF', false, ['deriveBits']);
    const key = new Uint8Array(await crypto.subtle.deriveBits(
      { name: 'HKDF', hash: 'SHA-256', salt: bytes(workspace.id), info: bytes('uxflow client token') }, material, 256,
    ));
    const sign = (audience: string) => new SignJWT({ ...decode(parts(token)[1]) })
      .setProtectedHeader({ alg: 'HS256', kid: String(header['kid']) }).setAudience(audience).sign(key);
    expect((await list(await sign('uxflow'))).status).toBe(200);
    expect((await list(await sign('elsewhere'))).status).toBe(401);
  });

  it('signed with an older secret of the list still hold', async () => {
    const { token } = await newToken(workspace);
    const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
    const ask = (secrets: string) => app.request(
      '/v1/flows', { headers: { Authorization: `Bearer ${token}` } }, { ...env, TOKEN_SECRETS: secrets }, context,
    );
    const fresh = 'a-fresh-secret-0123456789-0123456789-abc';
    expect((await ask(`${fresh},${env['TOKEN_SECRETS']}`)).status).toBe(200);
    expect((await ask(fresh)).status).toBe(401);
  });

  it('end when revoked one by one', async () => {
    const [one, two] = [await newToken(workspace), await newToken(workspace)];
    expect((await call('POST /v1/client-tokens/revoke', { as, body: { jti: one.jti } })).status).toBe(204);
    expect([(await list(one.token)).status, (await list(two.token)).status]).toEqual([401, 200]);
  });

  it('of a user end together, but not those minted afterwards, nor those of a namesake elsewhere', async () => {
    const other = await newWorkspace();
    const user = { user: { id: 'gone', name: 'G' } };
    const [before, namesake] = [await newToken(workspace, user), await newToken(other, user)];
    await call('POST /v1/client-tokens/revoke', { as, body: { userId: 'gone' } });
    expect((await list(before.token)).status).toBe(401);
    expect((await list(namesake.token)).status).toBe(200);
    later(1);
    expect((await list((await newToken(workspace, user)).token)).status).toBe(200);
  });

  it('that another isolate has revoked are refused within 60 seconds', async () => {
    const { token, jti } = await newToken(workspace);
    expect((await list(token)).status).toBe(200);
    await env.DB.prepare('INSERT INTO token_revocation VALUES (?, ?, ?, ?, ?)')
      .bind(workspace.id, 'jti', jti, Date.now(), Date.now() + 1_000_000).run();
    later(60);
    expect((await list(token)).status).toBe(401);
  });

  it('end with the key that minted them', async () => {
    const key = await newKey();
    const { token } = await newToken({ ...workspace, key: key.value });
    expect((await list(token)).status).toBe(200);
    await call(`DELETE /v1/api-keys/${key.id}`, { as });
    expect((await list(token)).status).toBe(401);
  });

  it('are revoked by one field alone', async () => {
    for (const body of [{}, { jti: 'a', userId: 'b' }]) {
      expect((await call('POST /v1/client-tokens/revoke', { as, body })).status).toBe(422);
    }
  });
});

describe('the operator', () => {
  it('makes workspaces, lists them and grants credits once a key', async () => {
    const made = await newWorkspace('Granted');
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const { body } = await call(`GET /v1/admin/workspaces?limit=5${cursor}`, { as: OPERATOR });
      seen.push(...Object.values(body.data ?? {}).map(({ id }) => id));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toContain(made.id);

    const grant = () => call(`POST /v1/admin/workspaces/${made.id}/grants`, {
      as: OPERATOR, body: { amount: 5_000_000, note: 'Welcome' }, headers: { 'Idempotency-Key': 'welcome' },
    });
    const first = await grant();
    expect([first.status, first.body.available]).toEqual([201, 5_000_000]);
    expect((await grant()).body).toEqual(first.body);
    expect((await call('GET /v1/credits', { as: made.key })).body.available).toBe(5_000_000);
  });

  it('is nobody else', async () => {
    expect((await call('GET /v1/admin/workspaces', { as: `${OPERATOR}x` })).status).toBe(401);
    expect((await call('GET /v1/admin/workspaces', { as })).status).toBe(403);
    expect((await list(OPERATOR)).status).toBe(403);
  });

  it('cannot grant to a workspace that is not there, nor nothing', async () => {
    const grant = (id: string, amount: number) =>
      call(`POST /v1/admin/workspaces/${id}/grants`, { as: OPERATOR, body: { amount, note: 'x' } });
    expect((await grant('ws_01KA3Z0000000000000000000A', 1)).status).toBe(404);
    expect((await grant(workspace.id, 0)).status).toBe(422);
  });
});
