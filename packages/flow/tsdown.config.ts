import { defineConfig, type UserConfig } from 'tsdown';

const config: UserConfig = defineConfig({
  entry: {
    index: 'src/index.ts',
    'schema/index': 'src/schema/index.ts',
    'sync/index': 'src/sync/index.ts',
    'sync/server/index': 'src/sync/server/index.ts',
    'sync/node-store': 'src/sync/node-store.ts',
    'history/index': 'src/history/index.ts',
    'lint/index': 'src/lint/index.ts',
    'paths/index': 'src/paths/index.ts',
    'merge/index': 'src/merge/index.ts',
    'proposals/index': 'src/proposals/index.ts',
    'layout/index': 'src/layout/index.ts',
    'formats/mermaid/index': 'src/formats/mermaid/index.ts',
    'formats/state-diagram/index': 'src/formats/state-diagram/index.ts',
    'formats/bpmn/index': 'src/formats/bpmn/index.ts',
    'formats/drawio/index': 'src/formats/drawio/index.ts',
    'formats/excalidraw/index': 'src/formats/excalidraw/index.ts',
    'formats/svg/index': 'src/formats/svg/index.ts',
    'formats/xstate/index': 'src/formats/xstate/index.ts',
    'formats/png/index': 'src/formats/png/index.ts',
    'formats/png/node': 'src/formats/png/node.ts',
    'formats/markdown/index': 'src/formats/markdown/index.ts',
    'formats/gherkin/index': 'src/formats/gherkin/index.ts',
    'formats/playwright/index': 'src/formats/playwright/index.ts',
  },
  format: 'esm',
  target: 'es2023',
  platform: 'neutral',
  // Node's own SQLite, only reached through the entry that says so.
  external: [/^node:/],
  dts: true,
  // Checks what will be packed: publishConfig applied, every entry with its types.
  publint: true,
  attw: { profile: 'esm-only', level: 'error' },
});

export default config;
