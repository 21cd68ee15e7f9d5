import { emptyDocument } from '../../document/empty.ts';
import { isId } from '../../document/ids.ts';
import { LIMITS } from '../../document/limits.ts';
import type { FlowDocument, FlowNode } from '../../document/types.ts';
import type { Chart, Link, Subgraph, Vertex } from './chart.ts';
import type { MermaidImport, MermaidImportOptions } from './import-types.ts';
import { inferTrigger, inferType } from './infer.ts';
import { parseChart } from './parse.ts';
import { place } from './place.ts';
import type { Text } from './shapes.ts';
import { decodeText, LONE_SURROGATE, withinTitle } from './text.ts';

const DEFAULT_NAME = 'Imported flow';
const MAX_WARNINGS = 100;

/**
 * A Mermaid `flowchart` or `graph` as a flow, placed by the layout. Styling and click handlers are ignored.
 *
 * @throws FlowError `invalid_request` with path `line N`, or `limit_exceeded`.
 */
export function fromFlowchart(source: string, options: MermaidImportOptions = {}): MermaidImport {
  const chart = parseChart(source);
  const document = new Importer(chart).build();
  if (options.layout ?? true) place(document, chart.direction);
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
      this.#cut((chart.title ?? DEFAULT_NAME).replace(LONE_SURROGATE, '\uFFFD')),
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
    for (const { key, unnamed } of this.#chart.subgraphs) if (!unnamed) ids.reserve(key);
    for (const subgraph of this.#chart.subgraphs) {
      this.#frameIds.set(subgraph, ids.next(subgraph.unnamed ? '' : subgraph.key));
      this.#subgraphs.set(subgraph.key, subgraph);
    }
    for (const [subgraph, id] of this.#frameIds) {
      const parentId = subgraph.parent && this.#frameIds.get(subgraph.parent);
      this.#document.frames[id] = {
        id,
        title: this.#text(subgraph.text, subgraph.line),
        position: { x: 0, y: 0 },
        size: { width: 240, height: 140 },
        ...(parentId === undefined ? {} : { parentId }),
      };
    }
  }

  #nodes(): void {
    const targets = new Set(this.#chart.links.map(({ target }) => target));
    const sources = new Set(this.#chart.links.map(({ source }) => source));
    const ids = new IdSource('node');
    for (const { key } of this.#chart.vertices.values()) ids.reserve(key);
    for (const [key, vertex] of this.#chart.vertices) {
      if (this.#subgraphs.has(key)) {
        this.#mentionedSubgraph(vertex);
        continue;
      }
      const title = vertex.text
        ? this.#text(vertex.text, vertex.line)
        : this.#cut(key.replace(LONE_SURROGATE, '\uFFFD'), vertex.line);
      const type =
        vertex.type ?? inferType(vertex.meaning ?? 'box', title, targets.has(key), sources.has(key));
      const subgraph = this.#chart.parents.get(key);
      const frameId = subgraph && this.#frameIds.get(subgraph);
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

  /** The id of a subgraph always means the subgraph, wherever it stands. */
  #mentionedSubgraph({ text, line }: Vertex): void {
    if (!text) return;
    const title = this.#text(text, line);
    this.#warn(line, `"${title}" was left out: its id is a subgraph's`);
  }

  #edges(): void {
    const ends = this.#ends();
    const ids = new IdSource('edge');
    for (const { id } of this.#chart.links) if (id !== undefined) ids.reserve(id);
    for (const link of this.#chart.links) {
      const source = this.#end(link, link.source, ends.get(link.source)?.last);
      const target = this.#end(link, link.target, ends.get(link.target)?.first);
      const id = ids.next(link.id ?? '');
      if (source === undefined || target === undefined) continue;
      const label = link.text ? this.#text(link.text, link.line) : '';
      const type = this.#document.nodes[source]?.type ?? 'action';
      this.#document.edges[id] = {
        id,
        source,
        target,
        trigger: link.trigger ?? inferTrigger(label, type),
        ...(label === '' ? {} : { label }),
      };
    }
  }

  /** The first and last node in each subgraph, to which a link with the subgraph as a whole is given. */
  #ends(): Map<string, { first: string; last: string }> {
    const ends = new Map<string, { first: string; last: string }>();
    for (const [key, id] of this.#nodeIds) {
      let subgraph = this.#chart.parents.get(key);
      // Where nothing stands directly in a subgraph, what stands in those inside it counts.
      for (; subgraph; subgraph = subgraph.parent) {
        const known = ends.get(subgraph.key);
        if (known) known.last = id;
        else ends.set(subgraph.key, { first: id, last: id });
      }
    }
    return ends;
  }

  #end(link: Link, key: string, instead: string | undefined): string | undefined {
    const id = this.#nodeIds.get(key);
    if (id !== undefined) return id;
    this.#warn(
      link.line,
      instead === undefined
        ? 'a link with an empty subgraph was left out: transitions connect nodes'
        : 'a link with a whole subgraph now holds on to a node in it: transitions connect nodes',
    );
    return instead;
  }

  #text(text: Text, line: number): string {
    if (/<img[\s>]/iu.test(text.raw)) this.#warn(line, 'a picture in a text was left out');
    return this.#cut(decodeText(text), line);
  }

  #cut(whole: string, line?: number): string {
    const { text, cut } = withinTitle(whole);
    if (cut) this.#warn(line, `a text was cut to ${LIMITS.title} characters`);
    return text;
  }

  #warn(line: number | undefined, message: string): void {
    this.#chart.warnings.push({ ...(line === undefined ? {} : { line }), message });
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
