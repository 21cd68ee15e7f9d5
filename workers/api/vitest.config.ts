import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const migrations = fileURLToPath(new URL('./migrations', import.meta.url));

/** What a deployment sets as secrets. LOCAL_DEMO is left out, as everywhere but under `npm start`. */
const variables = {
  TOKEN_SECRETS: 'test-token-secret-newest-0123456789abcdef,test-token-secret-older-0123456789abcdef',
  KEY_PEPPER: 'test-key-pepper-0123456789abcdef-0123',
  ENCRYPTION_KEYS: 'test-encryption-key-newest-0123456789abcdef,test-encryption-key-older-0123456789abcdef',
  OPERATOR_TOKEN: 'test-operator-token-0123456789',
};

/** Everything here runs inside workerd, with the bindings of wrangler.jsonc; vitest.node.config.ts has the rest. */
export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: fileURLToPath(new URL('./wrangler.jsonc', import.meta.url)) },
      miniflare: { bindings: { TEST_MIGRATIONS: await readD1Migrations(migrations), ...variables } },
    })),
  ],
  test: {
    name: 'api',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/*.node.test.ts'],
    setupFiles: ['./test/setup.ts'],
  },
});
