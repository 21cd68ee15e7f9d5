import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Product, startProduct } from '../lib/product.ts';
import { runSample } from '../lib/run-sample.ts';
import { sample, sampleNames } from '../lib/samples.ts';

const FILE = 'docs/webhooks.md';

describe(`what ${FILE} shows`, () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(async () => {
    await product?.stop();
  });

  test('an endpoint is created, and its receiver hears the test event and a run', async () => {
    // One program: the receiver listens where the endpoint of the second sample points to.
    const more = `
import { once } from 'node:events';
let secret = '';
const server = createServer((...given) => receiver(secret).emit('request', ...given));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.env.WEBHOOK_URL = \`http://127.0.0.1:\${server.address().port}/\`;
${sample(FILE, 'endpoint').replace('export const endpoint', 'const endpoint')}
secret = endpoint.secret;
const until = async (done) => {
  for (const end = Date.now() + 30_000; !(await done()); await new Promise((resolve) => setTimeout(resolve, 100)))
    if (Date.now() > end) throw new Error('nothing came');
};
const delivered = async (type) => (await endpoints.deliveries(endpoint.id)).data
  .some((delivery) => delivery.eventType === type && delivery.state === 'succeeded');
await until(() => delivered('webhook.test'));
const { id } = await uxflow.flows.create({ name: 'Checkout' });
await fetch(\`\${process.env.UXFLOW_BASE_URL}/v1/flows/\${id}/runs\`, {
  method: 'POST',
  headers: { authorization: \`Bearer \${process.env.UXFLOW_API_KEY}\`, 'content-type': 'application/json' },
  body: JSON.stringify({ agent: 'designer', prompt: 'The visitor pays.' }),
});
await until(() => delivered('run.succeeded'));
server.close();
`;
    const { code, stdout, stderr } = await runSample(product, FILE, 'receive', more);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^enabled whsec_\nwebhook\.test\n\S.*\n/);
  });

  test('secrets are rotated', async () => {
    expect(await runSample(product, FILE, 'rotate')).toEqual({ code: 0, stderr: '', stdout: 'true\n' });
  });

  test('every sample is covered here', () => {
    expect(sampleNames(FILE).toSorted()).toEqual(['endpoint', 'receive', 'rotate']);
  });
});
