import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromMermaid } from '@uxflow/flow/formats/mermaid';
import mermaid from 'mermaid';
import { ROOT } from '../lib/paths.ts';
import { interleaved, type Row } from './measure.ts';

const ROUNDS = 7;
const FIXTURE = join(ROOT, 'packages/flow/test/mermaid/flowchart.jsonl');
/** What mermaid cleans labels with. It needs a DOM, which Node has not. */
const SANITIZER = 'dompurify';

interface Parsed {
  text: string;
  db: { clear: () => void };
  parser: { parse: (text: string) => unknown; parser?: { yy?: unknown } };
}

/** Charts that both can read, each with what mermaid needs in order to read it again. */
async function prepare(sources: string[]): Promise<{ source: string; diagram: Parsed }[]> {
  const require = createRequire(import.meta.resolve('mermaid'));
  const sanitizer = (await import(
    pathToFileURL(require.resolve(SANITIZER).replace('purify.cjs.js', 'purify.es.mjs')).href
  )) as { default: { sanitize?: (text: string) => string; addHook?: () => void } };
  // Labels pass as they are: this spares mermaid work that it does in a browser.
  sanitizer.default.sanitize = (text) => text;
  sanitizer.default.addHook = () => undefined;
  mermaid.initialize({ startOnLoad: false, maxEdges: 100_000, maxTextSize: 10_000_000, logLevel: 'fatal' });
  await mermaid.parse('flowchart TD');
  const prepared = [];
  for (const source of sources) {
    const diagram = (await mermaid.mermaidAPI.getDiagramFromText(source)) as unknown as Parsed;
    prepared.push({ source, diagram });
  }
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

/** Reading Mermaid flowcharts. The target is 20 times mermaid's own speed on the same files. */
export async function benchMermaid(): Promise<Row[]> {
  const [, ...lines] = readFileSync(FIXTURE, 'utf8').trimEnd().split('\n');
  const recorded = lines
    .map((line) => JSON.parse(line) as { source: string; answer: unknown })
    .filter(({ answer }) => answer !== null)
    .map(({ source }) => source);
  return [
    ...(await compare(`${recorded.length} flowcharts of public test suites`, recorded)),
    ...(await compare('one flowchart of 400 links', [chain(400)])),
  ];
}
