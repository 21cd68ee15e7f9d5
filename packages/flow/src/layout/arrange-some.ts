import type { FlowDocument, Point } from '../document/types.ts';
import { BoxIndex, boundsOf, freeSpot, type Box } from './boxes.ts';
import type { Arrangement } from './arrange.ts';
import { edgeText } from './edge-text.ts';
import { partsOf, toLevelGraph, type LevelGraph } from './graph.ts';
import { ROOT, frameBoxes, hierarchyOf } from './hierarchy.ts';
import { layered, type Direction, type Spacing } from './layered.ts';
import { labelSize } from './node-size.ts';

/**
 * Places only the given nodes and leaves the rest where it is: each connected group of them is laid out on its
 * own and put, as a block, at the free place nearest to where its neighbours outside want it.
 */
export function arrangeSome(
  document: FlowDocument,
  boxes: Map<string, Box>,
  movable: ReadonlySet<string>,
  direction: Direction,
  spacing: Spacing,
): Arrangement {
  const items = [...boxes]
    .filter(([id]) => movable.has(id))
    .map(([key, { width, height }]) => ({ key, width, height }));
  const edges = Object.values(document.edges).filter(
    ({ source, target }) => boxes.has(source) && boxes.has(target),
  );
  const links = edges.map((edge) => ({
    from: edge.source,
    to: edge.target,
    label: labelSize(edgeText(edge)),
    back: edge.trigger === 'back',
  }));
  const nodes = new Map(boxes);
  const settled = new Map([...boxes].filter(([id]) => !movable.has(id)));
  const index = new BoxIndex(settled.values());
  const touching = new Map<string, { other: string; after: boolean }[]>();
  const touch = (id: string, other: string, after: boolean): void => {
    if (!movable.has(id)) return;
    const list = touching.get(id);
    if (list) list.push({ other, after });
    else touching.set(id, [{ other, after }]);
  };
  for (const { source, target } of edges) {
    touch(source, target, false);
    touch(target, source, true);
  }
  for (const part of partsOf(toLevelGraph(items, links))) {
    const relative = layered(part, direction, spacing);
    const block = boundsOf(relative);
    const wanted =
      wantedOffset(part, relative, touching, settled, direction, spacing) ??
      currentOffset(part, relative, boxes);
    const at = freeSpot(
      index,
      block,
      { x: block.x + wanted.x, y: block.y + wanted.y },
      Math.round(spacing.node / 2),
    );
    for (const [number, item] of part.items.entries()) {
      const box = relative[number];
      if (!box) continue;
      const placed = { ...box, x: box.x - block.x + at.x, y: box.y - block.y + at.y };
      nodes.set(item.key, placed);
      settled.set(item.key, placed);
      index.add(placed);
    }
  }
  return { nodes, frames: grownFrames(document, nodes, movable) };
}

/** The mean move that puts each linked node behind what leads to it and before what it leads to. */
function wantedOffset(
  part: LevelGraph,
  relative: Box[],
  touching: Map<string, { other: string; after: boolean }[]>,
  settled: Map<string, Box>,
  direction: Direction,
  spacing: Spacing,
): Point | undefined {
  const wishes: Point[] = [];
  for (const [number, { key }] of part.items.entries()) {
    const box = relative[number];
    for (const { other, after } of touching.get(key) ?? []) {
      const neighbour = settled.get(other);
      if (box && neighbour) wishes.push(offsetBeside(box, neighbour, after, direction, spacing));
    }
  }
  return wishes.length === 0 ? undefined : mean(wishes);
}

function offsetBeside(
  box: Box,
  neighbour: Box,
  after: boolean,
  direction: Direction,
  spacing: Spacing,
): Point {
  if (direction === 'TB') {
    const y = after ? neighbour.y + neighbour.height + spacing.rank : neighbour.y - spacing.rank - box.height;
    return { x: neighbour.x + neighbour.width / 2 - box.width / 2 - box.x, y: y - box.y };
  }
  const x = after ? neighbour.x + neighbour.width + spacing.rank : neighbour.x - spacing.rank - box.width;
  return { x: x - box.x, y: neighbour.y + neighbour.height / 2 - box.height / 2 - box.y };
}

function currentOffset(part: LevelGraph, relative: Box[], boxes: Map<string, Box>): Point {
  return mean(
    part.items.flatMap(({ key }, number) => {
      const now = boxes.get(key),
        box = relative[number];
      return now && box ? [{ x: now.x - box.x, y: now.y - box.y }] : [];
    }),
  );
}

function mean(points: Point[]): Point {
  const count = Math.max(1, points.length);
  return {
    x: Math.round(points.reduce((sum, { x }) => sum + x, 0) / count),
    y: Math.round(points.reduce((sum, { y }) => sum + y, 0) / count),
  };
}

/** Frames grow where a moved node has left them; they never shrink, for nobody asked to tidy them. */
function grownFrames(
  document: FlowDocument,
  nodes: Map<string, Box>,
  movable: ReadonlySet<string>,
): Map<string, Box> {
  const hierarchy = hierarchyOf(document);
  const asIs = new Map(
    hierarchy.frames.map(({ id, position, size }): [string, Box] => [id, { ...position, ...size }]),
  );
  const touched = new Set<string>();
  for (const id of movable) {
    for (
      let frame = hierarchy.frameOf.get(id);
      frame !== undefined && frame !== ROOT && !touched.has(frame);
    ) {
      touched.add(frame);
      frame = hierarchy.parentOf.get(frame);
    }
  }
  const tight = frameBoxes(hierarchy, nodes, ({ position, size }) => ({ ...position, ...size }));
  return new Map(
    [...asIs].map(([id, box]) => {
      const needed = tight.get(id);
      return [id, needed && touched.has(id) ? boundsOf([box, needed]) : box];
    }),
  );
}
