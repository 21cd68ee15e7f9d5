/**
 * `npm run fuzz`: the long form of the fuzz test of the live flow. Each seed is two to eight clients and an agent, who
 * make 200 ops over networks that break, die silently, delay, repeat and lose, with a room that is evicted, tokens that
 * expire and a disk that fails: once on SQLite in memory and once on a file, and some of them in Durable Objects. All
 * storages must end with the same log. Options: `--seeds N` (default 10,000), `--durable N` of them in Durable Objects
 * (default 500), `--first N`, `--ops N` (default 200).
 * Exit 1 with the seed and what is wrong, at the first seed that breaks a promise.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeStore } from '@uxflow/flow/sync/node';
import { run, type FuzzResult } from '../../packages/flow/test/fuzz-run.ts';
import { ROOT } from '../lib/paths.ts';

const REPORT_MS = 30_000;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    durable: { type: 'string', default: '500' },
    first: { type: 'string', default: '1' },
    ops: { type: 'string', default: '200' },
  },
});
const [seeds = 0, durable = 0, first = 0, ops = 0] = [
  values.seeds,
  values.durable,
  values.first,
  values.ops,
].map(Number);
if (![seeds, durable, first, ops].every((number) => Number.isInteger(number) && number >= 0)) {
  process.stderr.write('--seeds, --durable, --first and --ops take whole numbers\n');
  process.exit(2);
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'uxflow-fuzz-'));

/** A flow on a new file; not synced, for here nothing kills the process. */
function onFile(seed: number): FuzzResult {
  const path = join(folder, `${seed}.db`);
  const store = nodeStore(path);
  try {
    store.exec('PRAGMA synchronous = OFF');
    return run(seed, ops, store);
  } finally {
    store.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  }
}

function inMemory(seed: number): FuzzResult {
  const store = nodeStore(':memory:');
  try {
    return run(seed, ops, store);
  } finally {
    store.close();
  }
}

/** The same seeds in the Workers runtime, compared there with what they lead to in memory. */
function inDurableObjects(): void {
  const { status, error } = spawnSync('vitest', ['run', '--config', 'vitest.fuzz.config.ts'], {
    cwd: join(ROOT, 'workers', 'api'),
    stdio: 'inherit',
    env: {
      ...process.env,
      FUZZ_FIRST: String(first),
      FUZZ_SEEDS: String(durable),
      FUZZ_OPS: String(ops),
    },
  });
  if (error) throw error;
  if (status !== 0) throw new Error('a seed breaks a promise in a Durable Object, see above');
}

let reported = Date.now();
let failures = 0;
try {
  for (let seed = first; seed < first + seeds; seed += 1) {
    const [memory, file] = [inMemory(seed), onFile(seed)];
    for (const [storage, { problems }] of Object.entries({ memory, file }))
      if (problems.length > 0) throw new Error(`seed ${seed} on ${storage}: ${problems.join('; ')}`);
    if (memory.hash !== file.hash)
      throw new Error(`seed ${seed} ends in another log on a file than in memory`);
    failures += memory.failures;
    if (Date.now() - reported > REPORT_MS) {
      reported = Date.now();
      say(`${seed - first + 1} of ${seeds} seeds, nothing wrong`);
    }
  }
  const last = first + seeds - 1;
  say(
    `${seeds} seeds (${first} to ${last}) of ${ops} ops, in memory and on a file: the same logs, nothing wrong; storage failed ${failures} times in each`,
  );
  if (durable > 0) inDurableObjects();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
