import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Product, startProduct } from '../lib/product.ts';
import { type Finished, runSample } from '../lib/run-sample.ts';
import { sampleNames } from '../lib/samples.ts';

const FILE = 'packages/sdk/README.md';
/** Samples with a test of their own, which looks at what they print. */
const OWN: ReadonlySet<string> = new Set(['mint', 'run', 'room', 'list', 'history', 'errors']);

describe(`what ${FILE} shows`, () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(async () => {
    await product?.stop();
  });

  /** What a sample prints, once it has ended well. */
  async function output(name: string, more?: string): Promise<string> {
    const { code, stdout, stderr }: Finished = await runSample(product, FILE, name, more);
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  }

  test('a token for one user is minted', async () => {
    const more = `const response = await uxflowToken({ id: 'u1', name: 'Ada' }, 'acme');\nconsole.log(await response.text());`;
    expect(JSON.parse(await output('mint', more))).toEqual({
      token: expect.any(String),
      expiresAt: expect.any(String),
    });
  });

  test('an agent run is followed to its end, and its flow is exported', async () => {
    expect(await output('run')).toMatch(/^edit \d+ [\s\S]*^succeeded [\d.]+ credits$[\s\S]*^flowchart /m);
  });

  test('a flow is edited live', async () => {
    expect(await output('room')).toMatch(/^\w+ \[ 'cart' \]$/m);
  });

  test('flows are listed, one by one and by pages', async () => {
    expect(await output('list')).toMatch(/^\d+ (?:null|undefined|\S+) /m);
  });

  test('two versions are compared, one is restored, and who did it is told', async () => {
    const printed = await output('history');
    expect(printed).toContain(`{ before: 'Checkout', after: 'Buy' } 0 0 0`);
    expect(printed).toMatch(/\[ '1 API', '3 API' \]/);
  });

  test('an error is told by its code', async () => {
    expect(await output('errors')).toBe('There is no such flow\n');
  });

  // The commands are run beside the package, without a backend.
  const others = sampleNames(FILE).filter((name) => !OWN.has(name) && name !== 'cli');
  test.each(others)('the sample %s runs as it stands', async (name) => {
    await output(name);
  });
});
