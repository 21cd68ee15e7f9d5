import type { Point } from '../document/types.ts';
import type { Box } from './boxes.ts';

/** Without corners that turn nowhere, so that lines are drawn and measured as the eye sees them. */
export function withoutIdleCorners(points: Point[]): Point[] {
  return points.filter((point, number) => {
    const before = points[number - 1],
      after = points[number + 1];
    if (!before || !after) return true;
    return !(before.x === point.x && point.x === after.x) && !(before.y === point.y && point.y === after.y);
  });
}

/** The box that a piece of a line covers. */
export function lineBox(a: Point, b: Point): Box {
  // A pixel is taken off both ends, so that a line does not hit the nodes that it joins.
  const box = {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
  return box.width > box.height
    ? { x: box.x + 1, y: box.y - 1, width: Math.max(1, box.width - 2), height: 2 }
    : { x: box.x - 1, y: box.y + 1, width: 2, height: Math.max(1, box.height - 2) };
}

/** Pixels that a way between its ends has at least. */
export function spanOf(points: readonly Point[]): number {
  const first = points[0],
    last = points.at(-1);
  return first && last ? Math.abs(first.x - last.x) + Math.abs(first.y - last.y) : 0;
}
