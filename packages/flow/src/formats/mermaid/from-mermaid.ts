import { emptyDocument } from '../../document/empty.ts';
import { isId } from '../../document/ids.ts';
import { LIMITS } from '../../document/limits.ts';
import type { FlowDocument, FlowNode, Frame } from '../../document/types.ts';
import { arrange } from '../../layout/layout.ts';
import type { Chart, Link, Subgraph, Warning } from './chart.ts';
import { inferTrigger, inferType } from './infer.ts';
import { parseChart } from './parse.ts';
import { decodeText, withinTitle } from './text.ts';

export interface MermaidImport {
  document: FlowDocument;
  /** What was left out or changed; the rest arrived as it was written. Lines count from 1. */
  warnings: Warning[];
}

const DEFAULT_NAME = 'Imported flow';
const MAX_WARNINGS = 100;

/**
 * A Mermaid `flowchart` or `graph` as a flow, placed by the layout. Styling and click handlers are ignored.
 *
 * @throws FlowError `invalid_request` with path `line N`, or `limit_exceeded`.
 */
export function fromMermaid(source: string): MermaidImport {
  const chart = parseChart(source);
  const document = new Importer(chart).build();
  const { nodes, frames } = arrange(document, { direction: chart.direction });
  for (const node of Object.values(document.nodes)) {
    const { x, y } = nodes.get(node.id) ?? node.position;
    node.position = { x, y };
  }
  for (const frame of Object.values(document.frames)) {
    const { x, y, width, height } = frames.get(frame.id) ?? { ...frame.position, ...frame.size };
    frame.position = { x, y };
    frame.size = { width, height };
  }
  const { warnings } = chart;
  if (warnings.length <= MAX_WARNINGS) return { document, warnings };
  const more = { message: `and ${warnings.length - MAX_WARNINGS} more of the same kinds` };
  return { document, warnings: [...warnings.slice(0, MAX_WARNINGS), more] };
}

class Importer {
  readonly #chart: Chart;
  readonly #document: FlowDocument;
  readonly #frameIds = new Map<Subgraph, string>();
  readonly #nodeIds = new Map<string, string>();
  /** Subgraphs by the id under which links may name them. */
  readonly #subgraphs = new Map<string, Subgraph>();

  constructor(chart: Chart) {
    this.#chart = chart;
    this.#document = emptyDocument(
      this.#cut((chart.title ?? DEFAULT_NAME).replace(/\p{Surrogate}/gu, '\uFFFD')),
    );
  }

  build(): FlowDocument {
    this.#frames();
    this.#nodes();
    this.#edges();
    return this.#document;
  }

  #frames(): void {
    const ids = new IdSource('frame');
    for (const { key } of this.#chart.subgraphs) ids.reserve(key);
    for (const subgraph of this.#chart.subgraphs) {
      const id = ids.next(subgraph.key);
      this.#frameIds.set(subgraph, id);
      if (subgraph.key !== '') this.#subgraphs.set(subgraph.key, subgraph);
      const parentId = subgraph.parent && this.#frameIds.get(subgraph.parent);
      const frame: Frame = {
        id,
        title: this.#text(subgraph.raw, subgraph.line),
        position: { x: 0, y: 0 },
        size: { width: 240, height: 140 },
        ...(parentId === undefined ? {} : { parentId }),
      };
      this.#document.frames[id] = frame;
    }
  }

  #nodes(): void {
    const targets = new Set(this.#chart.links.map(({ target }) => target));
    const sources = new Set(this.#chart.links.map(({ source }) => source));
    const ids = new IdSource('node');
    for (const { key } of this.#chart.vertices.values()) ids.reserve(key);
    for (const [key, vertex] of this.#chart.vertices) {
      if (this.#isSubgraph(key)) continue;
      const title = this.#text(vertex.raw ?? key, vertex.line);
      const type =
        vertex.type ?? inferType(vertex.meaning ?? 'box', title, targets.has(key), sources.has(key));
      const frameId = vertex.subgraph && this.#frameIds.get(vertex.subgraph);
      const id = ids.next(key);
      const node: FlowNode = {
        id,
        type,
        title,
        position: { x: 0, y: 0 },
        ...(frameId === undefined ? {} : { frameId }),
      };
      this.#nodeIds.set(key, id);
      this.#document.nodes[id] = node;
    }
  }

  #edges(): void {
    const ends = this.#ends();
    for (const [number, link] of this.#chart.links.entries()) {
      const source = this.#end(link, link.source, ends.get(link.source)?.last);
      const target = this.#end(link, link.target, ends.get(link.target)?.first);
      if (source === undefined || target === undefined) continue;
      const label = link.raw === undefined ? '' : this.#text(link.raw, link.line);
      const type = this.#document.nodes[source]?.type ?? 'action';
      const id = `edge-${number + 1}`;
      this.#document.edges[id] = {
        id,
        source,
        target,
        trigger: link.trigger ?? inferTrigger(label, type),
        ...(label === '' ? {} : { label }),
      };
    }
  }

  #isSubgraph(key: string): boolean {
    const vertex = this.#chart.vertices.get(key);
    return this.#subgraphs.has(key) && vertex?.raw === undefined && vertex?.type === undefined;
  }

  /** The first and last node directly in each subgraph, to which a link with the subgraph as a whole is given. */
  #ends(): Map<string, { first: string; last: string }> {
    const ends = new Map<string, { first: string; last: string }>();
    for (const [key, { subgraph }] of this.#chart.vertices) {
      const id = this.#nodeIds.get(key);
      if (!subgraph || id === undefined) continue;
      const known = ends.get(subgraph.key);
      if (known) known.last = id;
      else ends.set(subgraph.key, { first: id, last: id });
    }
    return ends;
  }

  #end(link: Link, key: string, instead: string | undefined): string | undefined {
    const id = this.#nodeIds.get(key);
    if (id !== undefined) return id;
    this.#chart.warnings.push({
      line: link.line,
      message:
        instead === undefined
          ? 'a link with an empty subgraph was left out: transitions connect nodes'
          : 'a link with a whole subgraph now holds on to a node in it: transitions connect nodes',
    });
    return instead;
  }

  #text(raw: string, line?: number): string {
    return this.#cut(decodeText(raw), line);
  }

  #cut(whole: string, line?: number): string {
    const { text, cut } = withinTitle(whole);
    if (cut) {
      this.#chart.warnings.push({
        ...(line === undefined ? {} : { line }),
        message: `a text was cut to ${LIMITS.title} characters`,
      });
    }
    return text;
  }
}

/** Legal, unique ids: what was written where that is legal, else a numbered one. */
class IdSource {
  readonly #stem: string;
  readonly #reserved = new Set<string>();
  readonly #used = new Set<string>();
  #number = 0;

  constructor(stem: string) {
    this.#stem = stem;
  }

  /** Keeps numbered ids off an id that is still to come. */
  reserve(key: string): void {
    this.#reserved.add(key);
  }

  next(key: string): string {
    let id = key;
    while (!isId(id) || this.#used.has(id) || (id !== key && this.#reserved.has(id)))
      id = `${this.#stem}-${++this.#number}`;
    this.#used.add(id);
    return id;
  }
}
