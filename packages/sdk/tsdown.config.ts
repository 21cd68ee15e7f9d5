import { defineConfig, type UserConfig } from 'tsdown';

const config: UserConfig = defineConfig({
  entry: {
    index: 'src/index.ts',
    'billing/index': 'src/billing/index.ts',
    'credits/index': 'src/credits/index.ts',
    'realtime/index': 'src/realtime/index.ts',
    'webhooks/index': 'src/webhooks/index.ts',
    'cli/main': 'src/cli/main.ts',
  },
  format: 'esm',
  target: 'es2023',
  platform: 'neutral',
  // Node's own modules, used by the CLI alone: the library entries run in browsers and Workers.
  deps: { neverBundle: [/^node:/] },
  dts: true,
  // Checks what will be packed: publishConfig applied, every entry with its types.
  publint: true,
  attw: { profile: 'esm-only', level: 'error' },
});

export default config;
