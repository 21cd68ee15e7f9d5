import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace } from '../lib/operator.ts';
import { type Product, startProduct } from '../lib/product.ts';
import { FAMILIES } from './bad-input/cases.ts';
import type { Target } from './bad-input/family.ts';
import { documentOf } from './bad-input/samples.ts';
import { type Call, caller, endOf, expectProblem, type JsonObject, possessions } from './black-box.ts';

describe('bad input', () => {
  let product: Product;
  let call: Call;
  let target: Target;

  beforeAll(async () => {
    product = await startProduct();
    const operator = { baseUrl: product.api, operatorToken: product.operatorToken };
    const { key } = await createWorkspace(operator, 'Bad input', 500_000_000);
    call = caller(product.api, key);
    const { body: flow } = await call({
      method: 'POST',
      path: '/v1/flows',
      json: { name: 'Target', document: documentOf() },
    });
    const { body: run } = await call({
      method: 'POST',
      path: `/v1/flows/${flow['id']}/runs`,
      json: { agent: 'designer', prompt: 'The visitor pays.' },
    });
    const { body: spare } = await call({ method: 'POST', path: '/v1/api-keys', json: { name: 'Spare' } });
    await endOf(call, String(run['id']));
    const { body: now } = await call({ path: `/v1/flows/${flow['id']}` });
    target = {
      flowId: String(flow['id']),
      clock: Number(now['clock']),
      runId: String(run['id']),
      spareKeyId: String(spare['id']),
    };
  });
  afterAll(() => product?.stop());

  describe.each(FAMILIES)('$name', ({ good, succeeds, bad }) => {
    let before: JsonObject;
    beforeAll(async () => {
      before = await possessions(call);
    });

    test.each(bad)('$name → $status $code', async ({ change, ...expected }) => {
      expectProblem(await call(change(good(target))), expected);
      const after = await possessions(call);
      const expectedState = before;
      // One refusal that did change something shall not fail all the others.
      before = after;
      expect(after).toEqual(expectedState);
    });

    test('corrected, it succeeds', async () => {
      const answer = await call(good(target));
      expect(answer.status, answer.text).toBe(succeeds);
      if (answer.body['status'] === 'queued') await endOf(call, String(answer.body['id']));
    });
  });
});
