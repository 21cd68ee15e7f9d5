import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWorkspace } from '../lib/operator.ts';
import { type Product, startProduct } from '../lib/product.ts';
import { handshake, LiveClient } from './bad-input/handshake.ts';
import { COMMITS, MESSAGES, RENAME } from './bad-input/messages.ts';
import { documentOf } from './bad-input/samples.ts';
import { type Call, caller, expectProblem, type JsonObject, possessions } from './black-box.ts';

describe('bad input on the live socket', () => {
  let product: Product;
  let key: string;
  let foreignKey: string;
  let call: Call;
  let flowId: string;
  let clock: number;
  let url: string;

  const mint = async (claims: JsonObject = {}, as = key): Promise<string> => {
    const { body, text } = await call({
      method: 'POST',
      path: '/v1/client-tokens',
      json: { user: { id: 'mia', name: 'Mia' }, flows: { '*': 'edit' }, ...claims },
      as,
    });
    if (typeof body['token'] !== 'string') throw new Error(text);
    return body['token'];
  };

  beforeAll(async () => {
    product = await startProduct();
    const operator = { baseUrl: product.api, operatorToken: product.operatorToken };
    key = (await createWorkspace(operator, 'Live', 500_000_000)).key;
    foreignKey = (await createWorkspace(operator, 'Foreign', 500_000_000)).key;
    call = caller(product.api, key);
    const { body } = await call({
      method: 'POST',
      path: '/v1/flows',
      json: { name: 'Live', document: documentOf(), tenantId: 'acme' },
    });
    flowId = String(body['id']);
    clock = Number(body['clock']);
    url = `${product.api}/v1/flows/${flowId}/live`;
  });
  afterAll(() => product?.stop());

  describe('a handshake', () => {
    const offer = (credential: string) => ({ 'sec-websocket-protocol': `uxflow.v1, token.${credential}` });

    test('with a good token is answered, and the token is not echoed', async () => {
      expect(await handshake(url, offer(await mint()))).toMatchObject({ status: 101, protocol: 'uxflow.v1' });
      expect(await handshake(url, offer(key))).toMatchObject({ status: 101, protocol: 'uxflow.v1' });
      expect(
        await handshake(url, { 'sec-websocket-protocol': 'uxflow.v1', authorization: `Bearer ${key}` }),
      ).toMatchObject({ status: 101 });
    });

    test.each<[string, () => Promise<Record<string, string>> | Record<string, string>, number, string]>([
      ['without a credential', () => ({ 'sec-websocket-protocol': 'uxflow.v1' }), 401, 'unauthenticated'],
      ['with nonsense', () => offer('nonsense'), 401, 'unauthenticated'],
      [
        'with a forged token',
        async () => offer(`${(await mint()).slice(0, -4)}AAAA`),
        401,
        'unauthenticated',
      ],
      ['with the operator’s token', () => offer(product.operatorToken), 403, 'forbidden'],
      [
        'with a secret key from a browser',
        () => ({ ...offer(key), origin: 'https://app.example' }),
        403,
        'secret_key_in_browser',
      ],
      [
        'with a token of other origins',
        async () => ({
          ...offer(await mint({ origins: ['https://app.example'] })),
          origin: 'https://evil.example',
        }),
        403,
        'origin_not_allowed',
      ],
      ['with another workspace’s key', () => offer(foreignKey), 404, 'not_found'],
      [
        'with another workspace’s token',
        async () => offer(await mint({ flows: { '*': 'edit', [flowId]: 'edit' } }, foreignKey)),
        404,
        'not_found',
      ],
      [
        'with another tenant’s token',
        async () => offer(await mint({ tenantId: 'globex' })),
        404,
        'not_found',
      ],
      [
        'with a token for another flow',
        async () => offer(await mint({ flows: { flw_01KA3Y5V0D3T0X1W9G2B7C4M8Q: 'edit' } })),
        404,
        'not_found',
      ],
      [
        'for another protocol',
        () => ({ 'sec-websocket-protocol': 'graphql-ws', authorization: `Bearer ${key}` }),
        422,
        'invalid_request',
      ],
    ])('%s is refused', async (_, headers, status, code) => {
      expectProblem(await handshake(url, await headers()), { status, code });
    });

    test('on a flow that was deleted, or never was, finds nothing', async () => {
      const { body } = await call({ method: 'POST', path: '/v1/flows', json: { name: 'Gone' } });
      expect((await call({ method: 'DELETE', path: `/v1/flows/${String(body['id'])}` })).status).toBe(204);
      for (const id of [body['id'], 'flw_01KA3Y5V0D3T0X1W9G2B7C4M8Q', 'nonsense']) {
        expectProblem(await handshake(url.replace(flowId, String(id)), offer(key)), {
          status: 404,
          code: 'not_found',
        });
      }
    });

    test('that is a plain request says what to do', async () => {
      expectProblem(await call({ path: `/v1/flows/${flowId}/live` }), {
        status: 422,
        code: 'invalid_request',
      });
    });
  });

  describe('a message', () => {
    let live: LiveClient;
    let other: LiveClient;
    let before: JsonObject;

    beforeEach(async () => {
      live = await LiveClient.open(url, await mint());
      other = await LiveClient.open(url, await mint({ user: { id: 'noah', name: 'Noah' } }));
      for (const client of [live, other]) {
        client.send({ type: 'hello', clientId: crypto.randomUUID().slice(0, 8) });
        await client.next(({ type }) => type === 'welcome');
      }
      before = await possessions(call);
    });
    afterEach(() => {
      live.close();
      other.close();
    });

    const commit = (seq: number, ops: JsonObject[], more: JsonObject = {}): JsonObject => ({
      type: 'commit',
      key: `mia:${seq}`,
      baseClock: clock,
      ops,
      ...more,
    });

    test.each(MESSAGES)(
      '%s is refused with its code and the socket stays open',
      async (_, message, code, field) => {
        live.send(message);
        const refused = await live.next(({ type }) => type === 'refused');
        expect(refused).toMatchObject({ type: 'refused', code, detail: expect.stringMatching(/\S{3}/) });
        if (field !== undefined)
          expect(JSON.stringify(refused['issues']), JSON.stringify(refused)).toContain(`"path":"${field}"`);
        await expectAlive();
      },
    );

    test.each(COMMITS)(
      'that commits %s is refused under its key, and nobody else hears of it',
      async (_, ops, code, field) => {
        const from = other.heard.length;
        live.send({ type: 'hello', clientId: 'mia' });
        const seq = Number((await live.next((heard) => heard['type'] === 'welcome', 1))['lastSeq']) + 1;
        live.send(commit(seq, ops));
        const refused = await live.next(({ type }) => type === 'refused');
        expect(refused).toMatchObject({ key: `mia:${seq}`, code });
        expect(JSON.stringify(refused['issues']), JSON.stringify(refused)).toContain(`"path":"${field}"`);
        await expectAlive();
        // The one change that others hear of is the control's.
        expect(other.heard.slice(from).filter(({ type }) => type === 'changes')).toHaveLength(1);
      },
    );

    test('before hello is refused', async () => {
      const early = await LiveClient.open(url, await mint());
      early.send(commit(1, [RENAME]));
      expect(await early.next(({ type }) => type === 'refused')).toMatchObject({
        code: 'invalid_request',
        key: 'mia:1',
      });
      early.send({ type: 'hello', clientId: 'early' });
      expect(await early.next(({ type }) => type === 'welcome')).toMatchObject({ clock });
      early.close();
      expect(await possessions(call)).toEqual(before);
    });

    test.each(['view', 'comment'])('of someone who may %s only does not edit', async (permission) => {
      const guest = await LiveClient.open(url, await mint({ flows: { '*': permission } }));
      guest.send({ type: 'hello', clientId: 'guest' });
      await guest.next(({ type }) => type === 'welcome');
      for (const message of [
        { ...commit(1, [RENAME]), key: 'guest:1' },
        { type: 'undo', key: 'guest:2' },
        { type: 'redo', key: 'guest:3' },
      ]) {
        guest.send(message);
        expect(
          await guest.next((heard) => heard['type'] === 'refused' && heard['key'] === message.key),
        ).toMatchObject({ code: 'forbidden' });
      }
      guest.close();
      expect(await possessions(call)).toEqual(before);
    });

    test.each<[string, () => Promise<string>, string, number]>([
      ['a forged token', async () => `${(await mint()).slice(0, -4)}AAAA`, 'unauthenticated', 4401],
      ['another user’s token', () => mint({ user: { id: 'noah', name: 'Noah' } }), 'forbidden', 4403],
      ['a token for another flow', () => mint({ flows: {} }), 'forbidden', 4403],
      ['another workspace’s token', () => mint({}, foreignKey), 'forbidden', 4403],
    ])('that renews with %s ends the socket with the reason', async (_, token, code, closeCode) => {
      live.send({ type: 'auth', token: await token() });
      expect(await live.next(({ type }) => type === 'bye')).toEqual({ type: 'bye', code });
      await expect.poll(() => live.closed?.code).toBe(closeCode);
      expect(await possessions(call)).toEqual(before);
    });

    test('that is flooded with garbage disturbs nobody', async () => {
      for (let at = 0; at < 500; at++)
        live.send(at % 2 ? `{"type":"commit","key":"mia:${at}"` : new Uint8Array([at % 256]));
      await expect
        .poll(() => live.heard.filter(({ type }) => type === 'refused').length, { timeout: 10_000 })
        .toBe(500);
      await expectAlive();
    });

    /** The positive control: the same socket goes on, and the flow stands as it did. */
    async function expectAlive(): Promise<void> {
      expect(await possessions(call)).toEqual(before);
      const from = live.heard.length;
      live.send({ type: 'hello', clientId: 'alive' });
      const { lastSeq } = await live.next(({ type }) => type === 'welcome', from);
      const seq = Number(lastSeq) + 1;
      live.send({
        type: 'commit',
        key: `alive:${seq}`,
        baseClock: clock,
        ops: [{ op: 'patch', kind: 'node', id: 'a', set: { title: `Alive ${crypto.randomUUID()}` } }],
      });
      const committed = await live.next(
        (heard) => heard['type'] === 'committed' && heard['key'] === `alive:${seq}`,
      );
      expect(committed['clock']).toBe(clock + 1);
      await other.next((heard) => heard['type'] === 'changes' && heard['clock'] === clock + 1);
      clock += 1;
      expect(live.closed).toBeUndefined();
    }
  });
});
