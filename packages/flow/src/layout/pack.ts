import type { Point, Size } from '../document/types.ts';
import { boundsOf, type Box } from './boxes.ts';
import { partsOf, toLevelGraph, type Item, type Link } from './graph.ts';
import { layered, type Direction, type Spacing } from './layered.ts';

/** Preferred proportion of the whole, across the flow to along it. */
const PROPORTION = 1.6;

/**
 * Places items that may be connected: each connected part in ranks, the parts side by side, wrapped into rows
 * so that a thousand loose items do not make a ribbon. Positions are relative to 0, 0.
 */
export function placeItems(
  items: Item[],
  links: Link[],
  direction: Direction,
  spacing: Spacing,
): { positions: Map<string, Point>; size: Size } {
  const blocks = partsOf(toLevelGraph(items, links)).map((part) => {
    const boxes = layered(part, direction, spacing);
    return { part, boxes, bounds: boundsOf(boxes) };
  });
  // What hangs together comes first: loose items are leftovers and belong at the end.
  const ordered = [
    ...blocks.filter(({ part }) => part.items.length > 1),
    ...blocks.filter(({ part }) => part.items.length === 1),
  ];
  const offsets = shelves(
    ordered.map(({ bounds }) => bounds),
    direction,
    2 * spacing.node,
  );
  const positions = new Map<string, Point>();
  const placed: Box[] = [];
  for (const [blockNumber, { part, boxes, bounds }] of ordered.entries()) {
    const offset = offsets[blockNumber] ?? { x: 0, y: 0 };
    for (const [number, box] of boxes.entries()) {
      const key = part.items[number]?.key;
      if (key === undefined) continue;
      const x = Math.round(box.x - bounds.x + offset.x),
        y = Math.round(box.y - bounds.y + offset.y);
      positions.set(key, { x, y });
      placed.push({ ...box, x, y });
    }
  }
  const { width, height } = boundsOf(placed);
  return { positions, size: { width, height } };
}

function shelves(sizes: Size[], direction: Direction, gap: number): Point[] {
  const across = direction === 'TB' ? 'width' : 'height';
  const along = direction === 'TB' ? 'height' : 'width';
  const area = sizes.reduce((sum, size) => sum + (size.width + gap) * (size.height + gap), 0);
  const limit = Math.max(...sizes.map((size) => size[across]), Math.sqrt(area * PROPORTION), 1_600);
  let cross = 0,
    main = 0,
    depth = 0;
  return sizes.map((size) => {
    if (cross > 0 && cross + size[across] > limit) {
      main += depth + gap;
      cross = 0;
      depth = 0;
    }
    const point = direction === 'TB' ? { x: cross, y: main } : { x: main, y: cross };
    cross += size[across] + gap;
    depth = Math.max(depth, size[along]);
    return point;
  });
}
