import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Product, startProduct } from '../lib/product.ts';
import { runSample } from '../lib/run-sample.ts';
import { sampleNames } from '../lib/samples.ts';

const FILE = 'docs/embedding.md';

describe('what docs/embedding.md shows', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(async () => {
    await product?.stop();
  });

  test('a narrow token is minted, and sees only its own tenant', async () => {
    const { code, stdout, stderr } = await runSample(product, FILE, 'mint');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { token } = JSON.parse(stdout) as { token: string };
    const ask = (origin: string) =>
      fetch(`${product.api}/v1/flows`, { headers: { authorization: `Bearer ${token}`, origin } });
    expect((await ask('https://app.acme.example')).status).toBe(200);
    expect((await ask('https://elsewhere.example')).status).toBe(403);
  });

  test('a user is revoked', async () => {
    expect(await runSample(product, FILE, 'revoke')).toMatchObject({ code: 0, stderr: '' });
  });

  test('a script edits a flow live', async () => {
    expect(await runSample(product, FILE, 'room')).toEqual({ code: 0, stderr: '', stdout: 'start\n' });
  });

  test('every sample is covered here', () => {
    expect(sampleNames(FILE).toSorted()).toEqual(['mint', 'revoke', 'room']);
  });
});
