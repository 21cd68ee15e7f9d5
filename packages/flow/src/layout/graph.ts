import type { Size } from '../document/types.ts';

/** Something that a level of the layout places: a node (with its notes) or a whole frame. */
export interface Item extends Size {
  key: string;
}

/** A connection between two items; the label's size is kept free on its way. */
export interface Link {
  from: string;
  to: string;
  label: Size;
  /** Goes back by intent, e.g. a "back" button. */ back: boolean;
}

/** Items and links by number, so that no id from outside is ever used as a property name. */
export interface LevelGraph {
  items: Item[];
  /** Links that close a cycle are turned round, so this graph has no cycles. `weight` 0 marks those. */
  links: { from: number; to: number; label: Size; weight: number }[];
}

/**
 * Orders items breadth first from where the flow begins and turns round the links that close a cycle, found by
 * a depth-first walk from the beginning: these are what a reader sees as going back.
 */
export function toLevelGraph(items: Item[], links: Link[]): LevelGraph {
  const numberOf = new Map(items.map((item, number) => [item.key, number]));
  const pairs = links.flatMap((link) => {
    const from = numberOf.get(link.from),
      to = numberOf.get(link.to);
    return from === undefined || to === undefined || from === to ? [] : [{ ...link, from, to }];
  });
  const out: (typeof pairs)[] = items.map(() => []);
  const incoming = items.map(() => 0);
  for (const pair of pairs.filter(({ back }) => !back)) {
    out[pair.from]?.push(pair);
    incoming[pair.to] = (incoming[pair.to] ?? 0) + 1;
  }
  for (const pair of pairs.filter(({ back }) => back)) out[pair.from]?.push(pair);

  const all = [...items.keys()];
  const roots = [
    ...all.filter((number) => incoming[number] === 0),
    ...all.filter((number) => incoming[number] !== 0),
  ];
  const order = breadthFirst(roots, (number) => out[number]?.map(({ to }) => to) ?? []);
  const position = new Map(order.map((number, place) => [number, place]));
  const closing = cycleClosing(roots, out);
  return {
    items: order.flatMap((number) => items[number] ?? []),
    links: pairs.map((pair) => {
      const from = position.get(pair.from) ?? 0,
        to = position.get(pair.to) ?? 0;
      return closing.has(pair)
        ? { from: to, to: from, label: pair.label, weight: 0 }
        : { from, to, label: pair.label, weight: 1 };
    }),
  };
}

function breadthFirst(roots: Iterable<number>, next: (number: number) => number[]): number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  for (const root of roots) {
    if (seen.has(root)) continue;
    seen.add(root);
    let head = order.push(root) - 1;
    for (; head < order.length; head += 1) {
      for (const number of next(order[head] ?? root)) {
        if (seen.has(number)) continue;
        seen.add(number);
        order.push(number);
      }
    }
  }
  return order;
}

/** The links that lead back to an item still open in a depth-first walk. Iterative: a long chain must not overflow. */
function cycleClosing<L extends { to: number }>(roots: number[], out: L[][]): Set<L> {
  const closing = new Set<L>();
  const state = new Map<number, 'open' | 'done'>();
  for (const root of roots) {
    if (state.has(root)) continue;
    state.set(root, 'open');
    const stack = [{ number: root, next: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const link = out[top.number]?.[top.next];
      top.next += 1;
      if (!link) {
        state.set(top.number, 'done');
        stack.pop();
      } else if (state.get(link.to) === 'open') {
        closing.add(link);
      } else if (!state.has(link.to)) {
        state.set(link.to, 'open');
        stack.push({ number: link.to, next: 0 });
      }
    }
  }
  return closing;
}

/** Longest-path ranks of an acyclic graph: every item stands after all that lead to it. */
export function ranksOf(graph: LevelGraph): number[] {
  const rank = graph.items.map(() => 0);
  const waiting = graph.items.map(() => 0);
  const out: number[][] = graph.items.map(() => []);
  for (const { from, to } of graph.links) {
    out[from]?.push(to);
    waiting[to] = (waiting[to] ?? 0) + 1;
  }
  const ready = [...graph.items.keys()].filter((number) => waiting[number] === 0);
  for (let head = 0; head < ready.length; head += 1) {
    const number = ready[head] ?? 0;
    for (const to of out[number] ?? []) {
      rank[to] = Math.max(rank[to] ?? 0, (rank[number] ?? 0) + 1);
      waiting[to] = (waiting[to] ?? 0) - 1;
      if (waiting[to] === 0) ready.push(to);
    }
  }
  return rank;
}

/** Splits a graph into its connected parts, keeping the order of items. */
export function partsOf(graph: LevelGraph): LevelGraph[] {
  const parent = graph.items.map((_, number) => number);
  const find = (number: number): number => {
    let root = number;
    while (parent[root] !== root) {
      const up = parent[root] ?? root;
      parent[root] = parent[up] ?? up;
      root = parent[root] ?? root;
    }
    return root;
  };
  for (const { from, to } of graph.links) parent[find(from)] = find(to);
  const parts = new Map<number, LevelGraph>();
  const place = graph.items.map((item, number) => {
    const root = find(number);
    const part = parts.get(root) ?? { items: [], links: [] };
    parts.set(root, part);
    return part.items.push(item) - 1;
  });
  for (const link of graph.links) {
    const part = parts.get(find(link.from));
    part?.links.push({ ...link, from: place[link.from] ?? 0, to: place[link.to] ?? 0 });
  }
  return [...parts.values()];
}
