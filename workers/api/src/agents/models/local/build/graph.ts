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

/**
 * How many nodes back the text may refer to: nobody means more than that by "it" or "again". It also keeps the time to
 * read a text in proportion to its length.
 */
const LOOK_BACK = 300;

/** An edge and its place among all edges. */
interface Placed {
  readonly edge: DraftEdge;
  readonly at: number;
}

/** A flow while it is drawn. Nodes keep the order in which the text names them. */
export class DraftGraph {
  readonly nodes: DraftNode[] = [];
  /** In the order in which they were drawn. */
  private readonly all = new Map<number, DraftEdge>();
  private readonly placeOf = new Map<DraftEdge, number>();
  private readonly outIndex = new Map<number, Placed[]>();
  private readonly intoIndex = new Map<number, Placed[]>();
  private readonly guards = new Set<number>();
  private drawn = 0;

  get edges(): readonly DraftEdge[] {
    return [...this.all.values()];
  }

  get lastEdge(): DraftEdge | undefined {
    for (let at = this.drawn - 1; at >= 0; at--) {
      const edge = this.all.get(at);
      if (edge) return edge;
    }
    return undefined;
  }

  /** The nodes that the text may still refer to by their words. */
  get recent(): readonly DraftNode[] {
    return this.nodes.slice(-LOOK_BACK);
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
      this.place(this.drawn++, {
        from,
        to,
        ...(label !== undefined && { label }),
        ...(implied && { implied }),
      });
    }
  }

  into(id: number): readonly DraftEdge[] {
    return this.intoIndex.get(id)?.map(({ edge }) => edge) ?? [];
  }
  outOf(id: number): readonly DraftEdge[] {
    return this.outIndex.get(id)?.map(({ edge }) => edge) ?? [];
  }
  /** The number of edges into a node. */
  countInto(id: number): number {
    return this.intoIndex.get(id)?.length ?? 0;
  }

  remove(gone: readonly DraftEdge[]): void {
    for (const edge of gone) this.displace(edge);
  }

  /** Puts changed edges in place of the given ones, at the same positions. */
  replace(old: readonly DraftEdge[], change: (edge: DraftEdge) => DraftEdge): void {
    for (const edge of old) {
      const at = this.displace(edge);
      if (at !== undefined) this.place(at, change(edge));
    }
  }

  /** What led to `from` leads to `to`. */
  redirect(from: number, to: number): void {
    this.replace(this.into(from), ({ implied: _implied, ...edge }) => ({ ...edge, to }));
  }

  /** Removes the edges of a node; the node itself stays. */
  isolate(id: number): void {
    this.remove([...this.into(id), ...this.outOf(id)]);
  }

  /** Puts a decision, already drawn, before a step that may be impossible or unwanted. */
  guard(step: DraftNode, decision: DraftNode): void {
    step.guard = decision.id;
    this.guards.add(decision.id);
  }

  isGuard(decision: number): boolean {
    return this.guards.has(decision);
  }

  /** Ids that lead to `id`, itself included; of a long way the part nearest to it. */
  before(id: number): Set<number> {
    return spread(id, (at) => this.intoIndex.get(at)?.map(({ edge }) => edge.from) ?? [], LOOK_BACK);
  }

  /** Whether a way that is not too long leads from one node to another. */
  leads(from: number, to: number): boolean {
    return spread(from, (at) => this.next(at), LOOK_BACK).has(to);
  }

  /** Ids that `id` leads to, itself included. */
  after(id: number): Set<number> {
    return spread(id, (at) => this.next(at), Infinity);
  }

  private next(id: number): readonly number[] {
    return this.outIndex.get(id)?.map(({ edge }) => edge.to) ?? [];
  }

  private place(at: number, edge: DraftEdge): void {
    this.all.set(at, edge);
    this.placeOf.set(edge, at);
    insert(this.outIndex, edge.from, { edge, at });
    insert(this.intoIndex, edge.to, { edge, at });
  }

  private displace(edge: DraftEdge): number | undefined {
    const at = this.placeOf.get(edge);
    if (at === undefined) return undefined;
    this.all.delete(at);
    this.placeOf.delete(edge);
    take(this.outIndex, edge.from, edge);
    take(this.intoIndex, edge.to, edge);
    return at;
  }
}

/** Walks the nearest nodes first, until about `most` are found. */
function spread(id: number, next: (id: number) => readonly number[], most: number): Set<number> {
  const seen = new Set([id]);
  // A set that grows while it is walked is a queue.
  for (const at of seen) {
    if (seen.size >= most) break;
    for (const one of next(at)) seen.add(one);
  }
  return seen;
}

/** Keeps the order of the edges; new ones mostly are the last. */
function insert(map: Map<number, Placed[]>, key: number, placed: Placed): void {
  const list = map.get(key);
  if (!list) {
    map.set(key, [placed]);
    return;
  }
  let i = list.length;
  while (i > 0 && (list[i - 1]?.at ?? 0) > placed.at) i--;
  list.splice(i, 0, placed);
}

function take(map: Map<number, Placed[]>, key: number, edge: DraftEdge): void {
  const list = map.get(key);
  const i = list?.findLastIndex((placed) => placed.edge === edge) ?? -1;
  if (i >= 0) list?.splice(i, 1);
}
