import { parseArgs } from 'node:util';
import { machine, type Row } from './measure.ts';

/** Each benchmark runs this product and its peers in turns, in one process. Loaded when asked for: peers are heavy. */
const BENCHMARKS = new Map<string, () => Promise<Row[]>>([
  ['mermaid', async () => (await import('./mermaid.ts')).benchMermaid()],
  ['ingest', async () => (await import('./ingest.ts')).benchIngest()],
  ['cold-open', async () => (await import('./cold-open.ts')).benchColdOpen()],
  ['growth', async () => (await import('./growth.ts')).benchGrowth()],
  ['fan-out', async () => (await import('./fan-out.ts')).benchFanOut()],
  ['credits', async () => (await import('./credits.ts')).benchCredits()],
  ['credits-crash', async () => (await import('./credits-crash.ts')).benchCreditsCrash()],
  ['lint', async () => (await import('./lint.ts')).benchLint()],
  ['layout', async () => (await import('./layout.ts')).benchLayout()],
]);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const names = positionals.length > 0 ? positionals : [...BENCHMARKS.keys()];
const rows: Row[] = [];
for (const name of names) {
  const bench = BENCHMARKS.get(name);
  if (!bench) throw new Error(`There is no benchmark "${name}": use ${[...BENCHMARKS.keys()].join(', ')}`);
  for (const row of await bench()) {
    rows.push(row);
    console.log(
      `${row.system.padEnd(36)} ${row.metric.padEnd(44)} ${row.median.toFixed(2).padStart(10)} ${row.unit}`,
    );
  }
}
if (values.json) console.log(JSON.stringify({ name: names.join(' '), machine: machine(), rows }));
