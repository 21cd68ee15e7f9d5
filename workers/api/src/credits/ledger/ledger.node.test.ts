import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { generate } from './testing/generate.ts';
import { mutants } from './testing/mutants.ts';
import { inMemory, onFiles, type Sandbox } from './testing/sandbox.node.ts';
import { shrink } from './testing/shrink.ts';
import type { Step } from './testing/steps.ts';

const seed = Number(process.env['LEDGER_SEED'] ?? Date.now() % 2 ** 31);
const directory = mkdtempSync(join(tmpdir(), 'uxflow-ledger-'));
const memory = inMemory();

afterAll(() => rmSync(directory, { recursive: true, force: true }));

function failureOf(sandbox: Sandbox, steps: readonly Step[]): string | null {
  try {
    sandbox(steps);
    return null;
  } catch (error) {
    return String(error);
  }
}

/** The first of `count` histories that goes wrong, made as short as it gets; null when none does. */
function firstFailure(sandbox: Sandbox, count: number) {
  for (let i = 0; i < count; i += 1) {
    const steps = generate(seed + i);
    if (failureOf(sandbox, steps) === null) continue;
    const shortest = shrink(steps, (part) => failureOf(sandbox, part) !== null);
    return { seed: seed + i, why: failureOf(sandbox, shortest), steps: shortest };
  }
  return null;
}

describe('the ledger', () => {
  it(`does what the model does in 800 histories (LEDGER_SEED=${seed})`, () => {
    expect(firstFailure(memory, 800)).toBeNull();
  }, 120_000);

  it(`finds everything again in its file after a crash (LEDGER_SEED=${seed})`, () => {
    expect(firstFailure(onFiles(directory), 40)).toBeNull();
  }, 60_000);

  // The same histories must find every planted bug, or their passing above would prove nothing.
  it.each(mutants())(
    'is judged by a checker that catches this: $name',
    ({ wrap, fired }) => {
      let caught: unknown = null;
      for (let i = 0; i < 8_000 && caught === null; i += 1) {
        try {
          memory(generate(seed + i), wrap);
        } catch (error) {
          caught = error;
        }
      }
      expect({ planted: fired() > 0, caught: caught !== null, seed }).toEqual({
        planted: true,
        caught: true,
        seed,
      });
      // A statement that the mutation made unreadable would be no catch.
      expect(caught).not.toMatchObject({ errstr: 'SQL logic error' });
    },
    60_000,
  );
});
