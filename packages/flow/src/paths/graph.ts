import { FlowError, type FlowIssue } from '../document/errors.ts';
import type { FlowDocument, FlowNode } from '../document/types.ts';

/** A walk through a flow: one step more than transitions, in the order in which they are taken. */
export interface FlowPath {
  nodeIds: string[];
  edgeIds: string[];
}

export interface PathEnds {
  /** Where paths begin; the starts when absent, or else the steps to which nothing leads. */
  from?: readonly string[];
  /** Where paths are complete; the ends when absent, or else the steps that lead nowhere. */
  to?: readonly string[];
}

/** One transition, its ends as indexes into `ids`. */
export interface Arc {
  /** Index into `arcs`. */
  index: number;
  id: string;
  source: number;
  target: number;
}

/**
 * A flow as arrays, for walking. Notes and transitions that touch none or only one step are left out. A path is
 * complete where it first comes to a goal, so nothing leads on from a goal here.
 */
export class WalkGraph {
  readonly ids: readonly string[];
  readonly starts: readonly number[];
  readonly goals: readonly number[];
  readonly arcs: readonly Arc[];
  readonly outgoing: readonly (readonly Arc[])[];
  readonly incoming: readonly (readonly Arc[])[];
  readonly #goals: ReadonlySet<number>;

  /** @throws FlowError `unknown_record` when `from` or `to` names what is no step of the flow */
  constructor(document: FlowDocument, { from, to }: PathEnds = {}) {
    const steps = Object.values(document.nodes).filter(({ type }) => type !== 'note');
    this.ids = steps.map(({ id }) => id);
    const indexes = new Map(this.ids.map((id, index) => [id, index]));
    const all = Object.values(document.edges).flatMap(({ id, source, target }) => {
      const [a, b] = [indexes.get(source), indexes.get(target)];
      return a === undefined || b === undefined ? [] : [{ id, source: a, target: b }];
    });
    const led = new Set(all.filter(({ source, target }) => source !== target).map(({ target }) => target));
    const leading = new Set(
      all.filter(({ source, target }) => source !== target).map(({ source }) => source),
    );
    this.starts = from
      ? indexesOf(indexes, from, 'from')
      : ofTypeOr(steps, 'start', (index) => !led.has(index));
    this.goals = to ? indexesOf(indexes, to, 'to') : ofTypeOr(steps, 'end', (index) => !leading.has(index));
    this.#goals = new Set(this.goals);
    this.arcs = all.filter(({ source }) => !this.#goals.has(source)).map((arc, index) => ({ index, ...arc }));
    const outgoing: Arc[][] = this.ids.map(() => []);
    const incoming: Arc[][] = this.ids.map(() => []);
    for (const arc of this.arcs) {
      outgoing[arc.source]?.push(arc);
      incoming[arc.target]?.push(arc);
    }
    this.outgoing = outgoing;
    this.incoming = incoming;
  }

  isGoal(step: number): boolean {
    return this.#goals.has(step);
  }

  out(step: number): readonly Arc[] {
    return this.outgoing[step] ?? [];
  }

  /** The path that takes these arcs from `first`. */
  path(first: number, arcs: readonly Arc[]): FlowPath {
    return {
      nodeIds: [first, ...arcs.map(({ target }) => target)].map((step) => this.ids[step] ?? ''),
      edgeIds: arcs.map(({ id }) => id),
    };
  }

  /** For each step the fewest transitions from a start, −1 where none leads. */
  distancesFromStart(): Int32Array {
    return this.#spread(this.starts, this.outgoing, ({ target }) => target);
  }

  /** For each step the fewest transitions to a goal, −1 where there is no way. */
  distancesToGoal(): Int32Array {
    return this.#spread(this.goals, this.incoming, ({ source }) => source);
  }

  #spread(
    seeds: readonly number[],
    neighbours: readonly (readonly Arc[])[],
    end: (arc: Arc) => number,
  ): Int32Array {
    const distances = new Int32Array(this.ids.length).fill(-1);
    for (const seed of seeds) distances[seed] = 0;
    const queue = [...new Set(seeds)];
    for (const step of queue) {
      for (const arc of neighbours[step] ?? []) {
        const next = end(arc);
        if (distances[next] !== -1) continue;
        distances[next] = (distances[step] ?? 0) + 1;
        queue.push(next);
      }
    }
    return distances;
  }
}

function ofTypeOr(
  steps: readonly FlowNode[],
  type: FlowNode['type'],
  otherwise: (index: number) => boolean,
): number[] {
  const indexes = [...steps.keys()];
  const typed = indexes.filter((index) => steps[index]?.type === type);
  return typed.length > 0 ? typed : indexes.filter(otherwise);
}

function indexesOf(
  indexes: ReadonlyMap<string, number>,
  ids: readonly string[],
  field: 'from' | 'to',
): number[] {
  const issues: FlowIssue[] = [];
  const found = ids.flatMap((id, at) => {
    const index = indexes.get(id);
    if (index !== undefined) return [index];
    issues.push({ path: `${field}.${at}`, message: `There is no step “${id}” in this flow` });
    return [];
  });
  if (issues.length > 0) throw new FlowError('unknown_record', issues);
  return [...new Set(found)];
}
