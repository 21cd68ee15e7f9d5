import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      'packages/*/vitest.config.ts',
      'packages/*/vitest.browser.config.ts',
      'workers/*/vitest.config.ts',
      'workers/*/vitest.node.config.ts',
      'workers/*/vitest.fuzz.config.ts',
      'tools/vitest.config.ts',
    ],
  },
});
