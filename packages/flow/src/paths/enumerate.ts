import type { FlowDocument } from '../document/types.ts';
import { WalkGraph, type Arc, type FlowPath, type PathEnds } from './graph.ts';
import { PATH_LIMITS, whole } from './options.ts';

export interface EnumerateOptions extends PathEnds {
  /** How often a path may come back to a step where it has been: 0 for no step twice, 1 when absent, at most 10. */
  loops?: number;
  /** At most so many paths; 1,000 when absent, at most 10,000. */
  limit?: number;
}

export interface EnumeratedPaths {
  paths: FlowPath[];
  /** False when there are more paths than were listed. */
  complete: boolean;
}

/** Moves without a new path, for each step of the flow, after which each further move is first proved to lead to one. */
const PATIENCE = 50;
/** Moves and looks ahead in all, so that no flow keeps the caller waiting. */
const WORK = 20_000_000;

/**
 * Every way from a start to a goal, in the document's order, each once. A path is complete where it first comes to a
 * goal. Bounded in paths, in their length together and in work, whatever the flow looks like.
 *
 * @throws FlowError for unknown steps in `from` and `to` and for bounds out of range
 */
export function enumeratePaths(document: FlowDocument, options: EnumerateOptions = {}): EnumeratedPaths {
  const loops = whole(options.loops ?? PATH_LIMITS.defaultLoops, 'loops', 0, PATH_LIMITS.loops);
  const limit = whole(options.limit ?? PATH_LIMITS.defaultPaths, 'limit', 1, PATH_LIMITS.paths);
  const walk = new Enumeration(new WalkGraph(document, options), loops, limit);
  return walk.run();
}

class Enumeration {
  readonly #graph: WalkGraph;
  readonly #most: number;
  readonly #limit: number;
  readonly #toGoal: Int32Array;
  readonly #visits: Uint8Array;
  /** Marks of the last look ahead. */
  readonly #seen: Int32Array;
  #look = 0;
  #work = 0;
  #fruitless = 0;
  #transitions = 0;
  readonly #paths: FlowPath[] = [];

  constructor(graph: WalkGraph, loops: number, limit: number) {
    this.#graph = graph;
    this.#most = loops + 1;
    this.#limit = limit;
    this.#toGoal = graph.distancesToGoal();
    this.#visits = new Uint8Array(graph.ids.length);
    this.#seen = new Int32Array(graph.ids.length);
  }

  run(): EnumeratedPaths {
    const complete = this.#graph.starts.every((start) => this.#from(start));
    return { paths: this.#paths, complete };
  }

  /** Walks depth first with a stack of its own: paths are as long as flows are large. False when a bound was hit. */
  #from(start: number): boolean {
    if (this.#toGoal[start] === -1) return true;
    if (this.#graph.isGoal(start)) return this.#found(start, []);
    const arcs: Arc[] = [];
    const next = [0];
    this.#visits[start] = 1;
    while (next.length > 0) {
      const depth = next.length - 1;
      const step = arcs[depth - 1]?.target ?? start;
      const arc = this.#graph.out(step)[next[depth] ?? 0];
      if (!arc) {
        this.#visits[step] = (this.#visits[step] ?? 1) - 1;
        next.pop();
        arcs.pop();
        continue;
      }
      next[depth] = (next[depth] ?? 0) + 1;
      this.#work += 1;
      if (this.#work > WORK) return false;
      if (this.#graph.isGoal(arc.target)) {
        if (!this.#found(start, [...arcs, arc])) return false;
        continue;
      }
      if (!this.#leadsOn(arc.target)) continue;
      this.#visits[arc.target] = (this.#visits[arc.target] ?? 0) + 1;
      arcs.push(arc);
      next.push(0);
    }
    return true;
  }

  /** Keeps the path, unless there is no room for it. */
  #found(start: number, arcs: readonly Arc[]): boolean {
    this.#transitions += arcs.length;
    if (this.#paths.length >= this.#limit || this.#transitions > PATH_LIMITS.transitions) return false;
    this.#paths.push(this.#graph.path(start, arcs));
    this.#fruitless = 0;
    return true;
  }

  /**
   * Whether a path may go on over this step. Most flows need no more than that a goal lies ahead at all; where many
   * moves have led to nothing, what lies ahead may be used up, and each move is looked at before it is made.
   */
  #leadsOn(step: number): boolean {
    if (this.#toGoal[step] === -1 || (this.#visits[step] ?? 0) >= this.#most) return false;
    this.#fruitless += 1;
    if (this.#fruitless <= PATIENCE * this.#graph.ids.length) return true;
    this.#look += 1;
    this.#seen[step] = this.#look;
    const queue = [step];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const { target } of this.#graph.out(at)) {
        this.#work += 1;
        if (this.#graph.isGoal(target)) return true;
        if (this.#seen[target] === this.#look || (this.#visits[target] ?? 0) >= this.#most) continue;
        if (this.#toGoal[target] === -1) continue;
        this.#seen[target] = this.#look;
        queue.push(target);
      }
    }
    return false;
  }
}
