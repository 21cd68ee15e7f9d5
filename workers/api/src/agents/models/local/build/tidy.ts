/** What the drawn flow says twice or leaves loose (ANNOTATION.md, 1.1, 2.10 and 4.1). */
import type { DraftGraph } from './graph.ts';

/**
 * Joins what the text names twice, drops decisions that decide nothing, and makes every node reachable and leave
 * somewhere. Nodes that go lose their edges and their title.
 */
export function tidy(graph: DraftGraph, start: number, end: number): void {
  const gone = new Set<number>();
  for (let rounds = 0, changed = true; changed && rounds < 50; rounds++) {
    const dropped = dropIdleDecisions(graph, gone);
    changed = joinTwins(graph, gone) || dropped;
  }
  advance(graph, gone);
  dropUnreached(graph, start, end, gone);
  leadToEnd(graph, end, gone);
  for (const id of gone) graph.node(id).title = '';
}

/** Decisions whose branches all lead to one place; tells whether there were any. */
function dropIdleDecisions(graph: DraftGraph, gone: Set<number>): boolean {
  const before = gone.size;
  for (const { id, type } of graph.nodes) {
    if (type !== 'decision' || gone.has(id)) continue;
    const [to, ...further] = new Set(graph.outOf(id).map((edge) => edge.to));
    if (further.length > 0) continue;
    gone.add(id);
    const into = graph.into(id).filter(({ from }) => from !== id);
    graph.isolate(id);
    if (to !== undefined) graph.connect(into, to);
  }
  return gone.size > before;
}

/** The same step with the same continuation; tells whether there were any. */
function joinTwins(graph: DraftGraph, gone: Set<number>): boolean {
  const before = gone.size;
  const seen = new Map<string, number>();
  for (const { id, type, title } of graph.nodes) {
    if (gone.has(id) || type === 'start' || type === 'end' || type === 'decision') continue;
    const out = graph.outOf(id).map(({ to, label }) => `${to}:${label ?? ''}`);
    const key = `${title.toLowerCase()}→${out.toSorted().join('|')}`;
    const twin = seen.get(key);
    if (twin === undefined) seen.set(key, id);
    else merge(graph, id, twin, gone);
  }
  return gone.size > before;
}

/** "If it is small we pay it. … Then we pay it": a branch whose last step the main line names later leads there. */
function advance(graph: DraftGraph, gone: Set<number>): void {
  const named = new Map<string, number[]>();
  for (const { id, title } of graph.nodes) {
    const name = title.toLowerCase();
    const ids = named.get(name);
    if (ids) ids.push(id);
    else named.set(name, [id]);
  }
  // From the back, so that what was led to a node is not led on again and again.
  for (const { id, type, title } of graph.nodes.toReversed()) {
    if (gone.has(id) || (type !== 'system' && type !== 'action')) continue;
    const [only, ...further] = graph.outOf(id);
    if (
      !only ||
      further.length > 0 ||
      only.to < id ||
      graph.countInto(only.to) < 2 ||
      !graph.into(id).every(({ label }) => label !== undefined)
    )
      continue;
    const name = title.toLowerCase();
    const later = named.get(name)?.find((other) => other > id && !gone.has(other));
    if (later === undefined || !graph.leads(only.to, later)) continue;
    if (!graph.leads(later, id)) merge(graph, id, later, gone);
  }
}

/** What led to a node leads to its twin. */
function merge(graph: DraftGraph, id: number, twin: number, gone: Set<number>): void {
  const into = graph.into(id);
  graph.isolate(id);
  graph.connect(into, twin);
  gone.add(id);
}

function dropUnreached(graph: DraftGraph, start: number, end: number, gone: Set<number>): void {
  const reached = graph.after(start);
  for (const { id } of graph.nodes) if (!reached.has(id) && id !== end) gone.add(id);
  graph.remove(graph.edges.filter((edge) => gone.has(edge.from) || gone.has(edge.to)));
}

/** Every path that stops goes to the end, and at least one does (1.1). */
function leadToEnd(graph: DraftGraph, end: number, gone: ReadonlySet<number>): void {
  for (const { id } of graph.nodes) {
    if (!gone.has(id) && id !== end && graph.outOf(id).length === 0) graph.connect([{ from: id }], end);
  }
  if (graph.countInto(end) > 0) return;
  const last = graph.nodes.findLast(({ id, type }) => !gone.has(id) && type !== 'decision' && id !== end);
  if (last) graph.connect([{ from: last.id }], end);
}
