import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../test/fuzz-run.ts';
import { nodeStore } from './node-store.ts';
import { FlowLog } from './server/index.ts';

const SEEDS = Number(process.env['FUZZ_SEEDS'] ?? 60);
const OPS = Number(process.env['FUZZ_OPS'] ?? 150);
const FIRST = Number(process.env['FUZZ_FIRST'] ?? 1);
const seeds = Array.from({ length: SEEDS }, (_, i) => FIRST + i);

describe('clients, an agent and a room on a bad network and a bad disk', () => {
  test(
    `end with one document, nothing acknowledged lost or done twice, no later edit of others undone (${SEEDS} seeds) [X1, L4]`,
    () => {
      let failed = 0;
      for (const seed of seeds) {
        const { problems, failures } = run(seed, OPS, nodeStore(':memory:'));
        expect({ seed, problems }).toEqual({ seed, problems: [] });
        failed += failures;
      }
      expect(failed).toBeGreaterThan(SEEDS);
    },
    60_000 + SEEDS * 1_000,
  );

  test('on a file as in memory, to the last commit [X1, L5]', () => {
    const folder = mkdtempSync(join(tmpdir(), 'uxflow-fuzz-'));
    try {
      for (const seed of seeds.slice(0, 4)) {
        const store = nodeStore(join(folder, `${seed}.db`));
        expect({ seed, ...run(seed, 60, store) }).toEqual({ seed, ...run(seed, 60, nodeStore(':memory:')) });
        store.close();
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});

describe('a log that forgets after a dozen commits', () => {
  test('still leads all views to one document, and loses nothing that was acknowledged [X1, L1]', () => {
    let forgot = 0;
    for (const seed of seeds.slice(0, 30)) {
      const store = nodeStore(':memory:');
      const { problems } = run(seed, OPS, store, {
        makeLog: (each, ports) => new FlowLog(each, ports, { retention: 12, compactEvery: 4 }),
      });
      expect({ seed, problems }).toEqual({ seed, problems: [] });
      forgot += Number(store.exec('SELECT min(clock) > 1 AS forgot FROM op')[0]?.['forgot']);
    }
    expect(forgot).toBeGreaterThan(20);
  }, 60_000);
});
