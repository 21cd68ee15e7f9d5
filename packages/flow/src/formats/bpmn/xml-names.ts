import type { FlowDocument } from '../../document/types.ts';
import { derivedId } from '../import/ids.ts';
import { bpmnData } from './data.ts';

const LEGAL = /^[A-Za-z_][\w.-]*$/u;

/** The id of each record in the file: one name space there, and fewer signs. */
export class XmlNames {
  readonly #taken = new Set<string>();
  readonly #nodes: Map<string, string>;
  readonly #edges: Map<string, string>;
  readonly #frames: Map<string, string>;
  #number = 0;

  constructor(document: FlowDocument) {
    const named = (
      records: FlowDocument['nodes'] | FlowDocument['edges'] | FlowDocument['frames'],
    ): Map<string, string> =>
      new Map(Object.values(records).map(({ id, data }) => [id, this.free(bpmnData(data).id ?? id)]));
    this.#nodes = named(document.nodes);
    this.#edges = named(document.edges);
    this.#frames = named(document.frames);
  }

  node(id: string): string {
    return this.#nodes.get(id) ?? id;
  }
  edge(id: string): string {
    return this.#edges.get(id) ?? id;
  }
  frame(id: string): string {
    return this.#frames.get(id) ?? id;
  }

  /** A legal id that nothing else has, `wanted` if possible. */
  free(wanted: string): string {
    const near = `_${wanted.replace(/[^\w.-]/gu, '_')}`;
    let id = LEGAL.test(wanted) ? wanted : near;
    while (this.#taken.has(id)) id = `id_${++this.#number}`;
    this.#taken.add(id);
    return id;
  }
}

/** The attribute that says a record's own id, where an importer would not find it from the id in the file. */
export function ownId(stem: 'node' | 'edge' | 'frame', id: string, xmlId: string): string | undefined {
  return derivedId(stem, xmlId) === id ? undefined : id;
}
