import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { durableStore } from '../../platform/sql.ts';
import { histories } from './testing/arbitraries.ts';
import { play } from './testing/history.ts';
import { mutants } from './testing/mutants.ts';

const seed = Date.now() % 2 ** 31;

/** A history on the storage of a Durable Object of its own. */
function playInObject(...[steps, wrap]: [Parameters<typeof play>[0], Parameters<typeof play>[2]?]) {
  return runInDurableObject(env.WORKSPACE_ACCOUNT.getByName(newId('ws')), (_, state) => {
    const store = durableStore(state.storage);
    play(steps, { store, reopen: () => durableStore(state.storage) }, wrap);
  });
}

describe('the ledger on Durable Object storage', () => {
  it(`does what the model does, as it does on node:sqlite (seed ${seed})`, async () => {
    const found = await fc.check(
      fc.asyncProperty(histories, (steps) => playInObject(steps)),
      { seed, numRuns: 60 },
    );
    expect(await fc.asyncDefaultReportMessage(found)).toBeUndefined();
  }, 30_000);

  it('rolls a crashed operation back, or the checker would say so', async () => {
    const mutant = mutants().find(({ name }) => name === 'a crash keeps half an operation');
    if (!mutant) throw new Error('There is no such mutant');
    const found = await fc.check(
      fc.asyncProperty(histories, (steps) => playInObject(steps, mutant.wrap)),
      { seed, numRuns: 300, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
  }, 30_000);
});
