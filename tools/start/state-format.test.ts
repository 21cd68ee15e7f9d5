import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareState } from './state-format.ts';

let base: string;
let state: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'uxflow-state-'));
  state = join(base, '8787');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function keep(text: string): void {
  mkdirSync(join(state, 'workers'), { recursive: true });
  writeFileSync(join(state, 'workers', 'flow'), text);
}

test('a first start has nothing to put aside', () => {
  expect(prepareState(state)).toBeNull();
  expect(existsSync(state)).toBe(true);
});

test('state of the present format stays', () => {
  prepareState(state);
  keep('mine');
  expect(prepareState(state)).toBeNull();
  expect(readFileSync(join(state, 'workers', 'flow'), 'utf8')).toBe('mine');
});

test('state of an older checkout is put aside under a name of its own, each time, and not deleted', () => {
  keep('first');
  expect(prepareState(state)).toBe(`${state}-format-1`);
  expect(existsSync(join(state, 'workers'))).toBe(false);
  rmSync(state, { recursive: true });
  keep('second');
  expect(prepareState(state)).toBe(`${state}-format-1-2`);
  expect(readFileSync(`${state}-format-1-2/workers/flow`, 'utf8')).toBe('second');
  expect(readFileSync(`${state}-format-1/workers/flow`, 'utf8')).toBe('first');
});
