import type { Arc } from './graph.ts';

/** A transition between components, or, without an arc, all transitions inside one component. */
export interface Item {
  arc: Arc | undefined;
  /** Components that it leads out of and into. */
  from: number;
  to: number;
}

/**
 * The fewest sequences of items in which each item stands exactly once and each leads on to the next. By Dilworth's
 * theorem that is a matching in the order of the items: two are joined when the one may come right before the other.
 */
export function chains(items: readonly Item[], arcs: readonly Arc[], component: Int32Array): Item[][] {
  const reach = reachable(arcs, component);
  const after = items.map((item, i) =>
    items.flatMap((other, j) => (i !== j && leads(item, other, reach) ? [j] : [])),
  );
  const before = new Int32Array(items.length).fill(-1);
  for (let i = 0; i < items.length; i += 1) augment(i, after, before);
  const next = new Int32Array(items.length).fill(-1);
  before.forEach((i, j) => {
    if (i !== -1) next[i] = j;
  });
  return items.flatMap((_, first) => {
    if (before[first] !== -1) return [];
    const chain: Item[] = [];
    for (let i = first; i !== -1; i = next[i] ?? -1) {
      const item = items[i];
      if (item) chain.push(item);
    }
    return [chain];
  });
}

/** Whether a path that has just taken `item` can still take `other`; never both ways round. */
function leads(item: Item, other: Item, reach: ReadonlyMap<number, ReadonlySet<number>>): boolean {
  // A loop comes after what leads into it and before what leads out of it.
  if (item.to === other.from) return true;
  return reach.get(item.to)?.has(other.from) === true;
}

/** For each component the others that can be reached from it. */
function reachable(arcs: readonly Arc[], component: Int32Array): Map<number, Set<number>> {
  const direct = new Map<number, Set<number>>();
  for (const { source, target } of arcs) {
    const [from, to] = [component[source] ?? 0, component[target] ?? 0];
    if (from === to) continue;
    const targets = direct.get(from) ?? new Set<number>();
    targets.add(to);
    direct.set(from, targets);
  }
  const reach = new Map<number, Set<number>>();
  // What a component leads to has a lower number, so it is known by then.
  for (const from of [...direct.keys()].sort((a, b) => a - b)) {
    const all = new Set<number>();
    for (const to of direct.get(from) ?? []) {
      all.add(to);
      for (const further of reach.get(to) ?? []) all.add(further);
    }
    reach.set(from, all);
  }
  return reach;
}

/** Finds a place for item `start` before another, moving earlier ones aside; with a stack of its own. */
function augment(start: number, after: readonly (readonly number[])[], before: Int32Array): void {
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (const i of queue) {
    for (const j of after[i] ?? []) {
      if (cameFrom.has(j)) continue;
      cameFrom.set(j, i);
      const holder = before[j] ?? -1;
      if (holder !== -1) {
        queue.push(holder);
        continue;
      }
      // Free: give each on the way the place that was found for it.
      let place: number | undefined = j;
      while (place !== undefined) {
        const taker: number = cameFrom.get(place) ?? start;
        const left = before.indexOf(taker);
        before[place] = taker;
        place = taker === start || left === -1 ? undefined : left;
      }
      return;
    }
  }
}
