import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** Numbers of the rules that SPEC.md states. */
const rules = Array.from(
  readFileSync(join(root, 'packages/flow/SPEC.md'), 'utf8').matchAll(/^- \*\*([A-Z]\d+)\*\* /gm),
  ([, id = '']) => id,
);

/** Numbers in brackets at the end of test titles. */
const proven = ['packages/{flow,sdk}/{src,test}/**/*.ts', 'workers/api/{src,test}/**/*.ts']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .filter((file) => /(\.test|-contract)\.ts$/.test(file))
  .flatMap((file) =>
    Array.from(
      readFileSync(join(root, file), 'utf8').matchAll(/ \[([A-Z]\d+(?:, [A-Z]\d+)*)\]['"`]/g),
      ([, ids = '']) => ids.split(', ').map((id) => ({ id, file })),
    ).flat(),
  );

test('every rule of SPEC.md has a number of its own and a test that bears it', () => {
  expect(rules.length).toBeGreaterThan(50);
  expect(rules.filter((id, at) => rules.indexOf(id) !== at)).toEqual([]);
  expect(rules.filter((id) => !proven.some((title) => title.id === id))).toEqual([]);
});

test('every number that a test bears is a rule of SPEC.md', () => {
  expect(proven.filter(({ id }) => !rules.includes(id))).toEqual([]);
});
