import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../lib/paths.ts';
import { type Product, startProduct } from '../lib/product.ts';
import { runSample, runWith } from '../lib/run-sample.ts';
import { sample, sampleNames } from '../lib/samples.ts';

describe('what the README shows', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(async () => {
    await product?.stop();
  });

  test('the SDK script draws the flow, follows the run and exports it', async () => {
    const { code, stdout, stderr } = await runSample(product, 'README.md', 'sdk');
    expect(stderr).toContain('edited');
    expect(stdout).toMatch(/^succeeded \d+ /);
    expect(stdout).toMatch(/flowchart/);
    expect(stdout).toMatch(/sign/i);
    expect(code).toBe(0);
  });

  test('the curl script does the same over plain HTTP', async () => {
    const { code, stdout, stderr } = await runWith(product, 'sh', ['-c', sample('README.md', 'curl')]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.match(/"type":"tool-output-available"/g)?.length).toBeGreaterThan(3);
    expect(stdout).toContain('[DONE]');
    expect(stdout).toMatch(/flowchart/);
    expect(stdout).toMatch(/"available":\d+/);
  });

  test('the server handler mints a token that opens the flow it is for', async () => {
    const more = `const response = await uxflowToken({ id: 'u1', name: 'Ada' });\nconsole.log(await response.text());`;
    const { code, stdout, stderr } = await runSample(product, 'README.md', 'server', more);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { token, expiresAt } = JSON.parse(stdout) as { token: string; expiresAt: string };
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    const response = await fetch(`${product.api}/v1/flows`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(200);
  });

  test('the page sample type-checks against the packages', async () => {
    const folder = join(ROOT, 'examples/vite-partner/.vite/readme');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'flow.tsx'), sample('README.md', 'page'));
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', include: ['flow.tsx'] }),
    );
    const { code, stdout } = await runWith(product, 'tsc', ['-p', folder]);
    expect(stdout).toBe('');
    expect(code).toBe(0);
  });

  test('every sample is covered here', () => {
    expect(sampleNames('README.md').toSorted()).toEqual(['curl', 'page', 'sdk', 'server']);
  });
});
