import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { name: 'flow', include: ['src/**/*.test.ts', 'test/**/*.test.ts'] } });
