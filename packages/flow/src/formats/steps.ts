import type { FlowDocument, FlowEdge, FlowNode } from '../document/types.ts';

/** A flow as something one walks through: notes, which nobody walks to, are left out. */
export interface Steps {
  /** In the order in which somebody comes to them, breadth first from where the flow begins; the unreachable last. */
  all: readonly FlowNode[];
  byId: ReadonlyMap<string, FlowNode>;
  /** Where the flow begins: its start nodes, else steps that nothing leads to, else its first step. */
  entries: readonly FlowNode[];
  /** Transitions between two steps that leave this one, in the document's order. */
  outgoing(id: string): readonly FlowEdge[];
  notes: readonly FlowNode[];
}

export function stepsOf(document: FlowDocument): Steps {
  const nodes = Object.values(document.nodes);
  const steps = nodes.filter(({ type }) => type !== 'note');
  const byId = new Map(steps.map((node) => [node.id, node]));
  const outgoing = new Map<string, FlowEdge[]>();
  const entered = new Set<string>();
  for (const edge of Object.values(document.edges)) {
    if (!byId.has(edge.source) || !byId.has(edge.target)) continue;
    if (edge.source !== edge.target) entered.add(edge.target);
    const list = outgoing.get(edge.source);
    if (list) list.push(edge);
    else outgoing.set(edge.source, [edge]);
  }
  const starts = steps.filter(({ type }) => type === 'start');
  const loose = starts.length > 0 ? starts : steps.filter(({ id }) => !entered.has(id));
  const entries = loose.length > 0 ? loose : steps.slice(0, 1);
  const seen = new Set(entries);
  for (const from of [entries, steps]) {
    for (const node of from) seen.add(node);
    // A Set is walked over while it grows: what is added behind is visited too.
    for (const node of seen) {
      for (const { target } of outgoing.get(node.id) ?? []) {
        const next = byId.get(target);
        if (next) seen.add(next);
      }
    }
  }
  return {
    all: [...seen],
    byId,
    entries,
    outgoing: (id) => outgoing.get(id) ?? [],
    notes: nodes.filter(({ type }) => type === 'note'),
  };
}
