import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../lib/paths.ts';
import { type Product, startProduct } from '../lib/product.ts';
import { runSample, runWith } from '../lib/run-sample.ts';
import { sample, sampleNames } from '../lib/samples.ts';

const FILE = 'docs/billing.md';

describe(`what ${FILE} shows`, () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(async () => {
    await product?.stop();
  });

  test('the server answers an admin, lets a viewer read alone, and refuses everybody else', async () => {
    const more = `
      const ask = async (role: string, method = 'GET') => {
        const headers = { 'x-role': role, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
        const body = method === 'GET' ? undefined : JSON.stringify({ action: 'auto-top-up', enabled: false, topUp: 'small', threshold: 0, monthlyCap: 0 });
        const response = await billing(new Request('https://app.example/api/billing', { method, headers, body }));
        return [role, method, response.status, Object.keys(await response.json())[0]].join(' ');
      };
      for (const [role, method] of [['admin', 'GET'], ['admin', 'POST'], ['viewer', 'GET'], ['viewer', 'POST'], ['guest', 'GET']]) console.log(await ask(role, method));
      console.log(credits(new Request('https://app.example/api/credits')).status);`;
    const { code, stdout, stderr } = await runSample(product, FILE, 'server', more);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trim().split('\n')).toEqual([
      'admin GET 200 currency',
      'admin POST 200 enabled',
      'viewer GET 200 currency',
      'viewer POST 403 status',
      'guest GET 403 status',
      '403',
    ]);
  });

  test('the page type-checks against the packages', async () => {
    const folder = join(ROOT, 'examples/vite-partner/.vite/billing');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'billing.tsx'), sample(FILE, 'page'));
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', include: ['billing.tsx'] }),
    );
    const { code, stdout } = await runWith(product, 'tsc', ['-p', folder]);
    expect(stdout).toBe('');
    expect(code).toBe(0);
  });

  test('every sample is covered here', () => {
    expect(sampleNames(FILE).toSorted()).toEqual(['page', 'server']);
  });
});
