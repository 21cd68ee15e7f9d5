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
export interface DraftEdge {
  readonly from: number;
  readonly to: number;
  readonly label?: string;
  /** Drawn because the text says nothing else. */
  readonly implied?: boolean;
}
/** An edge that has no target yet. */
export interface End {
  readonly from: number;
  readonly label?: string;
}

/** The end that an edge was drawn from. */
export const endOf = ({ from, label }: End): End => ({ from, ...(label !== undefined && { label }) });

interface Index {
  out: Map<number, DraftEdge[]>;
  into: Map<number, DraftEdge[]>;
}

/** A flow while it is drawn. Nodes keep the order in which the text names them. */
export class DraftGraph {
  readonly nodes: DraftNode[] = [];
  private all: DraftEdge[] = [];
  private index: Index | null = null;

  get edges(): readonly DraftEdge[] {
    return this.all;
  }

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
      if (this.outOf(from).some((edge) => edge.to === to && edge.label === label)) continue;
      const edge: DraftEdge = {
        from,
        to,
        ...(label !== undefined && { label }),
        ...(implied && { implied }),
      };
      this.all.push(edge);
      if (!this.index) continue;
      push(this.index.out, from, edge);
      push(this.index.into, to, edge);
    }
  }

  into(id: number): readonly DraftEdge[] {
    return this.indexed().into.get(id) ?? [];
  }
  outOf(id: number): readonly DraftEdge[] {
    return this.indexed().out.get(id) ?? [];
  }

  remove(gone: readonly DraftEdge[]): void {
    const set = new Set(gone);
    this.all = this.all.filter((edge) => !set.has(edge));
    this.index = null;
  }

  /** Puts changed edges in place of the given ones, at the same positions. */
  replace(old: readonly DraftEdge[], change: (edge: DraftEdge) => DraftEdge): void {
    const set = new Set(old);
    this.all = this.all.map((edge) => (set.has(edge) ? change(edge) : edge));
    this.index = null;
  }

  /** What led to `from` leads to `to`. */
  redirect(from: number, to: number): void {
    this.replace(this.into(from), ({ implied: _implied, ...edge }) => ({ ...edge, to }));
  }

  /** Removes the edges of a node; the node itself stays. */
  isolate(id: number): void {
    this.remove([...this.into(id), ...this.outOf(id)]);
  }

  /** Whether a decision stands before a step that may be impossible. */
  isGuard(decision: number): boolean {
    return this.nodes.some((node) => node.guard === decision);
  }

  /** Ids that lead to `id`, itself included. */
  before(id: number): Set<number> {
    return spread(id, (at) => this.into(at).map(({ from }) => from));
  }

  /** Ids that `id` leads to, itself included. */
  after(id: number): Set<number> {
    return spread(id, (at) => this.outOf(at).map(({ to }) => to));
  }

  private indexed(): Index {
    if (this.index) return this.index;
    const index: Index = { out: new Map(), into: new Map() };
    for (const edge of this.all) {
      push(index.out, edge.from, edge);
      push(index.into, edge.to, edge);
    }
    this.index = index;
    return index;
  }
}

function spread(id: number, next: (id: number) => readonly number[]): Set<number> {
  const seen = new Set([id]);
  // A set that grows while it is walked is a queue.
  for (const at of seen) for (const one of next(at)) seen.add(one);
  return seen;
}

function push(map: Map<number, DraftEdge[]>, key: number, edge: DraftEdge): void {
  const list = map.get(key);
  if (list) list.push(edge);
  else map.set(key, [edge]);
}
