import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    name: 'sdk',
    include: ['src/**/*.test.ts', 'test/*.test.ts'],
    // Child processes and sockets are waited for, not timed: a busy machine is no failure.
    testTimeout: 30_000,
    expect: { poll: { timeout: 15_000 } },
  },
});

export default config;
