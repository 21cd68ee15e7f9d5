import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromMermaid } from '@uxflow/flow/formats/mermaid';
import { loadMermaid, type Parsed } from '../lib/mermaid.ts';
import { ROOT } from '../lib/paths.ts';
import { interleaved, type Row } from './measure.ts';

const ROUNDS = 7;
const FIXTURES = join(ROOT, 'packages/flow/test/mermaid');
/** Charts that both can read, each with what mermaid needs in order to read it again. */
async function prepare(sources: string[]): Promise<{ source: string; diagram: Parsed }[]> {
  const read = await loadMermaid();
  const prepared = [];
  for (const source of sources) prepared.push({ source, diagram: await read(source) });
  return prepared;
}

function chain(nodes: number): string {
  const lines = Array.from(
    { length: nodes },
    (_, number) => `  n${number}[Step ${number}] -->|next| n${number + 1}`,
  );
  return ['flowchart TD', ...lines].join('\n');
}

/** From text to mermaid's own graph, and from text to a whole flow document (not placed), of the same charts. */
async function compare(metric: string, sources: string[]): Promise<Row[]> {
  const charts = await prepare(sources);
  let nodes = 0;
  const rows = await interleaved(
    metric,
    [
      {
        system: 'mermaid, its parser alone',
        run: () => {
          for (const { diagram } of charts) {
            diagram.db.clear();
            if (diagram.parser.parser) diagram.parser.parser.yy = diagram.db;
            diagram.parser.parse(diagram.text);
          }
        },
      },
      {
        system: 'uxflow, fromMermaid without layout',
        run: () => {
          for (const { source } of charts)
            nodes += Object.keys(fromMermaid(source, { layout: false }).document.nodes).length;
        },
      },
    ],
    ROUNDS,
  );
  if (nodes === 0) throw new Error('nothing was read');
  const [theirs, ours] = rows;
  const factor = (theirs?.median ?? NaN) / (ours?.median ?? NaN);
  return [...rows, { system: 'uxflow is faster by', metric, unit: 'times', median: factor, rounds: ROUNDS }];
}

/** Every recorded text that mermaid accepts. */
function recorded(kind: 'flowchart' | 'state'): string[] {
  const [, ...lines] = readFileSync(join(FIXTURES, `${kind}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n');
  return lines
    .map((line) => JSON.parse(line) as { source: string; answer: unknown })
    .filter(({ answer }) => answer !== null)
    .map(({ source }) => source);
}

/** Reading Mermaid. The target is 20 times mermaid's own speed on the same files. */
export async function benchMermaid(): Promise<Row[]> {
  const flowcharts = recorded('flowchart'),
    states = recorded('state').filter((source) => !source.includes('</pre'));
  return [
    ...(await compare(`${flowcharts.length} flowcharts of public test suites`, flowcharts)),
    ...(await compare('one flowchart of 400 links', [chain(400)])),
    ...(await compare(`${states.length} state diagrams of public test suites`, states)),
  ];
}
