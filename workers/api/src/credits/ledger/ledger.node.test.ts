import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeStore } from '@uxflow/flow/sync/node';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { histories } from './testing/arbitraries.ts';
import { play, type World } from './testing/history.ts';
import { mutants } from './testing/mutants.ts';

const seed = Number(process.env['LEDGER_SEED'] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env['LEDGER_HISTORIES'] ?? 2_000);
const directory = mkdtempSync(join(tmpdir(), 'uxflow-ledger-'));
let files = 0;

afterAll(() => rmSync(directory, { recursive: true, force: true }));

function inMemory(): World {
  const store = nodeStore(':memory:');
  return { store, reopen: () => store };
}

/** A new process finds only what is in the file. */
function onFile(): World & { close(): void } {
  const path = join(directory, `${(files += 1)}.sqlite`);
  let current = nodeStore(path);
  const world = {
    store: { exec: current.exec, transaction: current.transaction },
    reopen() {
      current.close();
      current = nodeStore(path);
      Object.assign(world.store, { exec: current.exec, transaction: current.transaction });
      return current;
    },
    close: () => current.close(),
  };
  return world;
}

describe('the ledger', () => {
  it(`does what the model does in ${numRuns} random histories (LEDGER_SEED=${seed})`, () => {
    const found = fc.check(
      fc.property(histories, (steps) => play(steps, inMemory())),
      { seed, numRuns },
    );
    expect(fc.defaultReportMessage(found)).toBeUndefined();
  }, 600_000);

  it(`finds everything again in its file after a crash (LEDGER_SEED=${seed})`, () => {
    const found = fc.check(
      fc.property(histories, (steps) => {
        const world = onFile();
        try {
          play(steps, world);
        } finally {
          world.close();
        }
      }),
      { seed, numRuns: 20 },
    );
    expect(fc.defaultReportMessage(found)).toBeUndefined();
  }, 60_000);

  // The same histories must find every planted bug, or their passing above would prove nothing.
  it.each(mutants())(
    'is judged by a checker that catches this: $name',
    ({ wrap, fired }) => {
      const found = fc.check(
        fc.property(histories, (steps) => play(steps, inMemory(), wrap)),
        { seed, numRuns: 2_000, endOnFailure: true },
      );
      expect({ planted: fired() > 0, caught: found.failed, seed }).toEqual({
        planted: true,
        caught: true,
        seed,
      });
      // A statement that the mutation made unreadable would be no catch.
      expect(found.errorInstance).not.toMatchObject({ errstr: 'SQL logic error' });
    },
    60_000,
  );
});
