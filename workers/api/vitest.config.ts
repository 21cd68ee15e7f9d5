import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const migrations = fileURLToPath(new URL('./migrations', import.meta.url));

/** Everything here runs inside workerd, with the bindings of wrangler.jsonc; vitest.node.config.ts has the rest. */
export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: fileURLToPath(new URL('./wrangler.jsonc', import.meta.url)) },
      miniflare: { bindings: { TEST_MIGRATIONS: await readD1Migrations(migrations) } },
    })),
  ],
  test: {
    name: 'api',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/*.node.test.ts'],
    setupFiles: ['./test/setup.ts'],
  },
});
