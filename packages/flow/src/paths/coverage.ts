import type { FlowDocument } from '../document/types.ts';
import { chains, type Item } from './chains.ts';
import { components } from './components.ts';
import { WalkGraph, type FlowPath, type PathEnds } from './graph.ts';
import { PATH_LIMITS, whole } from './options.ts';
import { Walker } from './walker.ts';

export interface CoverageOptions extends PathEnds {
  /** At most so many paths; 1,000 when absent, at most 10,000. */
  limit?: number;
}

export interface Coverage {
  paths: FlowPath[];
  /** False when the limit left transitions that a path could take. */
  complete: boolean;
  /** Transitions on none of the paths: no start leads to them, they lead to no goal, or the limit was hit. */
  uncovered: string[];
}

/** So many items can be compared with one another to find the fewest paths; larger flows are covered greedily. */
const EXACT = 400;

/**
 * Few paths from starts to goals that together take every transition which lies on such a path: what a test suite
 * must walk. Up to 400 transitions between loops (loops count as one) there are as few as possible, beyond that close
 * to it.
 *
 * @throws FlowError for unknown steps in `from` and `to` and for a limit out of range
 */
export function coveragePaths(document: FlowDocument, options: CoverageOptions = {}): Coverage {
  const limit = whole(options.limit ?? PATH_LIMITS.defaultPaths, 'limit', 1, PATH_LIMITS.paths);
  const graph = new WalkGraph(document, options);
  const fromStart = graph.distancesFromStart();
  const toGoal = graph.distancesToGoal();
  const relevant = graph.arcs.filter(
    ({ source, target }) => fromStart[source] !== -1 && toGoal[target] !== -1,
  );
  const component = components(graph.ids.length, (step) => graph.out(step));
  const walker = new Walker(graph, relevant, component, toGoal);
  const paths: FlowPath[] = [];
  const items = itemsOf(relevant, component);
  const plan = items.length <= EXACT ? chains(items, relevant, component) : undefined;
  let transitions = 0;
  while (walker.remaining > 0 && paths.length < limit && transitions < PATH_LIMITS.transitions) {
    const chain = plan?.shift();
    const path = chain ? walker.follow(chain) : walker.wander();
    if (!path && !chain) break;
    if (!path) continue;
    transitions += path.edgeIds.length;
    paths.push(path);
  }
  const covered = new Set(paths.flatMap(({ edgeIds }) => edgeIds));
  const steps = new Set(graph.ids);
  return {
    paths,
    complete: walker.remaining === 0,
    uncovered: Object.values(document.edges)
      .filter(({ id, source, target }) => steps.has(source) && steps.has(target) && !covered.has(id))
      .map(({ id }) => id),
  };
}

/** What a path can take in one go: a transition from one loop or step to another, or a whole loop. */
function itemsOf(relevant: WalkGraph['arcs'], component: Int32Array): Item[] {
  const looping = new Set<number>();
  const items: Item[] = [];
  for (const arc of relevant) {
    const [from, to] = [component[arc.source] ?? 0, component[arc.target] ?? 0];
    if (from !== to) items.push({ arc, from, to });
    else looping.add(from);
  }
  for (const at of looping) items.push({ arc: undefined, from: at, to: at });
  return items;
}
