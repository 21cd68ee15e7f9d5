import type { FlowListing, NodeListing } from '../../../tools.ts';

/** An edge of the working copy. */
export interface DraftEdge {
  id: string;
  source: string;
  target: string;
  trigger?: string;
  label?: string;
}

/** A flow to look around in: what is next to a node, and how a person walks through. */
export class FlowGraph {
  readonly nodes: NodeListing[];
  edges: DraftEdge[];

  constructor(flow: FlowListing) {
    this.nodes = flow.nodes.map((node) => ({ ...node }));
    this.edges = flow.edges.map((edge) => ({ ...edge }));
  }

  node(id: string): NodeListing | undefined {
    return this.nodes.find((node) => node.id === id);
  }
  into(id: string): DraftEdge[] {
    return this.edges.filter((edge) => edge.target === id && edge.source !== id);
  }
  outOf(id: string): DraftEdge[] {
    return this.edges.filter((edge) => edge.source === id && edge.target !== id);
  }
  between(source: string, target: string): DraftEdge[] {
    return this.edges.filter((edge) => edge.source === source && edge.target === target);
  }

  /** Ids in the order in which a person walks through the flow; what cannot be reached comes last. Notes are left out. */
  walk(): string[] {
    const seen = new Set<string>();
    const order: string[] = [];
    const next = this.#next();
    const starts = this.nodes.filter(({ type }) => type === 'start');
    for (const { id: from } of [...starts, ...this.nodes.filter(({ type }) => type !== 'note')]) {
      const stack = [from];
      for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
        if (seen.has(id)) continue;
        seen.add(id);
        order.push(id);
        stack.push(...(next.get(id) ?? []).toReversed());
      }
    }
    const ends = new Set(this.nodes.filter(({ type }) => type === 'end').map(({ id }) => id));
    const notes = new Set(this.nodes.filter(({ type }) => type === 'note').map(({ id }) => id));
    return [...order.filter((id) => !ends.has(id) && !notes.has(id)), ...order.filter((id) => ends.has(id))];
  }

  /** Steps that lead nowhere although they are no end. */
  openEnds(): NodeListing[] {
    return this.nodes.filter(
      ({ id, type }) =>
        type !== 'end' && type !== 'note' && type !== 'decision' && this.outOf(id).length === 0,
    );
  }

  /** The end that a walk through the flow comes to last. */
  lastEnd(): string | undefined {
    return this.walk().findLast((id) => this.node(id)?.type === 'end');
  }

  /** The edge by which people come to the end: the one from a step rather than from a branch, and the last one on the way. */
  lastWay(): DraftEdge | undefined {
    const end = this.lastEnd();
    if (end === undefined) return undefined;
    const order = this.walk();
    const into = this.forwardInto(end).toSorted((a, b) => order.indexOf(b.source) - order.indexOf(a.source));
    return into.find(({ source }) => this.node(source)?.type !== 'decision') ?? into[0];
  }

  #next(): Map<string, string[]> {
    const next = new Map<string, string[]>();
    for (const { source, target } of this.edges) {
      const targets = next.get(source);
      if (targets) targets.push(target);
      else next.set(source, [target]);
    }
    return next;
  }

  /** Whether a way leads from one node to the other. */
  leads(from: string, to: string): boolean {
    const next = this.#next();
    const seen = new Set<string>();
    const stack = [from];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (id === to) return true;
      if (seen.has(id)) continue;
      seen.add(id);
      stack.push(...(next.get(id) ?? []));
    }
    return false;
  }

  /** Edges that come to a node on the way from the start, without those that go back to it. */
  forwardInto(id: string): DraftEdge[] {
    const all = this.into(id);
    const forward = all.filter((edge) => edge.trigger !== 'back' && !this.leads(id, edge.source));
    return forward.length > 0 ? forward : all.slice(0, 1);
  }
}
