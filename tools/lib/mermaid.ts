import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import mermaid from 'mermaid';

/** A diagram that mermaid has read, with what it needs to read it again. */
export interface Parsed {
  text: string;
  db: {
    clear: () => void;
    getVertices?: () => Map<string, unknown>;
    getSubGraphs?: () => { id: string }[];
    getEdges?: () => unknown[];
    getData?: () => { nodes: { shape: string }[]; edges: unknown[] };
  };
  parser: { parse: (text: string) => unknown; parser?: { yy?: unknown } };
}

/** What mermaid cleans labels with. It needs a DOM, which Node has not. */
const SANITIZER = 'dompurify';

/**
 * mermaid's own reading, in Node: of structure, not of labels, which pass as they are. That spares mermaid work
 * that it does in a browser.
 */
export async function loadMermaid(): Promise<(source: string) => Promise<Parsed>> {
  const require = createRequire(import.meta.resolve('mermaid'));
  const path = require.resolve(SANITIZER).replace('purify.cjs.js', 'purify.es.mjs');
  const sanitizer = (await import(pathToFileURL(path).href)) as {
    default: { sanitize?: (text: string) => string; addHook?: () => void };
  };
  sanitizer.default.sanitize = (text) => text;
  sanitizer.default.addHook = () => undefined;
  mermaid.initialize({ startOnLoad: false, maxEdges: 100_000, maxTextSize: 10_000_000, logLevel: 'fatal' });
  await mermaid.parse('flowchart TD'); // makes mermaid know its kinds of diagram
  return async (source) => (await mermaid.mermaidAPI.getDiagramFromText(source)) as unknown as Parsed;
}
