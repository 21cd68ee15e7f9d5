import type { FlowLogOptions, Store } from '../src/sync/server/index.ts';
import { fingerprint } from '../src/sync/server/fingerprint.ts';
import { expectOk } from './edits.ts';
import { seeded } from './random-ops.ts';
import { problemsOf } from './world-checks.ts';
import { World, type WorldOptions } from './world.ts';

export interface FuzzResult {
  /** Everything that is wrong; empty when all promises hold. */
  problems: string[];
  /** Stands for the document and the whole log in the end: the same seed has the same one on every storage. */
  hash: string;
  /** Times the store has failed. */
  failures: number;
}

/** Logs that write their records at once, now and then or not at all, and in one of five runs forget what is old. */
function logOf(seed: number): FlowLogOptions {
  const settleEvery = [1, 7, 40, 2_048][seed % 4] ?? 1;
  return { settleEvery, ...(seed % 5 === 0 && { retention: 25, compactEvery: 8 }) };
}

/** Parts of the world that are not what the product runs, see `WorldOptions`. */
export type Broken = Omit<WorldOptions, 'choose' | 'store' | 'members'>;

/**
 * A run of random events among two to eight clients and an agent, until they have come up with so many ops. Without a
 * test runner, so that `npm run fuzz` can do the same for long.
 *
 * @param store empty, of any kind.
 */
export function run(seed: number, ops: number, store: Store, broken: Broken = {}): FuzzResult {
  const choose = seeded(seed);
  const world = new World({ choose, store, members: 2 + choose(7), log: logOf(seed), ...broken });
  try {
    while (world.ops < ops) world.step();
    world.settle();
    const { commits } = expectOk(world.log.commitsAfter(undefined, 100_000));
    const hash = fingerprint(JSON.stringify([world.document, commits]));
    return { problems: problemsOf(world), hash, failures: world.server.disk.failures };
  } catch (error) {
    // A defect, of the product or of the simulation.
    return {
      problems: [`broke: ${error instanceof Error ? error.stack : String(error)}`],
      hash: '',
      failures: world.server.disk.failures,
    };
  }
}
