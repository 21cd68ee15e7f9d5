import { readFile } from 'node:fs/promises';
import type { FlowDocument } from '@uxflow/flow';
import { toBpmn } from '@uxflow/flow/formats/bpmn';
import { toGherkin } from '@uxflow/flow/formats/gherkin';
import { toMarkdown } from '@uxflow/flow/formats/markdown';
import { toMermaid } from '@uxflow/flow/formats/mermaid';
import { toPlaywright } from '@uxflow/flow/formats/playwright';
import { nodePngRenderer } from '@uxflow/flow/formats/png/node';
import { toStateDiagram } from '@uxflow/flow/formats/state-diagram';
import { toSvg } from '@uxflow/flow/formats/svg';
import { toXState } from '@uxflow/flow/formats/xstate';
import { parseDocument } from '@uxflow/flow/schema';

const PAGE = 'docs/export-gallery.md';
const SVG = 'docs/images/export-gallery.svg';
const PNG = 'docs/images/export-gallery.png';

interface Shown {
  title: string;
  /** One sentence for who looks for it. */
  about: string;
  language: string;
  write: (document: FlowDocument) => string;
}

const TEXTS: readonly Shown[] = [
  {
    title: 'Markdown',
    about: 'A specification to read, review and keep beside the code. GitHub draws its diagram.',
    language: 'markdown',
    write: toMarkdown,
  },
  {
    title: 'Playwright',
    about:
      'A test for each path of the coverage set: together they take every transition that lies between a start and an ' +
      'end. Four functions at the top are adapted to the product once.',
    language: 'ts',
    write: toPlaywright,
  },
  {
    title: 'Gherkin',
    about:
      'The same paths as scenarios. Few fixed sentences, so a handful of step definitions runs any flow.',
    language: 'gherkin',
    write: toGherkin,
  },
  {
    title: 'XState',
    about:
      'A typed machine for XState 5: every step a state, every transition an event, ids of the flow in `meta`.',
    language: 'ts',
    write: toXState,
  },
  {
    title: 'Mermaid flowchart',
    about: 'For READMEs and wikis; `uxflow import` reads it back.',
    language: 'mermaid',
    write: toMermaid,
  },
  {
    title: 'Mermaid state diagram',
    about: 'The same flow as states; read back as well.',
    language: 'mermaid',
    write: toStateDiagram,
  },
  {
    title: 'BPMN 2.0',
    about: 'The process with its diagram, for BPMN tools; read back as well.',
    language: 'xml',
    write: toBpmn,
  },
  {
    title: 'JSON',
    about: 'The document itself, whole.',
    language: 'json',
    write: (document) => JSON.stringify(document, null, 2),
  },
];

/** Every file of the gallery by its path in the repository, made from one flow by the exports as they are now. */
export async function gallery(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const source = await readFile(new URL('flow.json', import.meta.url), 'utf8');
  const document = parseDocument(JSON.parse(source));
  const { bytes } = (await nodePngRenderer()).render(document, { scale: 1.5 });
  return new Map<string, string | Uint8Array>([
    [PAGE, page(document)],
    [SVG, `${toSvg(document)}\n`],
    [PNG, bytes],
  ]);
}

function page(document: FlowDocument): string {
  return `${[
    '# Export gallery',
    'One flow in every format that a flow can be exported to. Made by `npm run gallery`; a test fails when it is out ' +
      'of date.',
    'Over HTTP: `GET /v1/flows/:id/export?format=…`. In code: `client.flows.export(id, { format })`, or the function ' +
      'of `@uxflow/flow/formats/*`. On files: `npx @uxflow/sdk export flow.json --format …`.',
    '## SVG and PNG',
    'The SVG (left) is self-contained and uses the reader’s own font; the PNG (right) is drawn on the server without ' +
      'a browser and always set in Inter. Neither fetches anything. Inter has Latin, Greek, Cyrillic and common ' +
      'symbols; other characters are □ in a PNG and are named by the renderer.',
    '<img alt="The flow as SVG" src="images/export-gallery.svg" width="48%"> ' +
      '<img alt="The flow as PNG" src="images/export-gallery.png" width="48%">',
    ...TEXTS.flatMap(({ title, about, language, write }) => [
      `## ${title}`,
      about,
      fenced(language, write(document)),
    ]),
  ].join('\n\n')}\n`;
}

/** A code block that no text can end, folded where it is long. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const block = `${fence}${language}\n${text.trimEnd()}\n${fence}`;
  const lines = text.trimEnd().split('\n').length;
  if (lines <= 60) return block;
  return `<details><summary>${lines} lines</summary>\n\n${block}\n\n</details>`;
}
