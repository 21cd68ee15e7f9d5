import type { FlowDocument } from '@uxflow/flow';
import { toBpmn } from '@uxflow/flow/formats/bpmn';
import { toGherkin } from '@uxflow/flow/formats/gherkin';
import { toMarkdown } from '@uxflow/flow/formats/markdown';
import { toMermaid } from '@uxflow/flow/formats/mermaid';
import { toPlaywright } from '@uxflow/flow/formats/playwright';
import { toStateDiagram } from '@uxflow/flow/formats/state-diagram';
import { toSvg } from '@uxflow/flow/formats/svg';
import { toXState } from '@uxflow/flow/formats/xstate';
import type { EXPORT_FORMATS } from './schemas.ts';

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportedFile {
  body: string | Uint8Array<ArrayBuffer>;
  contentType: string;
  fileName: string;
}

interface Format {
  contentType: string;
  /** Of the file, the dot included. */
  ending: string;
  write(document: FlowDocument): ExportedFile['body'] | Promise<ExportedFile['body']>;
}

const MERMAID = 'text/vnd.mermaid; charset=utf-8';
const TYPESCRIPT = 'text/plain; charset=utf-8';

const FORMATS: Readonly<Record<ExportFormat, Format>> = {
  json: {
    contentType: 'application/json',
    ending: '.json',
    write: (document) => JSON.stringify(document, null, 2),
  },
  mermaid: { contentType: MERMAID, ending: '.mmd', write: toMermaid },
  'state-diagram': { contentType: MERMAID, ending: '.states.mmd', write: toStateDiagram },
  bpmn: { contentType: 'application/xml; charset=utf-8', ending: '.bpmn', write: toBpmn },
  svg: { contentType: 'image/svg+xml; charset=utf-8', ending: '.svg', write: (document) => toSvg(document) },
  // Its WebAssembly and fonts are there in a Worker alone, and only here are they needed.
  png: {
    contentType: 'image/png',
    ending: '.png',
    write: async (document) => (await import('./png.ts')).renderPng(document),
  },
  markdown: { contentType: 'text/markdown; charset=utf-8', ending: '.md', write: toMarkdown },
  xstate: { contentType: TYPESCRIPT, ending: '.machine.ts', write: toXState },
  playwright: { contentType: TYPESCRIPT, ending: '.spec.ts', write: toPlaywright },
  gherkin: { contentType: 'text/plain; charset=utf-8', ending: '.feature', write: toGherkin },
};

/** The document as a file of that format. @throws FlowError `limit_exceeded` for a PNG of a flow too large for one */
export async function exportDocument(document: FlowDocument, format: ExportFormat): Promise<ExportedFile> {
  const { contentType, ending, write } = FORMATS[format];
  return { body: await write(document), contentType, fileName: `${fileNameOf(document.name)}${ending}` };
}

/** A name that every file system and header takes. */
function fileNameOf(name: string): string {
  return (
    name
      .normalize('NFKD')
      .replace(/[^\w. -]+/g, '')
      .trim()
      .replace(/\s+/g, '-')
      .slice(0, 80) || 'flow'
  );
}
