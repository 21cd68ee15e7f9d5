import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

test('the samples of the README run as they stand', () => {
  const samples = Array.from(
    readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs),
    ([, code = '']) => code,
  );
  expect(samples).toHaveLength(2);
  // Inside the package, so that its own name resolves to it.
  const folder = mkdtempSync(join(root, '.readme-'));
  try {
    const outputs = samples.map((code, i) => {
      const file = join(folder, `sample${i}.ts`);
      writeFileSync(file, code);
      return execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
    });
    expect(outputs[0]).toContain("[ 'remove', 'remove' ]");
    expect(outputs[0]).toMatch(/name: 'Sign-up',\s+nodes: \{\}/);
    expect(outputs[0]).toMatch(/\n3\n$/);
    expect(outputs[1]).toMatch(/ok: true,\s+clock: 2/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
