import { cpus } from 'node:os';

/** One figure of a benchmark, in the shape that every benchmark prints. */
export interface Row {
  system: string;
  metric: string;
  unit: string;
  median: number;
  p99?: number;
  rounds: number;
}

export interface Contestant {
  system: string;
  /** One round of the whole job. */
  run: () => Promise<void> | void;
}

/** What the figures were measured on. */
export function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`;
}

/** The middle one of these figures. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Times the same job of several systems in turns, so that whatever else the machine does meets all of them. */
export async function interleaved(metric: string, contestants: Contestant[], rounds: number): Promise<Row[]> {
  const times = contestants.map((): number[] => []);
  for (const { run } of contestants) await run();
  for (let round = 0; round < rounds; round += 1) {
    for (const [number, { run }] of contestants.entries()) {
      const begin = performance.now();
      await run();
      times[number]?.push(performance.now() - begin);
    }
  }
  return contestants.map(({ system }, number) => ({
    system,
    metric,
    unit: 'ms',
    median: median(times[number] ?? []),
    rounds,
  }));
}
