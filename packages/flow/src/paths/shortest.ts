import type { FlowDocument } from '../document/types.ts';
import { WalkGraph, type Arc, type FlowPath, type PathEnds } from './graph.ts';

/**
 * The way from a start to a goal with the fewest transitions; among equals the first in the document's order. Null
 * when no goal can be reached. Linear time.
 *
 * @throws FlowError `unknown_record` when `from` or `to` names what is no step of the flow
 */
export function shortestPath(document: FlowDocument, ends: PathEnds = {}): FlowPath | null {
  const graph = new WalkGraph(document, ends);
  const reachedBy = new Map<number, Arc | undefined>();
  for (const start of graph.starts) if (!reachedBy.has(start)) reachedBy.set(start, undefined);
  const queue = [...reachedBy.keys()];
  for (const step of queue) {
    if (graph.isGoal(step)) return traced(graph, reachedBy, step);
    for (const arc of graph.out(step)) {
      if (reachedBy.has(arc.target)) continue;
      reachedBy.set(arc.target, arc);
      queue.push(arc.target);
    }
  }
  return null;
}

function traced(graph: WalkGraph, reachedBy: ReadonlyMap<number, Arc | undefined>, goal: number): FlowPath {
  const arcs: Arc[] = [];
  let first = goal;
  for (let arc = reachedBy.get(goal); arc; arc = reachedBy.get(arc.source)) {
    arcs.push(arc);
    first = arc.source;
  }
  return graph.path(first, arcs.reverse());
}
