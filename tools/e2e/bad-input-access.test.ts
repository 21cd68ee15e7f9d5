import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace, type DemoWorkspace } from '../lib/operator.ts';
import { type Product, startProduct } from '../lib/product.ts';
import { documentOf } from './bad-input/samples.ts';
import { FORGERIES, type Keys, keysOf, partsOf, signed } from './bad-input/tokens.ts';
import {
  type Call,
  caller,
  endOf,
  expectProblem,
  type JsonObject,
  possessions,
  type Send,
} from './black-box.ts';

const RENAME = { ops: [{ op: 'rename', name: 'Somebody was here' }] };
const RUN = { agent: 'designer', prompt: 'The visitor pays.' };

describe('who may not', () => {
  let product: Product;
  let mine: DemoWorkspace;
  let call: Call;
  let flowId: string;
  let runId: string;
  let before: JsonObject;

  const post = (path: string, json: JsonObject, more: Partial<Send> = {}) =>
    call({ method: 'POST', path, json, ...more });
  const created = async (path: string, json: JsonObject, more: Partial<Send> = {}): Promise<JsonObject> => {
    const answer = await post(path, json, more);
    if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  };
  const mint = async (
    claims: JsonObject,
    more: Partial<Send> = {},
  ): Promise<{ token: string; jti: string }> =>
    (await created(
      '/v1/client-tokens',
      { user: { id: 'mia', name: 'Mia' }, flows: { '*': 'edit' }, agents: true, ...claims },
      more,
    )) as {
      token: string;
      jti: string;
    };
  /** What a credential must not be able to do: read, edit, spend. */
  const attempts = (credential: string | null, headers: Record<string, string> = {}) =>
    [
      { path: `/v1/flows/${flowId}` },
      { method: 'POST', path: `/v1/flows/${flowId}/commits`, json: RENAME },
      { method: 'POST', path: `/v1/flows/${flowId}/runs`, json: RUN },
      { method: 'DELETE', path: `/v1/flows/${flowId}` },
    ].map((request): Send => ({ ...request, as: credential, headers }));
  const expectUnchanged = async () => expect(await possessions(call)).toEqual(before);

  async function expectRefused(requests: Send[], status: number, code: string): Promise<void> {
    for (const request of requests) expectProblem(await call(request), { status, code });
    await expectUnchanged();
  }

  beforeAll(async () => {
    product = await startProduct();
    const operator = { baseUrl: product.api, operatorToken: product.operatorToken };
    mine = await createWorkspace(operator, 'Mine', 500_000_000);
    call = caller(product.api, mine.key);
    flowId = String(
      (await created('/v1/flows', { name: 'Target', document: documentOf(), tenantId: 'globex' }))['id'],
    );
    runId = String((await created(`/v1/flows/${flowId}/runs`, RUN))['id']);
    await endOf(call, runId);
    before = await possessions(call);
  });
  afterAll(() => product?.stop());

  describe('a secret key that', () => {
    test.each<[string, (key: string) => string]>([
      ['has a wrong checksum', (key) => key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A')],
      [
        'has another letter in the middle',
        (key) => key.slice(0, 30) + (key[30] === 'A' ? 'B' : 'A') + key.slice(31),
      ],
      ['is cut off', (key) => key.slice(0, -6)],
      ['claims the other mode', (key) => key.replace('_test_', '_live_')],
      ['is in capitals', (key) => key.toUpperCase()],
      ['is only its prefix', () => 'uxf_sk_test_'],
    ])('%s is unknown', async (_, change) => {
      await expectRefused(attempts(change(mine.key)), 401, 'unauthenticated');
    });

    test('comes from a browser is refused, also on a preflighted path, and works without Origin', async () => {
      await expectRefused(
        attempts(mine.key, { origin: 'https://app.example' }),
        403,
        'secret_key_in_browser',
      );
      expect((await call({ path: `/v1/flows/${flowId}` })).status).toBe(200);
    });

    test('stands anywhere but in the header is not seen', async () => {
      expectProblem(await call({ path: `/v1/flows/${flowId}?key=${mine.key}`, as: null }), {
        status: 401,
        code: 'unauthenticated',
      });
      const basic = `Basic ${Buffer.from(`${mine.key}:`).toString('base64')}`;
      expectProblem(
        await call({ path: `/v1/flows/${flowId}`, as: null, headers: { authorization: basic } }),
        { status: 401, code: 'unauthenticated' },
      );
    });

    test('was revoked is unknown, and so are the tokens it minted', async () => {
      const { id, value } = (await created('/v1/api-keys', { name: 'To be revoked' })) as {
        id: string;
        value: string;
      };
      const { token } = await mint({}, { as: value });
      expect((await call({ path: `/v1/flows/${flowId}`, as: value })).status).toBe(200);
      expect((await call({ path: `/v1/flows/${flowId}`, as: token })).status).toBe(200);
      expect((await call({ method: 'DELETE', path: `/v1/api-keys/${id}` })).status).toBe(204);
      before = await possessions(call);
      await expectRefused([...attempts(value), ...attempts(token)], 401, 'unauthenticated');
    });

    test('was rotated works for its overlap and not longer', async () => {
      const old = (await created('/v1/api-keys', { name: 'To be rotated' })) as { id: string; value: string };
      const fresh = await created(`/v1/api-keys/${old.id}/rotate`, { overlapSeconds: 2 });
      before = await possessions(call);
      expect((await call({ path: `/v1/flows/${flowId}`, as: old.value })).status).toBe(200);
      await sleep(2_100);
      await expectRefused(attempts(old.value), 401, 'unauthenticated');
      expect((await call({ path: `/v1/flows/${flowId}`, as: String(fresh['value']) })).status).toBe(200);
      expectProblem(await post(`/v1/api-keys/${old.id}/rotate`, {}), { status: 409, code: 'conflict' });
    });

    test.each(['/v1/admin/workspaces', '/v1/admin/workspaces/ws_01KA3Y5V0D3T0X1W9G2B7C4M8Q/grants'])(
      'asks for %s is not the operator',
      async (path) => {
        expectProblem(await post(path, { name: 'x', amount: 1, note: 'x' }), {
          status: 403,
          code: 'forbidden',
        });
      },
    );

    test('is the operator’s token opens no workspace', async () => {
      await expectRefused(attempts(product.operatorToken), 403, 'forbidden');
    });
  });

  describe('a client token that', () => {
    let keys: Keys;
    beforeAll(() => {
      const secrets = readFileSync(join(product.stateDir, 'secrets.json'), 'utf8');
      keys = keysOf((JSON.parse(secrets) as { tokenSecret: string }).tokenSecret, mine.id);
    });

    test.each(FORGERIES)('$name is refused', async ({ forge, code }) => {
      const { token } = await mint({});
      await expectRefused(attempts(forge(token, keys)), 401, code);
      const control = signed(partsOf(token), keys.right);
      expect(
        (await call({ path: `/v1/flows/${flowId}`, as: control })).status,
        'the forger has the right key',
      ).toBe(200);
    });

    test.each([
      ['its id', (token: { jti: string }) => ({ jti: token.jti })],
      ['its user', () => ({ userId: 'revoked-user' })],
    ])('was revoked by %s is refused', async (_, target) => {
      const minted = await mint({ user: { id: 'revoked-user', name: 'R' } });
      expect((await call({ path: `/v1/flows/${flowId}`, as: minted.token })).status).toBe(200);
      expect((await post('/v1/client-tokens/revoke', target(minted))).status).toBe(204);
      await expectRefused(attempts(minted.token), 401, 'unauthenticated');
    });

    test('is used on another page is refused there and works on its own', async () => {
      const { token } = await mint({ origins: ['https://app.example'] });
      await expectRefused(attempts(token, { origin: 'https://evil.example' }), 403, 'origin_not_allowed');
      await expectRefused(attempts(token, { origin: 'http://app.example' }), 403, 'origin_not_allowed');
      expect(
        (await call({ path: `/v1/flows/${flowId}`, as: token, headers: { origin: 'https://app.example' } }))
          .status,
      ).toBe(200);
    });

    test('belongs to a tenant never leaves it', async () => {
      const { token } = await mint({
        tenantId: 'acme',
        flows: { '*': 'edit', [flowId]: 'edit', 'tenant:globex': 'edit' },
      });
      await expectRefused(attempts(token), 404, 'not_found');
      expectProblem(await call({ path: `/v1/runs/${runId}`, as: token }), { status: 404, code: 'not_found' });
      for (const path of ['/v1/flows', '/v1/flows?tenantId=globex', '/v1/flows?q=Target']) {
        expect((await call({ path, as: token })).body['data'], path).toEqual([]);
      }
      for (const [path, json] of [
        ['/v1/flows', { name: 'x' }],
        ['/v1/flows/import', { format: 'mermaid', source: 'graph TD\n a-->b' }],
      ] as const) {
        expectProblem(await post(path, { ...json, tenantId: 'globex' }, { as: token }), {
          status: 403,
          code: 'forbidden',
          field: 'tenantId',
        });
      }
      await expectUnchanged();
      const own = await created('/v1/flows', { name: 'Of Acme' }, { as: token });
      expect(own['tenantId']).toBe('acme');
      expect(
        ((await call({ path: '/v1/flows', as: token })).body['data'] as JsonObject[]).map(({ id }) => id),
      ).toEqual([own['id']]);
      before = await possessions(call);
    });

    test.each(['view', 'comment'])('may %s looks on and changes nothing', async (permission) => {
      const { token } = await mint({ flows: { [flowId]: permission } });
      const [read, ...writes] = attempts(token);
      if (read) expect((await call(read)).status).toBe(200);
      await expectRefused(writes, 403, 'forbidden');
      await expectRefused(
        [{ method: 'POST', path: '/v1/flows', json: { name: 'x' }, as: token }],
        403,
        'forbidden',
      );
    });

    test.each<[string, JsonObject | boolean | string[]]>([
      ['no agents', false],
      ['another agent', ['reviewer']],
    ])('may run %s starts none', async (_, agents) => {
      const { token } = await mint({ agents });
      await expectRefused(
        [{ method: 'POST', path: `/v1/flows/${flowId}/runs`, json: RUN, as: token }],
        403,
        'forbidden',
      );
    });

    test.each(['/v1/api-keys', '/v1/client-tokens', '/v1/client-tokens/revoke'])(
      'posts to %s has the wrong credential',
      async (path) => {
        const { token } = await mint({});
        await expectRefused([{ method: 'POST', path, json: {}, as: token }], 403, 'forbidden');
      },
    );

    test('asks for the workspace’s money sees its own budget only', async () => {
      const { token } = await mint({});
      expect((await call({ path: '/v1/credits', as: token })).body).toEqual({ budget: null });
      for (const path of ['/v1/credits/entries', '/v1/usage', '/v1/api-keys'])
        expectProblem(await call({ path, as: token }), { status: 403, code: 'forbidden' });
    });
  });
});
