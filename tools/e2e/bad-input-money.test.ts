import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace } from '../lib/operator.ts';
import { type Product, startProduct } from '../lib/product.ts';
import {
  type Answer,
  type Call,
  caller,
  endOf,
  expectProblem,
  type JsonObject,
  possessions,
} from './black-box.ts';

const RUN = { agent: 'designer', prompt: 'The visitor signs in.' };

describe('calls that would pay or act twice', () => {
  let product: Product;
  const operator = () => ({ baseUrl: product.api, operatorToken: product.operatorToken });

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.stop());

  interface Scene {
    id: string;
    call: Call;
    flowId: string;
    run: (more?: { as?: string; headers?: Record<string, string>; json?: JsonObject }) => Promise<Answer>;
  }

  async function scene(credits: number): Promise<Scene> {
    const { id, key } = await createWorkspace(operator(), 'Money', credits);
    const call = caller(product.api, key);
    const { body } = await call({ method: 'POST', path: '/v1/flows', json: { name: 'Money' } });
    const flowId = String(body['id']);
    return {
      id,
      call,
      flowId,
      run: ({ json, ...more } = {}) =>
        call({ method: 'POST', path: `/v1/flows/${flowId}/runs`, json: { ...RUN, ...json }, ...more }),
    };
  }

  const grant = ({ call, id }: Scene, amount: number) =>
    call({
      method: 'POST',
      path: `/v1/admin/workspaces/${id}/grants`,
      as: product.operatorToken,
      json: { amount, note: 'test' },
    });
  const mint = async ({ call }: Scene, claims: JsonObject): Promise<string> => {
    const { body } = await call({
      method: 'POST',
      path: '/v1/client-tokens',
      json: { user: { id: 'mia', name: 'Mia' }, flows: { '*': 'edit' }, agents: true, ...claims },
    });
    return String(body['token']);
  };
  const runsOf = async ({ call, flowId }: Scene) =>
    (await call({ path: `/v1/flows/${flowId}/runs` })).body['data'] as JsonObject[];

  describe('credits', () => {
    test.each([
      ['none at all', {}],
      ['none at all, for a stream', { accept: 'text/event-stream' }],
    ])('%s: 402 with what is required and what is there', async (_, headers) => {
      const here = await scene(0);
      const before = await possessions(here.call);
      const answer = await here.run({ headers });
      expectProblem(answer, { status: 402, code: 'insufficient_credits' });
      expect(answer.body).toMatchObject({ required: expect.any(Number), available: 0 });
      expect(await possessions(here.call)).toEqual(before);
    });

    test('one micro-credit short of the quote: refused; with it, admitted', async () => {
      const here = await scene(0);
      const required = Number((await here.run()).body['required']);
      expect(required).toBeGreaterThan(1);
      await grant(here, required - 1);
      const short = await here.run();
      expectProblem(short, { status: 402, code: 'insufficient_credits' });
      expect(short.body).toMatchObject({ required, available: required - 1 });
      expect((await here.call({ path: '/v1/credits' })).body).toMatchObject({
        held: 0,
        available: required - 1,
      });
      await grant(here, 1);
      const admitted = await here.run();
      expect(admitted.status, admitted.text).toBe(201);
      expect(await endOf(here.call, String(admitted.body['id']))).toMatchObject({
        status: 'succeeded',
        quote: required,
      });
    });

    test('a budget of nothing, or less than the quote, is exceeded; a fresh token resets nothing; others go on', async () => {
      const here = await scene(100_000_000);
      const nothing = await here.run({ as: await mint(here, { budget: { credits: 0, per: 'day' } }) });
      expectProblem(nothing, { status: 402, code: 'budget_exceeded' });
      expect(nothing.body).toMatchObject({ required: expect.any(Number), available: 0 });
      const required = Number(nothing.body['required']);
      expect(await runsOf(here)).toEqual([]);

      const credits = required + 100_000;
      const first = await here.run({ as: await mint(here, { budget: { credits, per: 'day' } }) });
      expect(first.status, first.text).toBe(201);
      const { cost } = await endOf(here.call, String(first.body['id']));
      const second = await here.run({ as: await mint(here, { budget: { credits, per: 'day' } }) });
      expectProblem(second, { status: 402, code: 'budget_exceeded' });
      expect(second.body['available']).toBe(credits - cost);
      const { body: own } = await here.call({
        path: '/v1/credits',
        as: await mint(here, { budget: { credits, per: 'day' } }),
      });
      expect(own).toMatchObject({
        budget: { limit: credits, used: cost, held: 0, remaining: credits - cost },
      });

      const noah = await here.run({
        as: await mint(here, {
          user: { id: 'noah', name: 'Noah' },
          budget: { credits: 2 * credits, per: 'day' },
        }),
      });
      expect(noah.status, noah.text).toBe(201);
      await endOf(here.call, String(noah.body['id']));
    });
  });

  describe('an Idempotency-Key', () => {
    const key = () => ({ 'idempotency-key': crypto.randomUUID() });

    test('runs an agent once; the same call again is the same answer, another body is a conflict', async () => {
      const here = await scene(100_000_000);
      const headers = key();
      const first = await here.run({ headers });
      expect(first.status).toBe(201);
      const again = await here.run({ headers });
      expect({
        status: again.status,
        id: again.body['id'],
        replayed: again.headers.get('idempotency-replayed'),
      }).toEqual({ status: 201, id: first.body['id'], replayed: 'true' });
      expectProblem(await here.run({ headers, json: { prompt: 'Something else.' } }), {
        status: 409,
        code: 'idempotency_conflict',
      });
      const run = await endOf(here.call, String(first.body['id']));
      expect(await runsOf(here)).toHaveLength(1);
      expect((await here.call({ path: '/v1/credits' })).body).toMatchObject({ held: 0, consumed: run.cost });
    });

    test('runs an agent once also when eight ask at the same time', async () => {
      const here = await scene(100_000_000);
      const headers = key();
      const answers = await Promise.all(Array.from({ length: 8 }, () => here.run({ headers })));
      const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body['id']));
      expect(ids.size).toBe(1);
      for (const answer of answers.filter(({ status }) => status !== 201)) {
        expectProblem(answer, { status: 409, code: 'idempotency_in_progress' });
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      const [id] = ids;
      const { cost } = await endOf(here.call, String(id));
      expect(await runsOf(here)).toHaveLength(1);
      expect((await here.call({ path: '/v1/credits' })).body).toMatchObject({ held: 0, consumed: cost });
    });

    test('streams one run, however often it is asked for', async () => {
      const here = await scene(100_000_000);
      const headers = { ...key(), accept: 'text/event-stream' };
      const first = await here.run({ headers });
      const again = await here.run({ headers });
      expect(again.text).toBe(first.text);
      expect(again.headers.get('location')).toBe(first.headers.get('location'));
      expect(await runsOf(here)).toHaveLength(1);
    });

    test('edits once; another body is a conflict and edits nothing', async () => {
      const here = await scene(0);
      const headers = key();
      const commit = (name: string) =>
        here.call({
          method: 'POST',
          path: `/v1/flows/${here.flowId}/commits`,
          json: { ops: [{ op: 'rename', name }] },
          headers,
        });
      const first = await commit('Once');
      const again = await commit('Once');
      expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([
        200,
        first.body,
        'true',
      ]);
      expectProblem(await commit('Twice'), { status: 409, code: 'idempotency_conflict' });
      const { body } = await here.call({ path: `/v1/flows/${here.flowId}` });
      expect(body).toMatchObject({ name: 'Once', clock: first.body['clock'] });
    });

    test.each([
      ['/v1/flows', { name: 'Once' }],
      ['/v1/flows/import', { format: 'mermaid', source: 'graph TD\n a-->b' }],
    ])('creates one flow by %s', async (path, json) => {
      const here = await scene(0);
      const headers = key();
      const answers: Answer[] = [];
      for (let at = 0; at < 3; at++) answers.push(await here.call({ method: 'POST', path, json, headers }));
      expect(answers.map(({ status, text }) => [status, text])).toEqual(
        answers.map(() => [201, answers[0]?.text]),
      );
      expect((await here.call({ path: '/v1/flows' })).body['data']).toHaveLength(2);
    });

    test.each([
      ['/v1/api-keys', { name: 'Shown once' }],
      ['/v1/client-tokens', { user: { id: 'mia', name: 'Mia' }, flows: {} }],
    ])('shows the secret of %s once', async (path, json) => {
      const here = await scene(0);
      const headers = key();
      expect((await here.call({ method: 'POST', path, json, headers })).status).toBe(201);
      const after = await possessions(here.call);
      expectProblem(await here.call({ method: 'POST', path, json, headers }), {
        status: 409,
        code: 'secret_already_shown',
      });
      expectProblem(
        await here.call({
          method: 'POST',
          path,
          json: { ...json, user: { id: 'other', name: 'O' }, name: 'Other' },
          headers,
        }),
        { status: 409, code: 'idempotency_conflict' },
      );
      expect(await possessions(here.call)).toEqual(after);
    });

    test('of a refused call may be used again for the right one', async () => {
      const here = await scene(0);
      const headers = key();
      expectProblem(await here.call({ method: 'POST', path: '/v1/flows', json: { name: '' }, headers }), {
        status: 422,
        code: 'invalid_request',
        field: 'name',
      });
      expectProblem(
        await here.call({
          method: 'POST',
          path: `/v1/flows/${here.flowId}/commits`,
          json: { ops: [] },
          headers,
        }),
        { status: 422, code: 'invalid_request', field: 'ops' },
      );
      expect(
        (await here.call({ method: 'POST', path: '/v1/flows', json: { name: 'Right' }, headers })).status,
      ).toBe(201);
      expect(
        (
          await here.call({
            method: 'POST',
            path: `/v1/flows/${here.flowId}/commits`,
            json: { ops: [{ op: 'rename', name: 'Right' }] },
            headers,
          })
        ).status,
      ).toBe(200);
      expectProblem(await here.run({ headers }), { status: 402, code: 'insufficient_credits' });
      await grant(here, 100_000_000);
      const run = await here.run({ headers });
      expect(run.status, 'after the top-up the same call goes through').toBe(201);
      await endOf(here.call, String(run.body['id']));
    });

    test('of one caller is nobody else’s', async () => {
      const here = await scene(0);
      const headers = key();
      const create = (as: string) =>
        here.call({ method: 'POST', path: '/v1/flows', json: { name: 'Mine' }, headers, as });
      const mia = await create(await mint(here, {}));
      const noah = await create(await mint(here, { user: { id: 'noah', name: 'Noah' } }));
      const freshMia = await create(await mint(here, {}));
      expect([mia.status, noah.status, freshMia.status]).toEqual([201, 201, 201]);
      expect(noah.body['id']).not.toBe(mia.body['id']);
      expect(freshMia.body['id'], 'the same person with a fresh token').toBe(mia.body['id']);
    });
  });
});
