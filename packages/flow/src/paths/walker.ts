import type { Item } from './chains.ts';
import type { Arc, FlowPath, WalkGraph } from './graph.ts';

/** Walks from a start to a goal and remembers which transitions were taken on any walk. */
export class Walker {
  readonly #graph: WalkGraph;
  readonly #component: Int32Array;
  readonly #toGoal: Int32Array;
  /** For each arc: 1 when it is still to be taken. */
  readonly #open: Uint8Array;
  /** Arcs that lie on a way from a start to a goal, by their source. */
  readonly #outgoing: readonly (readonly Arc[])[];
  readonly #cameBy: (Arc | undefined)[];
  readonly #seen: Int32Array;
  #search = 0;
  remaining: number;

  constructor(graph: WalkGraph, relevant: readonly Arc[], component: Int32Array, toGoal: Int32Array) {
    this.#graph = graph;
    this.#component = component;
    this.#toGoal = toGoal;
    this.#open = new Uint8Array(graph.arcs.length);
    for (const { index } of relevant) this.#open[index] = 1;
    this.remaining = relevant.length;
    const outgoing: Arc[][] = graph.ids.map(() => []);
    for (const arc of relevant) outgoing[arc.source]?.push(arc);
    this.#outgoing = outgoing;
    this.#cameBy = graph.ids.map(() => undefined);
    this.#seen = new Int32Array(graph.ids.length);
  }

  /** A walk that takes these items in their order; undefined when all of them have been taken. */
  follow(chain: readonly Item[]): FlowPath | undefined {
    const taken: Arc[] = [];
    for (const { arc: wanted, from } of chain) {
      if (wanted) {
        if (this.#open[wanted.index] === 1) this.#go(taken, (arc) => arc === wanted);
      } else {
        while (this.#go(taken, (arc) => this.#isOpen(arc) && this.#inside(arc, from))) continue;
      }
    }
    return this.#toTheGoal(taken);
  }

  /** A walk that goes to the nearest transition not taken yet, and leaves no loop before all of it is taken. */
  wander(): FlowPath | undefined {
    const taken: Arc[] = [];
    for (;;) {
      const at = taken.at(-1)?.target;
      const here = at === undefined ? -1 : (this.#component[at] ?? -1);
      if (at !== undefined && this.#go(taken, (arc) => this.#isOpen(arc) && this.#inside(arc, here), here))
        continue;
      if (!this.#go(taken, (arc) => this.#isOpen(arc))) break;
    }
    return this.#toTheGoal(taken);
  }

  #isOpen({ index }: Arc): boolean {
    return this.#open[index] === 1;
  }

  #inside({ source, target }: Arc, component: number): boolean {
    return this.#component[source] === component && this.#component[target] === component;
  }

  /** Goes the shortest way to an arc that is wanted and takes it; with `within`, leaves that component for none. */
  #go(taken: Arc[], wanted: (arc: Arc) => boolean, within?: number): boolean {
    const at = taken.at(-1)?.target;
    this.#search += 1;
    const queue = at === undefined ? [...this.#graph.starts] : [at];
    for (const step of queue) {
      this.#seen[step] = this.#search;
      this.#cameBy[step] = undefined;
    }
    for (const step of queue) {
      for (const arc of this.#outgoing[step] ?? []) {
        if (wanted(arc)) {
          const way = [arc];
          for (let by = this.#cameBy[step]; by; by = this.#cameBy[by.source]) way.push(by);
          for (const part of way.reverse()) this.#take(taken, part);
          return true;
        }
        const { target } = arc;
        if (this.#seen[target] === this.#search) continue;
        if (within !== undefined && this.#component[target] !== within) continue;
        this.#seen[target] = this.#search;
        this.#cameBy[target] = arc;
        queue.push(target);
      }
    }
    return false;
  }

  #take(taken: Arc[], arc: Arc): void {
    taken.push(arc);
    if (this.#open[arc.index] !== 1) return;
    this.#open[arc.index] = 0;
    this.remaining -= 1;
  }

  /** Every step that a walk comes to has a way to a goal; each arc of the shortest one leads one nearer. */
  #toTheGoal(taken: Arc[]): FlowPath | undefined {
    const first = taken[0]?.source;
    if (first === undefined) return undefined;
    for (let at = taken.at(-1)?.target; at !== undefined; at = taken.at(-1)?.target) {
      const distance = this.#toGoal[at] ?? 0;
      const nearer = (this.#outgoing[at] ?? []).filter(({ target }) => this.#toGoal[target] === distance - 1);
      const next = nearer.find((arc) => this.#isOpen(arc)) ?? nearer[0];
      if (distance <= 0 || !next) break;
      this.#take(taken, next);
    }
    return this.#graph.path(first, taken);
  }
}
