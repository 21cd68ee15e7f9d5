import { nodeStore } from '../src/sync/node-store.ts';
import { run, type Broken } from './fuzz-run.ts';

const OPS = 200;
/** Seeds tried before a broken variant counts as unseen. */
const SEEDS = 60;

/** Whether the fuzz finds something wrong that reads like `pattern` when a part is broken. */
export function caught(broken: Broken, pattern: RegExp): boolean {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    if (run(seed, OPS, nodeStore(':memory:'), broken).problems.some((problem) => pattern.test(problem)))
      return true;
  }
  return false;
}
