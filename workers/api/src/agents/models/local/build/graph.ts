import type { StepDraft } from '../meaning/statement.ts';

export interface DraftNode {
  readonly id: number;
  type: 'start' | 'end' | 'screen' | 'action' | 'system' | 'decision';
  title: string;
  stems: string[];
  step: StepDraft | null;
  /** The decision that stands before this step because it may be impossible. */
  guard?: number;
}
export interface DraftEdge { from: number; to: number; label?: string; implied?: boolean }
/** An edge that has no target yet. */
export interface End { readonly from: number; readonly label?: string }

/** A flow while it is drawn. Nodes keep the order in which the text names them. */
export class DraftGraph {
  readonly nodes: DraftNode[] = [];
  edges: DraftEdge[] = [];

  add(type: DraftNode['type'], title: string, stems: string[], step: StepDraft | null = null): DraftNode {
    const node: DraftNode = { id: this.nodes.length, type, title, stems, step };
    this.nodes.push(node);
    return node;
  }

  node(id: number): DraftNode {
    const node = this.nodes[id];
    if (!node) throw new RangeError(`no node ${id}`);
    return node;
  }

  connect(ends: readonly End[], to: number, implied = false): void {
    for (const { from, label } of ends) {
      if (from === to && label === undefined) continue;
      const twin = this.edges.some((edge) => edge.from === from && edge.to === to && edge.label === label);
      if (!twin) this.edges.push({ from, to, ...(label !== undefined && { label }), ...(implied && { implied }) });
    }
  }

  into(id: number): DraftEdge[] { return this.edges.filter((edge) => edge.to === id); }
  outOf(id: number): DraftEdge[] { return this.edges.filter((edge) => edge.from === id); }
  remove(edge: DraftEdge): void { this.edges = this.edges.filter((other) => other !== edge); }

  /** Ids that lead to `id`, itself included. */
  before(id: number): Set<number> {
    const seen = new Set([id]);
    const queue = [id];
    const incoming = new Map<number, number[]>();
    for (const edge of this.edges) incoming.set(edge.to, [...(incoming.get(edge.to) ?? []), edge.from]);
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const from of incoming.get(at) ?? []) if (!seen.has(from)) { seen.add(from); queue.push(from); }
    }
    return seen;
  }
}
