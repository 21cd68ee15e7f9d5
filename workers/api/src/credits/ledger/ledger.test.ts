import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { durableStore } from '../../platform/sql.ts';
import { generate } from './testing/generate.ts';
import { play } from './testing/history.ts';
import { mutants } from './testing/mutants.ts';
import type { Wrap } from './testing/world.ts';

const seed = Date.now() % 2 ** 31;

/** Why the history of this seed goes wrong on the storage of a Durable Object of its own; null when it does not. */
function failureInObject(of: number, wrap?: Wrap): Promise<string | null> {
  return runInDurableObject(env.WORKSPACE_ACCOUNT.getByName(newId('ws')), (_, state) => {
    const store = durableStore(state.storage);
    try {
      play(generate(of), { store, reopen: () => durableStore(state.storage) }, wrap);
      return null;
    } catch (error) {
      return `seed ${of}: ${String(error)}`;
    }
  });
}

describe('the ledger on Durable Object storage', () => {
  it(`does what the model does, as it does on node:sqlite (seed ${seed})`, async () => {
    for (let i = 0; i < 60; i += 1) expect(await failureInObject(seed + i)).toBeNull();
  }, 60_000);

  it('rolls a crashed operation back, or the checker would say so', async () => {
    const mutant = mutants().find(({ name }) => name === 'a crash keeps half an operation');
    if (!mutant) throw new Error('There is no such mutant');
    let found: string | null = null;
    for (let i = 0; i < 300 && found === null; i += 1) found = await failureInObject(seed + i, mutant.wrap);
    expect(found).not.toBeNull();
  }, 60_000);
});
