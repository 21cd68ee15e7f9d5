import type { Box } from './boxes.ts';
import type { LevelGraph } from './graph.ts';
import type { Direction, Spacing } from './layered.ts';

/** Sideways steps up to this many pixels look like a mistake rather than like a branch. */
const JOG = 56;
/** The same where one step simply follows another: nothing but a way back has pushed it aside. */
const CHAIN_JOG = 240;

/**
 * Moves items sideways, in place, until they stand in line with the item before them, where they are only a
 * little off and their neighbours leave the room. Rank by rank, so that what follows moves along.
 */
export function straighten(graph: LevelGraph, boxes: Box[], direction: Direction, spacing: Spacing): void {
  const [cross, breadth, main, depth] =
    direction === 'TB' ? (['x', 'width', 'y', 'height'] as const) : (['y', 'height', 'x', 'width'] as const);
  const before: number[][] = graph.items.map(() => []);
  const after: number[] = graph.items.map(() => 0);
  for (const { from, to, weight } of graph.links) {
    if (weight === 0) continue;
    before[to]?.push(from);
    after[from] = (after[from] ?? 0) + 1;
  }
  const centre = (number: number): number => {
    const box = boxes[number];
    return box ? box[cross] + Math.floor(box[breadth] / 2) : 0;
  };
  for (const rank of ranks(boxes, (box) => box[main] + Math.floor(box[depth] / 2))) {
    rank.sort((a, b) => (boxes[a]?.[cross] ?? 0) - (boxes[b]?.[cross] ?? 0));
    for (const [place, number] of rank.entries()) {
      const box = boxes[number];
      const sources = before[number] ?? [];
      const follows = sources.length === 1 && after[sources[0] ?? -1] === 1;
      const offsets = sources.map((source) => centre(source) - centre(number));
      const offset = offsets.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0];
      if (!box || offset === undefined || offset === 0 || Math.abs(offset) > (follows ? CHAIN_JOG : JOG))
        continue;
      const left = boxes[rank[place - 1] ?? -1],
        right = boxes[rank[place + 1] ?? -1];
      const least = left ? left[cross] + left[breadth] + spacing.node / 2 : -Infinity;
      const most = right ? right[cross] - spacing.node / 2 - box[breadth] : Infinity;
      const wanted = box[cross] + offset;
      if (wanted >= least && wanted <= most) box[cross] = wanted;
    }
  }
}

/** Item numbers by rank, first rank first; dagre puts the middles of a rank on one line. */
function ranks(boxes: Box[], middle: (box: Box) => number): number[][] {
  const found = new Map<number, number[]>();
  for (const [number, box] of boxes.entries()) {
    const rank = found.get(middle(box));
    if (rank) rank.push(number);
    else found.set(middle(box), [number]);
  }
  return [...found].sort(([a], [b]) => a - b).map(([, rank]) => rank);
}
