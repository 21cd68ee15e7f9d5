import { defineConfig } from 'vitest/config';

/** Simulations of pure cores over `node:sqlite`, which workerd does not have. */
export default defineConfig({ test: { name: 'api-node', include: ['src/**/*.node.test.ts'] } });
