/**
 * `npm run sim -- ledger --histories N --seed S [--file]`: the long form of the ledger's test. Each history is a seed:
 * operations that come late, twice and out of order, processes that die, credits that expire, budgets, refunds, renewals,
 * a queue; a model that shares no code with the ledger judges every answer and what is left. In memory, or each on a
 * SQLite file of its own. `--mutants` lets the same histories find each planted bug. Exit 1 at the first history that
 * goes wrong, with its seed and what is left of it after all steps that do not matter are gone; `--histories 1 --seed S`
 * plays one again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from '../../workers/api/src/credits/ledger/testing/generate.ts';
import { type Mutant, mutants } from '../../workers/api/src/credits/ledger/testing/mutants.ts';
import {
  inMemory,
  onFiles,
  type Sandbox,
} from '../../workers/api/src/credits/ledger/testing/sandbox.node.ts';
import { shrink } from '../../workers/api/src/credits/ledger/testing/shrink.ts';
import type { Step } from '../../workers/api/src/credits/ledger/testing/steps.ts';

const REPORT_MS = 30_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    histories: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    file: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
  },
});
const [histories, first] = [Number(values.histories), Number(values.seed)];
const say = (line: string) => process.stdout.write(`${line}\n`);

if (
  positionals[0] !== 'ledger' ||
  !(Number.isInteger(histories) && histories > 0 && Number.isInteger(first))
) {
  process.stderr.write('Usage: npm run sim -- ledger [--histories N] [--seed S] [--file] [--mutants]\n');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'uxflow-sim-'));
const sandbox = values.file ? onFiles(folder) : inMemory();
try {
  process.exitCode = values.mutants ? catchAll(sandbox) : playAll(sandbox);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @returns the exit code. */
function playAll(on: Sandbox): number {
  const began = Date.now();
  let reported = began;
  for (let i = 0; i < histories; i += 1) {
    if (failureOf(on, generate(first + i)) !== null) {
      explain(on, first + i);
      return 1;
    }
    if (Date.now() - reported < REPORT_MS) continue;
    reported = Date.now();
    const perSecond = Math.round((i / (reported - began)) * 1_000);
    say(
      `${i + 1} of ${histories} histories, seeds ${first} to ${first + i}, ${perSecond}/s: none goes wrong`,
    );
  }
  const seconds = Math.round((Date.now() - began) / 1_000);
  const where = values.file ? 'on files' : 'in memory';
  say(
    `${histories} histories ${where} in ${seconds} s, seeds ${first} to ${first + histories - 1}: 0 lost or minted`,
  );
  return 0;
}

function explain(on: Sandbox, seed: number): void {
  const steps = shrink(generate(seed), (part) => failureOf(on, part) !== null);
  say(`Seed ${seed}: ${failureOf(on, steps)}`);
  for (const step of steps) say(`  ${JSON.stringify(step)}`);
}

function catchAll(on: Sandbox): number {
  let missed = 0;
  for (const mutant of mutants()) {
    const seed = seedThatCatches(on, mutant);
    if (seed === null) missed += 1;
    say(`${seed === null ? 'MISSED' : `seed ${seed} catches`}: ${mutant.name}`);
  }
  say(`${mutants().length - missed} of ${mutants().length} planted bugs caught`);
  return missed === 0 ? 0 : 1;
}

function seedThatCatches(on: Sandbox, { wrap }: Mutant): number | null {
  for (let i = 0; i < histories; i += 1) {
    try {
      on(generate(first + i), wrap);
    } catch {
      return first + i;
    }
  }
  return null;
}

function failureOf(on: Sandbox, steps: readonly Step[]): string | null {
  try {
    on(steps);
    return null;
  } catch (error) {
    return String(error);
  }
}
