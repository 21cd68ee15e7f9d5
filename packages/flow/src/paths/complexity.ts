import type { FlowDocument } from '../document/types.ts';
import { components } from './components.ts';
import { WalkGraph } from './graph.ts';

/** How hard a flow is to grasp, to build and to test. Counts leave notes and their transitions out. */
export interface FlowComplexity {
  steps: number;
  transitions: number;
  decisions: number;
  starts: number;
  ends: number;
  /**
   * McCabe's number of what can be reached from a start: linearly independent ways through it, 1 for a straight flow.
   * Several starts or ends count as if one stood before and one behind them. 0 when nothing can be reached.
   */
  cyclomatic: number;
  /** Groups of steps that lead back to themselves. */
  loops: number;
  /** Transitions from a start to the step that is farthest away, by the shortest way. */
  depth: number;
  /** Transitions on the shortest way from a start to an end; null when there is none. */
  shortest: number | null;
  /** The most ways that lead out of one step. */
  widest: number;
  /** Transitions per step, the coefficient of network complexity; 0 for an empty flow. */
  density: number;
}

/** Measures a flow. Linear time; the same document always gives the same numbers. */
export function complexity(document: FlowDocument): FlowComplexity {
  // With no goals nothing is cut off behind an end.
  const graph = new WalkGraph(document, { to: [] });
  const types = graph.ids.map((id) => document.nodes[id]?.type);
  const count = (type: string): number => types.filter((candidate) => candidate === type).length;
  const distances = graph.distancesFromStart();
  const reached = graph.arcs.filter(({ source }) => distances[source] !== -1);
  const steps = distances.reduce((sum, distance) => sum + (distance === -1 ? 0 : 1), 0);
  const exits = distances.reduce(
    (sum, distance, step) => sum + (distance !== -1 && graph.out(step).length === 0 ? 1 : 0),
    0,
  );
  const toEnd = types
    .map((type, step) => (type === 'end' ? (distances[step] ?? -1) : -1))
    .filter((distance) => distance >= 0);
  return {
    steps: graph.ids.length,
    transitions: graph.arcs.length,
    decisions: count('decision'),
    starts: count('start'),
    ends: count('end'),
    // E − N + 2, with one step more before all starts and one behind all last steps, and the arcs that join them.
    cyclomatic: reached.length + graph.starts.length + exits - steps,
    loops: loops(graph),
    depth: distances.reduce((most, distance) => Math.max(most, distance), 0),
    shortest: toEnd.length === 0 ? null : toEnd.reduce((least, distance) => Math.min(least, distance)),
    widest: graph.outgoing.reduce((most, { length }) => Math.max(most, length), 0),
    density: graph.ids.length === 0 ? 0 : graph.arcs.length / graph.ids.length,
  };
}

function loops(graph: WalkGraph): number {
  const component = components(graph.ids.length, (step) => graph.out(step));
  // A transition inside a component closes a circle.
  const looping = graph.arcs.filter(({ source, target }) => component[source] === component[target]);
  return new Set(looping.map(({ source }) => component[source])).size;
}
