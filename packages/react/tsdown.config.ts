import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { defineConfig, type UserConfig } from 'tsdown';

const config: UserConfig = defineConfig({
  entry: ['src/index.ts'],
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  dts: true,
  sourcemap: true,
  fixedExtension: false,
  publint: true,
  attw: { profile: 'esm-only', level: 'error', excludeEntrypoints: ['./styles.css'] },
  plugins: [
    {
      name: 'styles',
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'styles.css', source: inlined(resolve('src/styles.css')) });
      },
    },
  ],
});

export default config;

/** A style sheet with what it imports in its place, so that embedders import one file. */
function inlined(path: string): string {
  const require = createRequire(path);
  return readFileSync(path, 'utf8').replace(/@import '([^']+)';\n/g, (_line, name: string) =>
    inlined(name.startsWith('.') ? resolve(dirname(path), name) : require.resolve(name)),
  );
}
