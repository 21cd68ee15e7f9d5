import { join } from 'node:path';
import { createTestHarness, type TestHarness } from 'wrangler';

/** Both Workers with their real configuration, queues and bindings in the real runtime. */
export interface Product {
  server: TestHarness;
  /** Calls the API as the workspace `key` belongs to; throws unless it answers 2xx. */
  call: (method: string, path: string, body?: unknown, key?: string) => Promise<Record<string, unknown>>;
}

export const STRIPE_WEBHOOK_SECRET = 'whsec_stripe_0123456789';
export const OPERATOR_TOKEN = 'test-operator-token-0123456789';
const config = (worker: string) => ({
  configPath: join(import.meta.dirname, '../..', worker, 'wrangler.jsonc'),
});

/** @param timeoutMs milliseconds that a receiver gets to answer */
export async function startWorkers(timeoutMs: number): Promise<Product & { key: string }> {
  const server = createTestHarness({
    workers: [
      {
        ...config('api'),
        secrets: {
          TOKEN_SECRETS: 'test-token-secret-0123456789-0123456789',
          KEY_PEPPER: 'test-key-pepper-0123456789-0123456789',
          ENCRYPTION_KEYS: 'test-encryption-key-0123456789-0123456789',
          OPERATOR_TOKEN,
          STRIPE_SECRET_KEY: 'sk_test_none',
        },
        vars: {
          // Nothing listens there: whatever asks Stripe, fails.
          STRIPE_API_BASE: 'http://127.0.0.1:1',
          // Receivers on the loopback interface.
          LOCAL_DEMO: '1',
          // Three days of attempts, all at once.
          WEBHOOK_RETRY_SECONDS: Array.from({ length: 20 }, () => '0').join(','),
        },
      },
      {
        ...config('webhooks'),
        secrets: { STRIPE_WEBHOOK_SECRET },
        vars: { WEBHOOK_TIMEOUT_MS: String(timeoutMs) },
      },
    ],
  });
  await server.listen();
  await server.getWorker('uxflow-api').applyD1Migrations('DB');

  const call: Product['call'] = async (method, path, body, key = OPERATOR_TOKEN) => {
    const response = await server.fetch(path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  };
  const { key } = await call('POST', '/v1/admin/workspaces', { name: 'Acme' });
  return { server, call, key: (key as { value: string }).value };
}
