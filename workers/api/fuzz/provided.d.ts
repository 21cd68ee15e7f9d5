import type { FuzzResult } from '../../../packages/flow/test/fuzz-run.ts';

/** What the set-up, which runs in Node, hands to the tests, which run in workerd. */
declare module 'vitest' {
  interface ProvidedContext {
    fuzz: { ops: number; seeds: { seed: number; expected: FuzzResult }[] };
  }
}
