import { env } from 'cloudflare:workers';
import { SignJWT } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, newApiKey, newToken, newWorkspace } from '../../test/client.ts';
import { later } from '../../test/clock.ts';
import { app } from '../app.ts';

const workspace = await newWorkspace();
const as = workspace.key;

afterEach(() => {
  vi.useRealTimers();
});

const list = (credential: string, headers = {}) => call('GET /v1/flows', { as: credential, headers });
const newKey = (name?: string) => newApiKey(workspace, name);

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
      return Promise.all(
        tables.map((table) => env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first('n')),
      );
    };
    const before = await count();
    await newToken(workspace);
    expect(await count()).toEqual(before);
  });

  it('end after at most 15 minutes', async () => {
    const { body } = await call('POST /v1/client-tokens', {
      as,
      body: { user: { id: 'u', name: 'U' }, flows: {} },
    });
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
    [
      'an avatar that is a script',
      { user: { id: 'u', name: 'U', avatarUrl: 'javascript:alert(1)' } },
      'user.avatarUrl',
    ],
    ['an unknown field', { admin: true }, 'admin'],
    ['a budget of half a credit unit', { budget: { credits: 0.5, per: 'day' } }, 'budget.credits'],
  ])('are not minted with %s', async (_what, more, path) => {
    const { status, body } = await call('POST /v1/client-tokens', {
      as,
      body: { user: { id: 'u', name: 'U' }, flows: { '*': 'view' }, ...more },
    });
    expect([status, body.issues?.['0']?.['path']]).toEqual([422, path]);
  });

  const parts = (token: string) => token.split('.') as [string, string, string];
  const encode = (value: object) =>
    btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const decode = (part: string) =>
    JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, unknown>;

  it.each([
    ['without a signature', (token: string) => `${parts(token)[0]}.${parts(token)[1]}.`],
    [
      'with the algorithm none',
      (token: string) => `${encode({ ...decode(parts(token)[0]), alg: 'none' })}.${parts(token)[1]}.`,
    ],
    [
      'with another algorithm',
      (token: string) =>
        `${encode({ ...decode(parts(token)[0]), alg: 'HS512' })}.${parts(token)[1]}.${parts(token)[2]}`,
    ],
    [
      'with claims changed',
      (token: string) =>
        `${parts(token)[0]}.${encode({ ...decode(parts(token)[1]), flows: { '*': 'edit' } })}.${parts(token)[2]}`,
    ],
    [
      'without a key id',
      (token: string) => `${encode({ alg: 'HS256' })}.${parts(token)[1]}.${parts(token)[2]}`,
    ],
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
    const key = new Uint8Array(
      await crypto.subtle.deriveBits(
        { name: 'HKDF', hash: 'SHA-256', salt: bytes(workspace.id), info: bytes('uxflow client token') },
        material,
        256,
      ),
    );
    const sign = (audience: string) =>
      new SignJWT({ ...decode(parts(token)[1]) })
        .setProtectedHeader({ alg: 'HS256', kid: String(header['kid']) })
        .setAudience(audience)
        .sign(key);
    expect((await list(await sign('uxflow'))).status).toBe(200);
    expect((await list(await sign('elsewhere'))).status).toBe(401);
  });

  it('signed with an older secret of the list still hold', async () => {
    const { token } = await newToken(workspace);
    const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
    const ask = (secrets: string) =>
      app.request(
        '/v1/flows',
        { headers: { Authorization: `Bearer ${token}` } },
        { ...env, TOKEN_SECRETS: secrets },
        context,
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
      .bind(workspace.id, 'jti', jti, Date.now(), Date.now() + 1_000_000)
      .run();
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
