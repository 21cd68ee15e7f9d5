import type { Point } from '@uxflow/flow';
import type { Rect } from './route.ts';

/** Where a transition's label goes. Pure geometry in canvas pixels. */

/** Free space between a label and the step it belongs to, or any other step. */
const GAP = 5;
const STEP = 6;

/**
 * The first place along the way at which a label of this size covers no step: near the source, where people look
 * for the answer that leads here. The middle of the way when there is none.
 * @param shared the first stretch is also another transition's way: the label goes on a later one
 */
export function labelPlace(
  points: readonly Point[],
  size: { width: number; height: number },
  steps: readonly Rect[],
  shared: boolean,
): Point {
  let fallback: Point | undefined;
  for (let index = 1; index < points.length; index += 1) {
    const from = points[index - 1];
    const to = points[index];
    if (!from || !to) continue;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const along = Math.abs(to.x - from.x) > Math.abs(to.y - from.y) ? size.width : size.height;
    if (shared && index === 1 && points.length > 2) continue;
    // Corners and arrow heads stay in sight; a stretch just long enough has its label in the middle.
    const lead = Math.min(length / 2, along / 2 + 10);
    for (let at = lead; at <= length - lead + 0.5; at += STEP) {
      const point = {
        x: from.x + ((to.x - from.x) / length) * at,
        y: from.y + ((to.y - from.y) / length) * at,
      };
      fallback ??= point;
      if (length >= along && !hits(point, size, steps)) return point;
    }
  }
  return fallback ?? points[0] ?? { x: 0, y: 0 };
}

function hits(
  { x, y }: Point,
  { width, height }: { width: number; height: number },
  steps: readonly Rect[],
): boolean {
  return steps.some(
    (step) =>
      x - width / 2 < step.x + step.width + GAP &&
      x + width / 2 > step.x - GAP &&
      y - height / 2 < step.y + step.height + GAP &&
      y + height / 2 > step.y - GAP,
  );
}
