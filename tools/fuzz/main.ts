/**
 * `npm run fuzz`: the long form of the fuzz test of the live flow. Each seed is two to eight clients and an agent on
 * networks that break, delay, repeat and lose, with a room that is evicted and tokens that expire, once on SQLite in
 * memory and once on a file. Options: `--seeds N` (default 10,000), `--first N`, `--steps N` (default 200).
 * Exit 1 with the seed and what is wrong, at the first seed that breaks a promise.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeStore } from '@uxflow/flow/sync/node';
import { run } from '../../packages/flow/test/fuzz-run.ts';

const REPORT_MS = 30_000;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    first: { type: 'string', default: '1' },
    steps: { type: 'string', default: '200' },
  },
});
const [seeds = 0, first = 0, steps = 0] = [values.seeds, values.first, values.steps].map(Number);
if (![seeds, first, steps].every((number) => Number.isInteger(number) && number > 0)) {
  process.stderr.write('--seeds, --first and --steps take whole numbers from 1\n');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'uxflow-fuzz-'));
/** A flow on a new file; not synced, for here nothing kills the process. */
function onFile(seed: number): string[] {
  const path = join(folder, `${seed}.db`);
  const store = nodeStore(path);
  try {
    store.exec('PRAGMA synchronous = OFF');
    return run(seed, steps, store);
  } finally {
    store.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  }
}

function inMemory(seed: number): string[] {
  const store = nodeStore(':memory:');
  try {
    return run(seed, steps, store);
  } finally {
    store.close();
  }
}

let reported = Date.now();
try {
  for (let seed = first; seed < first + seeds; seed += 1) {
    for (const [storage, problemsOf] of Object.entries({ memory: inMemory, file: onFile })) {
      const problems = problemsOf(seed);
      if (problems.length > 0) throw new Error(`seed ${seed} on ${storage}: ${problems.join('; ')}`);
    }
    if (Date.now() - reported > REPORT_MS) {
      reported = Date.now();
      process.stdout.write(`${seed - first + 1} of ${seeds} seeds, nothing wrong\n`);
    }
  }
  process.stdout.write(`${seeds} seeds of ${steps} steps, in memory and on a file: nothing wrong\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
