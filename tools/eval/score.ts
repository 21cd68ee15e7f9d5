import { assign } from './assign.ts';
import type { ExpectedFlow } from './load.ts';
import { fold, normalLabel, similarity } from './text.ts';

/** As much of a flow document as is judged. */
export type ActualFlow = {
  readonly nodes: Readonly<
    Record<string, { readonly id: string; readonly type: string; readonly title: string }>
  >;
  readonly edges: Readonly<
    Record<
      string,
      {
        readonly id: string;
        readonly source: string;
        readonly target: string;
        readonly label?: string | undefined;
      }
    >
  >;
};

type Match = { expected: string; actual: string; similarity: number };
export type FlowScore = {
  nodeF1: number;
  edgeF1: number;
  /** Over matched edges with an expected label; null if there are none. */
  labelAccuracy: number | null;
  /** Over matched nodes with an expected type, start and end left out; null if there are none. */
  typeAccuracy: number | null;
  matches: Match[];
};
export type Totals = Omit<FlowScore, 'matches'> & { items: number };

type GraphNode = { id: string; title: string; type: string | undefined };
type GraphEdge = { source: string; target: string; label: string | undefined };
type Graph = { nodes: GraphNode[]; edges: GraphEdge[] };

const MATCH_THRESHOLD = 0.5;

type Terminal = 'start' | 'end';
const isTerminal = (type: string | undefined): type is Terminal => type === 'start' || type === 'end';
const TERMINAL_TITLES: Readonly<Record<string, Terminal>> = {
  start: 'start',
  anfang: 'start',
  end: 'end',
  ende: 'end',
};

/** Files from outside may leave types out; a bare "Start" or "End" is still one. */
const expectedType = (title: string, type: string | undefined): string | undefined =>
  type ?? TERMINAL_TITLES[fold(title).trim()];

function without(graph: Graph, type: Terminal): Graph {
  const gone = new Set(graph.nodes.filter((node) => node.type === type).map((node) => node.id));
  return {
    nodes: graph.nodes.filter((node) => !gone.has(node.id)),
    edges: graph.edges.filter((edge) => !gone.has(edge.source) && !gone.has(edge.target)),
  };
}

function nodeSimilarity(expected: GraphNode, actual: GraphNode): number {
  if (isTerminal(expected.type) || isTerminal(actual.type)) return expected.type === actual.type ? 1 : 0;
  const value = similarity(expected.title, actual.title);
  // Three digits: differences below that are noise, and equal values let the edges decide.
  return value >= MATCH_THRESHOLD ? Math.round(value * 1000) / 1000 : 0;
}

/**
 * Names every node of both graphs by its title and surroundings alone (colour refinement with individualisation).
 * Equal graphs get equal names whatever their ids and order, and within one graph no name is used twice.
 */
function canonicalNames(graphs: readonly [Graph, Graph]): [Map<string, number>, Map<string, number>] {
  const rank = (
    keys: readonly [Map<string, string>, Map<string, string>],
  ): [Map<string, number>, Map<string, number>] => {
    const order = new Map(
      [...new Set(keys.flatMap((map) => [...map.values()]))].toSorted().map((key, i) => [key, i]),
    );
    const ranked = (map: Map<string, string>): Map<string, number> =>
      new Map([...map].map(([id, key]) => [id, order.get(key) ?? 0]));
    return [ranked(keys[0]), ranked(keys[1])];
  };
  const distinct = (names: readonly Map<string, number>[]): number =>
    new Set(names.flatMap((map) => [...map.values()])).size;
  const refine = (
    start: [Map<string, number>, Map<string, number>],
  ): [Map<string, number>, Map<string, number>] => {
    let names = start;
    for (;;) {
      const keys = ([0, 1] as const).map((side) => {
        const own = names[side];
        const around = new Map(
          graphs[side].nodes.map((node) => [node.id, { out: [] as string[], in: [] as string[] }]),
        );
        for (const edge of graphs[side].edges) {
          const label = edge.label === undefined ? '' : normalLabel(edge.label);
          around.get(edge.source)?.out.push(`${own.get(edge.target) ?? -1}:${label}`);
          around.get(edge.target)?.in.push(`${own.get(edge.source) ?? -1}:${label}`);
        }
        return new Map(
          [...around].map(([id, near]) => [
            id,
            JSON.stringify([
              String(own.get(id) ?? 0).padStart(6, '0'),
              near.out.toSorted(),
              near.in.toSorted(),
            ]),
          ]),
        );
      });
      const next = rank([keys[0] ?? new Map<string, string>(), keys[1] ?? new Map<string, string>()]);
      if (distinct(next) === distinct(names)) return next;
      names = next;
    }
  };
  const initial = (graph: Graph): Map<string, string> =>
    new Map(
      graph.nodes.map((node) => [node.id, isTerminal(node.type) ? node.type : `title ${fold(node.title)}`]),
    );
  let names = refine(rank([initial(graphs[0]), initial(graphs[1])]));
  for (;;) {
    const classes = names.map((map) => {
      const members = new Map<number, string[]>();
      for (const [id, name] of map) members.set(name, [...(members.get(name) ?? []), id]);
      return members;
    });
    const shared = classes.flatMap((members) =>
      [...members].filter(([, ids]) => ids.length > 1).map(([name]) => name),
    );
    if (shared.length === 0) return names;
    const split = Math.min(...shared);
    const single = classes.map((members) => members.get(split)?.[0]);
    const keys = names.map(
      (map, side) =>
        new Map(
          [...map].map(([id, name]) => [
            id,
            `${String(name).padStart(6, '0')}${id === single[side] ? ' first' : ''}`,
          ]),
        ),
    );
    names = refine(rank([keys[0] ?? new Map<string, string>(), keys[1] ?? new Map<string, string>()]));
  }
}

