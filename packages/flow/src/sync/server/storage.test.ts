import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { STORAGE_CONTRACT, type Checks } from '../../../test/storage-contract.ts';
import { nodeStore } from '../node-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'uxflow-storage-'));
afterAll(() => rmSync(folder, { recursive: true }));

const check: Checks = {
  equal: (actual, expected) => expect(actual).toEqual(expected),
  matches: (actual, expected) => expect(actual).toMatchObject(expected),
};

describe.each([
  ['node:sqlite in memory', () => ':memory:'],
  ['node:sqlite in a file', (at: number) => join(folder, `${at}.db`)],
])('storage contract: %s', (_, path) => {
  test.each(STORAGE_CONTRACT.map((each, at) => ({ ...each, at })))('$title', ({ run, at }) => {
    const store = nodeStore(path(at));
    run(store, check);
    store.close();
  });
});
