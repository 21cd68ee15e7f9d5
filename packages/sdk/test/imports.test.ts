import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));
/** Modules that `file` loads when it runs: static imports and re-exports of values, and `import()`. */
const loaded = (file: string): string[] =>
  [
    ...readFileSync(SRC + file, 'utf8').matchAll(
      /^(?:import|export)(?! type)[^;]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
    ),
  ].map(([, from, bare, lazy]) => from ?? bare ?? lazy ?? '');

const sources = globSync('**/*.ts', { cwd: SRC }).filter((file) => !/\.test\.ts$|^generated\//.test(file));
const library = sources.filter((file) => !file.startsWith('cli/'));
const core = library.filter((file) => !/^(realtime|credits|billing|webhooks)\//.test(file));

test('the library loads no module of Node: it runs in browsers and Workers', () => {
  expect(library.length).toBeGreaterThan(15);
  expect(library.filter((file) => loaded(file).some((name) => name.startsWith('node:')))).toEqual([]);
  // The same look does find them where they are.
  expect(sources.some((file) => loaded(file).some((name) => name.startsWith('node:')))).toBe(true);
});

test('the core loads nothing but itself; rooms, and @uxflow/flow with them, come by lazy imports', () => {
  const foreign = core.flatMap((file) =>
    loaded(file)
      .filter((name) => !name.startsWith('.') || name.includes('realtime'))
      .map((name) => `${file} → ${name}`),
  );
  expect(foreign).toEqual(['client.ts → ./realtime/keeping.ts', 'resources/flows.ts → ../realtime/index.ts']);
  expect(readFileSync(`${SRC}client.ts`, 'utf8')).toContain("await import('./realtime/keeping.ts')");
  expect(readFileSync(`${SRC}resources/flows.ts`, 'utf8')).toContain("await import('../realtime/index.ts')");
});

test('all that the package loads is @uxflow/flow', () => {
  const names = sources.flatMap(loaded).filter((name) => !name.startsWith('.') && !name.startsWith('node:'));
  expect(names.filter((name) => !/^@uxflow\/flow(\/|$)/.test(name))).toEqual([]);
});