const pairKey = (source: number | string, target: number | string): string =>
  JSON.stringify([source, target]);

function countPairs(edges: readonly (readonly [number, number])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [source, target] of edges) {
    const key = pairKey(source, target);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Best one-to-one matching by similarity; among equally similar ones, one that keeps many edges. */
function matchNodes(expected: Graph, actual: Graph): Match[] {
  const [expectedNames, actualNames] = canonicalNames([expected, actual]);
  const sorted = (graph: Graph, names: Map<string, number>): GraphNode[] =>
    graph.nodes.toSorted((a, b) => (names.get(a.id) ?? 0) - (names.get(b.id) ?? 0));
  const left = sorted(expected, expectedNames);
  const right = sorted(actual, actualNames);
  const indexed = (nodes: readonly GraphNode[], edges: readonly GraphEdge[]): [number, number][] => {
    const index = new Map(nodes.map((node, i) => [node.id, i]));
    return edges.flatMap((edge): [number, number][] => {
      const source = index.get(edge.source);
      const target = index.get(edge.target);
      return source === undefined || target === undefined ? [] : [[source, target]];
    });
  };
  const leftEdges = indexed(left, expected.edges);
  const rightEdges = indexed(right, actual.edges);
  const rightCounts = countPairs(rightEdges);
  const base = left.map((node) => right.map((other) => nodeSimilarity(node, other)));
  const sim = (i: number, j: number): number => base[i]?.[j] ?? 0;

  const total = (assigned: readonly number[]): number =>
    assigned.reduce((sum, j, i) => sum + (j < 0 ? 0 : sim(i, j)), 0);
  const keptEdges = (assigned: readonly number[]): number => {
    const wanted = countPairs(
      leftEdges.map(([s, t]): [number, number] => [assigned[s] ?? -1, assigned[t] ?? -1]),
    );
    let kept = 0;
    for (const [key, count] of wanted) kept += Math.min(count, rightCounts.get(key) ?? 0);
    return kept;
  };
  // Summed over all nodes the bonus stays below the last digit of a similarity.
  const size = Math.max(left.length, right.length, 1);
  const solve = (bonus: (i: number, j: number) => number): number[] =>
    assign(
      base.map((row, i) =>
        row.map((value, j) => {
          if (value === 0) return 0;
          const sameType = left[i]?.type === right[j]?.type ? 1 : 0;
          return value + ((0.9 * bonus(i, j) + 0.1 * sameType) * 4e-4) / size;
        }),
      ),
    );

  const near = (
    count: number,
    edges: readonly (readonly [number, number])[],
  ): { out: number[]; in: number[] }[] => {
    const lists = Array.from({ length: count }, () => ({ out: [] as number[], in: [] as number[] }));
    for (const [source, target] of edges) {
      lists[source]?.out.push(target);
      lists[target]?.in.push(source);
    }
    return lists;
  };
  const leftNear = near(left.length, leftEdges);
  const rightNear = near(right.length, rightEdges);
  const neighbourhood = (i: number, j: number, agree: (k: number, l: number) => number): number => {
    let sum = 0;
    let most = 0;
    for (const side of ['out', 'in'] as const) {
      const ours = leftNear[i]?.[side] ?? [];
      const theirs = rightNear[j]?.[side] ?? [];
      most += Math.max(ours.length, theirs.length);
      for (const k of ours) sum += Math.max(0, ...theirs.map((l) => agree(k, l)));
    }
    return most === 0 ? 0 : Math.min(1, sum / most);
  };

  const sameName = (i: number, j: number): number => {
    const a = left[i];
    const b = right[j];
    return a !== undefined && b !== undefined && expectedNames.get(a.id) === actualNames.get(b.id) ? 1 : 0;
  };
  let best = solve((i, j) => sameName(i, j) / 2 + neighbourhood(i, j, sim) / 2);
  for (let round = 0; round < 10; round++) {
    const current = best;
    const next = solve((i, j) => neighbourhood(i, j, (k, l) => (current[k] === l ? 1 : 0)));
    if (total(next) < total(best) - 1e-9 || keptEdges(next) <= keptEdges(best)) break;
    best = next;
  }
  // Exchanges that cost no similarity and keep more edges.
  for (let improved = true; improved;) {
    improved = false;
    for (let i = 0; i < left.length; i++) {
      for (let j = 0; j < right.length; j++) {
        const own = best[i] ?? -1;
        if (j === own || sim(i, j) === 0) continue;
        const holder = best.indexOf(j);
        const candidate = best.with(i, j);
        if (holder >= 0) candidate[holder] = own >= 0 && sim(holder, own) > 0 ? own : -1;
        if (total(candidate) >= total(best) - 1e-9 && keptEdges(candidate) > keptEdges(best)) {
          best = candidate;
          improved = true;
        }
      }
    }
  }
  return best.flatMap((j, i) => {
    const from = left[i];
    const to = right[j];
    return from === undefined || to === undefined
      ? []
      : [{ expected: from.id, actual: to.id, similarity: sim(i, j) }];
  });
}

const f1 = (matched: number, expected: number, actual: number): number =>
  expected + actual === 0 ? 1 : (2 * matched) / (expected + actual);

function matchEdges(
  expected: Graph,
  actual: Graph,
  actualOf: ReadonlyMap<string, string>,
): { matched: number; labels: number; right: number } {
  const between = new Map<string, GraphEdge[]>();
  for (const edge of actual.edges) {
    const key = pairKey(edge.source, edge.target);
    between.set(key, [...(between.get(key) ?? []), edge]);
  }
  const normal = (edge: GraphEdge): string => (edge.label === undefined ? '' : normalLabel(edge.label));
  const open: GraphEdge[] = [];
  let matched = 0;
  let right = 0;
  let labels = 0;
  const take = (edge: GraphEdge, fits: (other: GraphEdge) => boolean): boolean => {
    const source = actualOf.get(edge.source);
    const target = actualOf.get(edge.target);
    if (source === undefined || target === undefined) return false;
    const candidates = between.get(pairKey(source, target)) ?? [];
    const found = candidates.findIndex(fits);
    if (found < 0) return false;
    candidates.splice(found, 1);
    matched++;
    if (edge.label !== undefined) labels++;
    return true;
  };
  // Edges with the right label first, so that parallel branches do not take each other's place.
  for (const edge of expected.edges) {
    if (!take(edge, (other) => normal(other) === normal(edge))) open.push(edge);
    else if (edge.label !== undefined) right++;
  }
  for (const edge of open) take(edge, () => true);
  return { matched, labels, right };
}

export function scoreFlow(expectedFlow: ExpectedFlow, actualFlow: ActualFlow): FlowScore {
  const expected: Graph = {
    nodes: expectedFlow.nodes.map((node) => ({
      id: node.id,
      title: node.title,
      type: expectedType(node.title, node.type),
    })),
    edges: expectedFlow.edges.map((edge) => ({
      source: edge.source,
      target: edge.target,
      label: edge.label,
    })),
  };
  let actual: Graph = {
    nodes: Object.values(actualFlow.nodes).map(({ id, title, type }) => ({ id, title, type })),
    edges: Object.values(actualFlow.edges).map(({ source, target, label }) => ({
      source,
      target,
      label: label === undefined || label.trim() === '' ? undefined : label,
    })),
  };
  for (const type of ['start', 'end'] as const) {
    if (!expected.nodes.some((node) => node.type === type)) actual = without(actual, type);
  }

  const matches = matchNodes(expected, actual);
  const edges = matchEdges(expected, actual, new Map(matches.map((match) => [match.expected, match.actual])));
  const expectedTypes = new Map(expected.nodes.map((node) => [node.id, node.type]));
  const actualTypes = new Map(actual.nodes.map((node) => [node.id, node.type]));
  const typed = matches.filter((match) => {
    const type = expectedTypes.get(match.expected);
    return type !== undefined && !isTerminal(type);
  });
  const rightType = typed.filter(
    (match) => expectedTypes.get(match.expected) === actualTypes.get(match.actual),
  );
  return {
    nodeF1: f1(matches.length, expected.nodes.length, actual.nodes.length),
    edgeF1: f1(edges.matched, expected.edges.length, actual.edges.length),
    labelAccuracy: edges.labels === 0 ? null : edges.right / edges.labels,
    typeAccuracy: typed.length === 0 ? null : rightType.length / typed.length,
    matches,
  };
}

/** Means over the items; an accuracy leaves out the items where there was nothing to judge. */
export function totals(scores: readonly Omit<FlowScore, 'matches'>[]): Totals {
  const mean = (values: readonly (number | null)[]): number | null => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  return {
    items: scores.length,
    nodeF1: mean(scores.map((score) => score.nodeF1)) ?? 0,
    edgeF1: mean(scores.map((score) => score.edgeF1)) ?? 0,
    labelAccuracy: mean(scores.map((score) => score.labelAccuracy)),
    typeAccuracy: mean(scores.map((score) => score.typeAccuracy)),
  };
}
