import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** Packages that a module and everything it imports at run time reach. */
function packagesOf(entry: string): Set<string> {
  const packages = new Set<string>(),
    seen = new Set<string>();
  const queue = [fileURLToPath(new URL(entry, import.meta.url))];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) (?!type )[^;]*?from '([^']+)'/gmu,
    )) {
      if (from.startsWith('.')) queue.push(resolve(dirname(file), from));
      else packages.add(from);
    }
  }
  return packages;
}

test('drawing and linting load no layout engine; only what places nodes does, and nothing loads zod', () => {
  expect([...packagesOf('./svg/index.ts')]).toEqual([]);
  expect([...packagesOf('./xstate/index.ts')]).toEqual([]);
  expect([...packagesOf('./markdown/index.ts')]).toEqual([]);
  expect([...packagesOf('./gherkin/index.ts')]).toEqual([]);
  expect([...packagesOf('./playwright/index.ts')]).toEqual([]);
  expect([...packagesOf('./png/index.ts')]).toEqual(['@resvg/resvg-wasm']);
  expect([...packagesOf('../lint/index.ts')]).toEqual([]);
  expect([...packagesOf('./mermaid/index.ts')]).toEqual(['@dagrejs/dagre']);
  expect([...packagesOf('./state-diagram/index.ts')]).toEqual(['@dagrejs/dagre']);
  expect([...packagesOf('./bpmn/index.ts')].toSorted()).toEqual(['@dagrejs/dagre', '@rgrove/parse-xml']);
  expect([...packagesOf('./drawio/index.ts')].toSorted()).toEqual([
    '@dagrejs/dagre',
    '@rgrove/parse-xml',
    'fflate',
  ]);
  expect([...packagesOf('./excalidraw/index.ts')].toSorted()).toEqual(['@dagrejs/dagre']);
  expect([...packagesOf('../layout/index.ts')]).toEqual(['@dagrejs/dagre']);
});
