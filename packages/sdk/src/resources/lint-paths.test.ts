import { describe, expect, test } from 'vitest';
import { UXFlow } from '../index.ts';

/** A client whose requests are written down and answered with an empty object. */
function recorded(): { client: UXFlow; requests: { method: string; url: string; body: string | null }[] } {
  const requests: { method: string; url: string; body: string | null }[] = [];
  const client = new UXFlow({
    apiKey: 'uxf_sk_test_x',
    baseUrl: 'https://api.test',
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { method, url } = request;
      requests.push({ method, url, body: request.body ? await request.text() : null });
      return Response.json({});
    },
  });
  return { client, requests };
}

describe('budgets', () => {
  test('are read and replaced', async () => {
    const { client, requests } = recorded();
    await client.credits.budgets();
    await client.credits.setBudgets({ budgets: [] });
    expect(requests).toEqual([
      { method: 'GET', url: 'https://api.test/v1/credits/budgets', body: null },
      { method: 'PUT', url: 'https://api.test/v1/credits/budgets', body: '{"budgets":[]}' },
    ]);
  });
});

describe('what is asked of a flow', () => {
  test('paths sends only what was given, lists of steps with commas between', async () => {
    const { client, requests } = recorded();
    await client.flows.paths('flw_1');
    await client.flows.paths('flw_1', { kind: 'shortest', from: ['a', 'b.c'], to: ['e'], limit: 5 });
    expect(requests.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`)).toEqual([
      'GET https://api.test/v1/flows/flw_1/paths',
      'GET https://api.test/v1/flows/flw_1/paths?kind=shortest&limit=5&from=a,b.c&to=e',
    ]);
  });

  test('the lint configuration is read and replaced', async () => {
    const { client, requests } = recorded();
    await client.lintConfig.get();
    await client.lintConfig.set({ rules: { 'dead-end': 'warning', 'self-loop': 'off' } });
    expect(requests).toEqual([
      { method: 'GET', url: 'https://api.test/v1/lint-config', body: null },
      {
        method: 'PUT',
        url: 'https://api.test/v1/lint-config',
        body: '{"rules":{"dead-end":"warning","self-loop":"off"}}',
      },
    ]);
  });
});
