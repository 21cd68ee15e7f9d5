import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/**
 * The fuzz of the live flow on Durable Objects, apart from the other tests because it is told what the same seeds lead
 * to in memory. `FUZZ_FIRST`, `FUZZ_SEEDS` and `FUZZ_OPS` make it longer; `npm run fuzz` does.
 */
export default defineConfig({
  plugins: [cloudflareTest({ wrangler: { configPath: path('./wrangler.jsonc') } })],
  test: {
    name: 'api-fuzz',
    include: ['fuzz/**/*.test.ts'],
    globalSetup: [path('./fuzz/setup.ts')],
  },
});
