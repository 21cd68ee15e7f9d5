import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../test/fuzz-run.ts';
import type { WorldOptions } from '../../test/world.ts';
import { nodeStore } from './node-store.ts';
import { FlowLog } from './server/index.ts';

const SEEDS = Number(process.env['FUZZ_SEEDS'] ?? 150);
const STEPS = Number(process.env['FUZZ_STEPS'] ?? 250);
const FIRST = Number(process.env['FUZZ_FIRST'] ?? 1);

describe('clients, an agent and a room on a bad network', () => {
  test(`end with one document, nothing acknowledged lost or done twice, no later edit of others undone (${SEEDS} seeds) [X1]`, () => {
    for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
      expect({ seed, problems: run(seed, STEPS, nodeStore(':memory:')) }).toEqual({ seed, problems: [] });
    }
  }, 120_000);

  test('on a file as in memory [X1]', () => {
    const folder = mkdtempSync(join(tmpdir(), 'uxflow-fuzz-'));
    try {
      for (let seed = 1; seed <= 4; seed += 1) {
        const store = nodeStore(join(folder, `${seed}.db`));
        expect({ seed, problems: run(seed, 120, store) }).toEqual({ seed, problems: [] });
        store.close();
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});

describe('a log that forgets after a dozen commits', () => {
  test('still leads all views to one document, and loses nothing that was acknowledged [X1, L1]', () => {
    const makeLog: NonNullable<WorldOptions['makeLog']> = (store, ports) =>
      new FlowLog(store, ports, { retention: 12, compactEvery: 4 });
    let forgot = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const store = nodeStore(':memory:');
      expect({ seed, problems: run(seed, STEPS, store, { makeLog }) }).toEqual({ seed, problems: [] });
      forgot += Number(store.exec('SELECT min(clock) > 1 AS forgot FROM op')[0]?.['forgot']);
    }
    expect(forgot).toBeGreaterThan(30);
  }, 60_000);
});
