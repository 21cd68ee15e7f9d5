import type { DraftGraph } from './graph.ts';

/** Joins what the text names twice, drops decisions that decide nothing, and makes every node reachable and leave somewhere. */
export function tidy(graph: DraftGraph, start: number, end: number): void {
  const gone = new Set<number>();
  let changed = true;
  let rounds = 0;
  while (changed && rounds++ < 50) {
    changed = false;
    // A decision whose branches all lead to one place.
    for (const node of graph.nodes) {
      if (node.type !== 'decision' || gone.has(node.id)) continue;
      const targets = new Set(graph.outOf(node.id).map(({ to }) => to));
      if (targets.size > 1) continue;
      const [to] = targets;
      gone.add(node.id);
      changed = true;
      const into = graph.into(node.id);
      graph.isolate(node.id);
      if (to !== undefined)
        graph.connect(
          into.filter(({ from }) => from !== node.id),
          to,
        );
    }
    // The same step with the same continuation.
    const seen = new Map<string, number>();
    for (const node of graph.nodes) {
      if (gone.has(node.id) || node.type === 'start' || node.type === 'end' || node.type === 'decision')
        continue;
      const out = graph
        .outOf(node.id)
        .map(({ to, label }) => `${to}:${label ?? ''}`)
        .toSorted()
        .join('|');
      const key = `${node.title.toLowerCase()}→${out}`;
      const twin = seen.get(key);
      if (twin === undefined) {
        seen.set(key, node.id);
        continue;
      }
      const into = graph.into(node.id);
      graph.isolate(node.id);
      graph.connect(into, twin);
      gone.add(node.id);
      changed = true;
    }
  }
  advance(graph, gone);
  reach(graph, start, end, gone);
}

/** "If it is small we pay it. … Then we pay it": a branch whose last step the main line names later leads there. */
function advance(graph: DraftGraph, gone: Set<number>): void {
  for (const node of graph.nodes) {
    if (gone.has(node.id) || (node.type !== 'system' && node.type !== 'action')) continue;
    const out = graph.outOf(node.id);
    const [only] = out;
    if (
      out.length !== 1 ||
      !only ||
      graph.into(only.to).length < 2 ||
      !graph.into(node.id).every(({ label }) => label !== undefined)
    )
      continue;
    const later = graph.nodes.find(
      (other) =>
        other.id > node.id && !gone.has(other.id) && other.title.toLowerCase() === node.title.toLowerCase(),
    );
    if (
      !later ||
      !graph.before(later.id).has(only.to) ||
      graph.before(node.id).has(later.id) ||
      graph.before(node.id).has(only.to)
    )
      continue;
    const into = graph.into(node.id);
    graph.isolate(node.id);
    graph.connect(into, later.id);
    gone.add(node.id);
  }
}

function reach(graph: DraftGraph, start: number, end: number, gone: Set<number>): void {
  {
    const reached = new Set([start]);
    const queue = [start];
    const next = new Map<number, number[]>();
    for (const edge of graph.edges) next.set(edge.from, [...(next.get(edge.from) ?? []), edge.to]);
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const to of next.get(at) ?? [])
        if (!reached.has(to)) {
          reached.add(to);
          queue.push(to);
        }
    }
    for (const node of graph.nodes) if (!reached.has(node.id) && node.id !== end) gone.add(node.id);
  }
  graph.remove(graph.edges.filter((edge) => gone.has(edge.from) || gone.has(edge.to)));
  for (const node of graph.nodes) {
    if (gone.has(node.id) || node.id === end || graph.outOf(node.id).length > 0) continue;
    graph.connect([{ from: node.id }], end);
  }
  if (graph.into(end).length === 0) {
    const last = graph.nodes.findLast(
      (node) => !gone.has(node.id) && node.type !== 'decision' && node.id !== end,
    );
    if (last) graph.connect([{ from: last.id }], end);
  }
  for (const id of gone) {
    const node = graph.nodes[id];
    if (node) node.title = '';
  }
}
