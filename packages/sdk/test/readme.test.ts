import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const FLOW = 'flowchart TD\n  a([Start]) --> b[Cart]\n  b --> c[Pay]\n  c --> d([Done])\n';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'uxflow-readme-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the commands of the README run as they stand', () => {
  const [, script = ''] = /<!-- sample: cli -->\n```sh\n(.*?)```/su.exec(README) ?? [];
  expect(script.match(/^npx @uxflow\/sdk /gmu)).toHaveLength(7);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  // What `npx` does once the package is there.
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
  chmodSync(join(bin, 'npx'), 0o755);
  writeFileSync(join(folder, 'checkout.mmd'), FLOW);
  writeFileSync(join(folder, 'lint.json'), '{"rules": {"dead-end": "warning"}}');
  writeFileSync(join(folder, 'theirs.mmd'), FLOW.replace('Pay', 'Pay now'));
  const ours = `npx @uxflow/sdk import checkout.mmd --name Checkout -o ours.json\n`;
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', ours + script], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${bin}:${process.env['PATH']}` },
  });
  expect([status, stderr]).toEqual([1, '']);
  expect(stdout).toMatch(/1\. Start → Cart → Pay → Done/);
  expect(stdout).toMatch(/^~ name {5}"Imported flow" → "Checkout"$/m);
  expect(stdout).toMatch(/title: "Pay" → "Pay now"/);
  expect(readFileSync(join(folder, 'checkout.svg'), 'utf8')).toMatch(/^<svg/);
});
