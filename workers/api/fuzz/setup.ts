import { nodeStore } from '@uxflow/flow/sync/node';
import type { TestProject } from 'vitest/node';
import { run } from '../../../packages/flow/test/fuzz-run.ts';

/** Runs each seed on `node:sqlite` in memory, which workerd does not have, and hands on what it led to. */
export default function setup(project: TestProject): void {
  const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
  const ops = number('FUZZ_OPS', 100);
  const first = number('FUZZ_FIRST', 1);
  const seeds = Array.from({ length: number('FUZZ_SEEDS', 25) }, (_, i) => {
    const seed = first + i;
    return { seed, expected: run(seed, ops, nodeStore(':memory:')) };
  });
  project.provide('fuzz', { ops, seeds });
}
