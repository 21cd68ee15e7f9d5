import type { FlowDocument, FlowEdge, FlowNode, Point } from '../document/types.ts';
import type { SizedNode } from '../layout/node-size.ts';
import { placer } from '../layout/place-near.ts';

/**
 * A document as a graph, built once and asked by every rule. Notes are remarks, not steps: they and their edges
 * are left out, and so are edges whose ends are missing (`dangling`). Every list keeps the document's order.
 */
export class GraphIndex {
  readonly document: FlowDocument;
  /** Every node that is not a note. */
  readonly steps: readonly FlowNode[];
  readonly starts: readonly FlowNode[];
  readonly ends: readonly FlowNode[];
  /** Edges between two steps. */
  readonly edges: readonly FlowEdge[];
  /** Edges of which an end is not in the document. */
  readonly dangling: readonly FlowEdge[];
  readonly #steps: ReadonlyMap<string, FlowNode>;
  readonly #nodes: ReadonlyMap<string, FlowNode>;
  readonly #outgoing = new Map<string, FlowEdge[]>();
  readonly #incoming = new Map<string, FlowEdge[]>();
  readonly #exits = new Map<string, readonly FlowEdge[]>();
  readonly nodeCount: number;
  readonly edgeCount: number;
  #reachable: ReadonlySet<string> | undefined;
  #place: ReturnType<typeof placer> | undefined;

  constructor(document: FlowDocument) {
    this.document = document;
    const nodes = Object.values(document.nodes);
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    this.steps = nodes.filter(({ type }) => type !== 'note');
    this.#steps = new Map(this.steps.map((node) => [node.id, node]));
    this.starts = this.steps.filter(({ type }) => type === 'start');
    this.ends = this.steps.filter(({ type }) => type === 'end');
    const edges = Object.values(document.edges);
    this.dangling = edges.filter(
      ({ source, target }) => !this.#nodes.has(source) || !this.#nodes.has(target),
    );
    this.nodeCount = nodes.length;
    this.edgeCount = edges.length;
    this.edges = edges.filter(({ source, target }) => this.#steps.has(source) && this.#steps.has(target));
    for (const edge of this.edges) {
      push(this.#outgoing, edge.source, edge);
      push(this.#incoming, edge.target, edge);
    }
  }

  /** Any node, notes included. */
  hasNode(id: string): boolean {
    return this.#nodes.has(id);
  }

  step(id: string): FlowNode | undefined {
    return this.#steps.get(id);
  }

  outgoing(id: string): readonly FlowEdge[] {
    return this.#outgoing.get(id) ?? [];
  }

  incoming(id: string): readonly FlowEdge[] {
    return this.#incoming.get(id) ?? [];
  }

  /** Edges that leave the node for another one. */
  exits(id: string): readonly FlowEdge[] {
    let exits = this.#exits.get(id);
    if (!exits) {
      exits = this.outgoing(id).filter(({ target }) => target !== id);
      this.#exits.set(id, exits);
    }
    return exits;
  }

  /** Steps to which no other step leads; starts are not among them. */
  entries(): FlowNode[] {
    return this.steps.filter(
      ({ id, type }) => type !== 'start' && this.incoming(id).every(({ source }) => source === id),
    );
  }

  /** Ids of the steps that can be reached from a start. */
  get reachable(): ReadonlySet<string> {
    return (this.#reachable ??= this.reachableFrom(this.starts.map(({ id }) => id)));
  }

  /** A free place for a new node near a step. */
  place(newNode: SizedNode, neighbourId: string): Point {
    this.#place ??= placer(this.document);
    return this.#place(newNode, neighbourId);
  }

  /** Ids of these steps and of all that can be reached from them. */
  reachableFrom(ids: Iterable<string>): ReadonlySet<string> {
    return spread(ids, (id) => this.outgoing(id).map(({ target }) => target));
  }

  /** Ids of these steps and of all from which one of them can be reached. */
  leadingTo(ids: Iterable<string>): ReadonlySet<string> {
    return spread(ids, (id) => this.incoming(id).map(({ source }) => source));
  }
}

function spread(ids: Iterable<string>, next: (id: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set(ids);
  const queue = [...seen];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const neighbour of next(id)) {
      if (seen.has(neighbour)) continue;
      seen.add(neighbour);
      queue.push(neighbour);
    }
  }
  return seen;
}

/** A function of an id that is worked out once for each id: rules stay linear where many edges meet in one step. */
export function once<T>(work: (id: string) => T): (id: string) => T {
  const known = new Map<string, T>();
  return (id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const value = work(id);
    known.set(id, value);
    return value;
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
