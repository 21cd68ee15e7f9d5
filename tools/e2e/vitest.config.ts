import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The whole product end to end: real servers, real browsers, one file at a time. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    name: 'e2e',
    include: ['**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A browser on a busy machine takes its time.
    expect: { poll: { timeout: 20_000 } },
  },
});
