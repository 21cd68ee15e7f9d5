import { expect, it } from 'vitest';
import { app } from './app.ts';

const env = { BUILD: 'abc', API: { build: () => Promise.resolve('abc') } };

it('tells its build and that of the API it is bound to', async () => {
  const response = await app.request('/healthz', {}, env);
  expect([response.status, await response.json()]).toEqual([200, { ok: true, build: 'abc', api: 'abc' }]);
});

it('answers everything else with a problem document', async () => {
  const response = await app.request('/nothing', {}, env);
  expect([response.status, response.headers.get('Content-Type')]).toEqual([404, 'application/problem+json']);
  expect(await response.json()).toMatchObject({
    code: 'not_found',
    status: 404,
    requestId: response.headers.get('X-Request-Id'),
  });
});
