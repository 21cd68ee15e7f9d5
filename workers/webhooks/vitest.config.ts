import { defineConfig } from 'vitest/config';

/** Under Node; `test/` runs both Workers in the real runtime beside it. */
export default defineConfig({
  test: { name: 'webhooks', include: ['src/**/*.test.ts', 'test/**/*.test.ts'], hookTimeout: 60_000 },
});
