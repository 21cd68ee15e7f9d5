import type { FlowDocument } from '@uxflow/flow';

export interface ReadFlow {
  format: Format;
  document: FlowDocument;
  warnings: { line?: number | undefined; message: string }[];
}

type Format = 'json' | 'mermaid' | 'bpmn' | 'drawio' | 'excalidraw';

/** Each loaded when needed: nobody waits for an XML parser to read JSON. */
const READERS: Readonly<Record<Format, (source: string) => Promise<Omit<ReadFlow, 'format'>>>> = {
  json: async (source) => {
    const { parseDocument } = await import('@uxflow/flow/schema');
    return { document: parseDocument(JSON.parse(source)), warnings: [] };
  },
  mermaid: async (source) => (await import('@uxflow/flow/formats/mermaid')).fromMermaid(source),
  bpmn: async (source) => (await import('@uxflow/flow/formats/bpmn')).fromBpmn(source),
  drawio: async (source) => (await import('@uxflow/flow/formats/drawio')).fromDrawio(source),
  excalidraw: async (source) => (await import('@uxflow/flow/formats/excalidraw')).fromExcalidraw(source),
};

/** Endings that say it all; `.json`, `.xml` and `.svg` may be several formats. */
const ENDINGS: readonly (readonly [ending: RegExp, format: Format])[] = [
  [/\.(?:mmd|mermaid)$/iu, 'mermaid'],
  [/\.bpmn2?$/iu, 'bpmn'],
  [/\.(?:drawio|dio)$/iu, 'drawio'],
  [/\.excalidraw$/iu, 'excalidraw'],
];
/** Far enough for a declaration, a licence in a comment and the first element. */
const BEGINNING = 4_096;

/** @throws FlowError for what is wrong in it, SyntaxError for JSON that is none */
export async function readSource(path: string, source: string): Promise<ReadFlow> {
  const told = ENDINGS.find(([ending]) => ending.test(path))?.[1];
  const format = told ?? formatOf(path, source);
  return { format, ...(await READERS[format](source)) };
}

function formatOf(path: string, source: string): Format {
  const beginning = source
    .replace(/^\uFEFF/u, '')
    .trimStart()
    .slice(0, BEGINNING);
  if (beginning.startsWith('{') || /\.json$/iu.test(path))
    return /"type"\s*:\s*"excalidraw/u.test(beginning) ? 'excalidraw' : 'json';
  if (!beginning.startsWith('<')) return 'mermaid';
  return /<(?:mxfile|mxGraphModel|svg)[\s>]/u.test(beginning) ? 'drawio' : 'bpmn';
}
