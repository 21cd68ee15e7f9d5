import type { Box } from './boxes.ts';
import type { LevelGraph } from './graph.ts';
import type { Direction, Spacing } from './layered.ts';

/** An item this many pixels deep (a frame, mostly) makes a rank so deep that what is beside it would stand far apart. */
const DEEP = 400;

/**
 * Moves items back along the flow, in place, until they stand behind what leads to them or what stands before them,
 * where a deep item has torn ranks apart. Items keep their order and their place across the flow.
 */
export function compact(graph: LevelGraph, boxes: Box[], direction: Direction, spacing: Spacing): void {
  const [cross, breadth, main, depth] =
    direction === 'TB' ? (['x', 'width', 'y', 'height'] as const) : (['y', 'height', 'x', 'width'] as const);
  if (!boxes.some((box) => box[depth] > DEEP)) return;
  const before: number[][] = graph.items.map(() => []);
  for (const { from, to } of graph.links) before[to]?.push(from);
  const order = [...boxes.entries()].sort(([, a], [, b]) => a[main] - b[main]);
  const beside = spacing.node / 2;
  const settled: Box[] = [];
  for (const [number, box] of order) {
    const behind = (before[number] ?? []).flatMap((source) => boxes[source] ?? []);
    const above = settled.filter(
      (other) =>
        other[cross] < box[cross] + box[breadth] + beside &&
        box[cross] < other[cross] + other[breadth] + beside,
    );
    const ends = [...behind, ...above].map((other) => other[main] + other[depth] + spacing.rank);
    // What nothing leads to stays with what it leads to.
    if (behind.length > 0) box[main] = Math.min(box[main], Math.max(...ends));
    settled.push(box);
  }
}
