import { Graph, layout as dagreLayout } from '@dagrejs/dagre';
import type { Box } from './boxes.ts';
import { compact } from './compact.ts';
import { ranksOf, type LevelGraph } from './graph.ts';
import { straighten } from './straighten.ts';

export type Direction = 'TB' | 'LR';
/** Pixels between neighbours of one rank, and between ranks. */
export interface Spacing {
  node: number;
  rank: number;
}

/**
 * Past this many items dagre is not used: it recurses once per item along a chain, and its cost grows faster
 * than the graph.
 */
const DAGRE_ITEMS = 1_200;
/** dagre lays a dummy on every rank that a link crosses; past this sum the longest links are left out of it. */
const DAGRE_DUMMIES = 6_000;
/** Pixels along the flow after which the plain layout starts a new band beside the first. */
const BAND_LENGTH = 150_000;
/** Items side by side in one row of the plain layout. */
const ROW_ITEMS = 80;

/** Places the items of one connected, acyclic graph in ranks. Boxes are by item number; the top left is near 0, 0. */
export function layered(graph: LevelGraph, direction: Direction, spacing: Spacing): Box[] {
  if (graph.items.length === 1)
    return graph.items.map(({ width, height }) => ({ x: 0, y: 0, width, height }));
  return graph.items.length <= DAGRE_ITEMS
    ? byDagre(graph, direction, spacing)
    : byRows(graph, direction, spacing);
}

function byDagre(graph: LevelGraph, direction: Direction, spacing: Spacing): Box[] {
  const dagre = new Graph({ multigraph: true });
  dagre.setGraph({
    rankdir: direction,
    nodesep: spacing.node,
    edgesep: Math.round(spacing.node / 2),
    ranksep: spacing.rank,
  });
  for (const [number, { width, height }] of graph.items.entries())
    dagre.setNode(`n${number}`, { width, height });
  for (const [number, link] of withinDummyBudget(graph).entries()) {
    dagre.setEdge(
      `n${link.from}`,
      `n${link.to}`,
      { ...link.label, labelpos: 'c', weight: link.weight },
      `e${number}`,
    );
  }
  dagreLayout(dagre);
  const boxes = graph.items.map(({ width, height }, number) => {
    const { x = 0, y = 0 } = dagre.node(`n${number}`);
    // The centre is rounded, not the corner, so that a column of boxes of different widths stays in line.
    return {
      x: Math.round(x) - Math.floor(width / 2),
      y: Math.round(y) - Math.floor(height / 2),
      width,
      height,
    };
  });
  straighten(graph, boxes, direction, spacing);
  compact(graph, boxes, direction, spacing);
  return boxes;
}

function withinDummyBudget(graph: LevelGraph): LevelGraph['links'] {
  const rank = ranksOf(graph);
  const spanOf = (link: LevelGraph['links'][number]): number => (rank[link.to] ?? 0) - (rank[link.from] ?? 0);
  let budget = DAGRE_DUMMIES;
  return graph.links
    .toSorted((a, b) => spanOf(a) - spanOf(b))
    .filter((link) => {
      budget -= 2 * spanOf(link) - 2;
      return budget >= 0 || spanOf(link) === 1;
    });
}

/** A plain layered layout in linear time: rows by rank, each row ordered by where its predecessors stand. */
function byRows(graph: LevelGraph, direction: Direction, spacing: Spacing): Box[] {
  const rank = ranksOf(graph);
  const rows: number[][] = [];
  for (const number of graph.items.keys()) (rows[rank[number] ?? 0] ??= []).push(number);
  const before: number[][] = graph.items.map(() => []);
  for (const { from, to } of graph.links) before[to]?.push(from);

  const along = direction === 'TB' ? 'height' : 'width';
  const across = direction === 'TB' ? 'width' : 'height';
  const placed: { main: number; cross: number }[] = graph.items.map(() => ({ main: 0, cross: 0 }));
  const wish = (number: number): number => {
    const sources = before[number] ?? [];
    const sum = sources.reduce((total, source) => total + (placed[source]?.cross ?? 0), 0);
    return sources.length === 0 ? 0 : sum / sources.length;
  };
  let main = 0,
    bandCross = 0,
    bandEnd = 0;
  for (const row of rows) {
    const ordered = row.map((number) => ({ number, wish: wish(number) })).sort((a, b) => a.wish - b.wish);
    for (let first = 0; first < ordered.length; first += ROW_ITEMS) {
      let cross = bandCross,
        depth = 0;
      for (const { number } of ordered.slice(first, first + ROW_ITEMS)) {
        const item = graph.items[number];
        if (!item) continue;
        placed[number] = { main, cross };
        cross += item[across] + spacing.node;
        depth = Math.max(depth, item[along]);
      }
      bandEnd = Math.max(bandEnd, cross);
      main += depth + spacing.rank;
      if (main > BAND_LENGTH) {
        main = 0;
        bandCross = bandEnd + 2 * spacing.node;
      }
    }
  }
  return graph.items.map(({ width, height }, number) => {
    const { main: m, cross: c } = placed[number] ?? { main: 0, cross: 0 };
    return direction === 'TB' ? { x: c, y: m, width, height } : { x: m, y: c, width, height };
  });
}
