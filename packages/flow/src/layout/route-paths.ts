import type { Point } from '../document/types.ts';
import type { Box } from './boxes.ts';

export type Side = 'top' | 'right' | 'bottom' | 'left';
export const SIDES: readonly Side[] = ['top', 'right', 'bottom', 'left'];
export interface Path {
  points: Point[];
  from: Side;
  to: Side;
}

/** A node that an edge joins. A diamond is only touched at its tips. */
export interface End extends Box {
  diamond: boolean;
}

/** Pixels that an edge runs straight before its first and after its last bend, if there is room. */
export const STUB = 24;
/** Pixels between edges that take the same detour. */
export const LANE = 14;

/** Middle of a side: where edges leave and arrive. Also the tip of a diamond. */
export function port(box: Box, side: Side): Point {
  const x = box.x + box.width / 2,
    y = box.y + box.height / 2;
  if (side === 'top') return { x, y: box.y };
  if (side === 'bottom') return { x, y: box.y + box.height };
  return { x: side === 'left' ? box.x : box.x + box.width, y };
}

/**
 * Orthogonal ways from one box to another that a person might draw: straight, one bend, two bends, or round the
 * outside. `obstacles` are the boxes near them, whose sides are where detours may run.
 */
export function candidatePaths(source: End, target: End, obstacles: readonly Box[]): Path[] {
  return [
    ...straights(source, target),
    ...zigzags(source, target, obstacles),
    ...corners(source, target),
    ...arcs(source, target, obstacles),
    ...hooks(source, target, obstacles),
    ...detours(source, target, obstacles),
  ];
}

interface Facing {
  from: Side;
  to: Side;
  a: Point;
  b: Point;
  /** The axis from one side to the other, and the axis along the sides. */
  main: 'x' | 'y';
  cross: 'x' | 'y';
  /** 1 when the way leads right or down, else -1. */
  direction: number;
}

const OPPOSITES = [
  ['bottom', 'top'],
  ['top', 'bottom'],
  ['right', 'left'],
  ['left', 'right'],
] as const satisfies [Side, Side][];

/** Pairs of sides that look at each other, with room for an arrow in between. */
function facing(source: Box, target: Box): Facing[] {
  return OPPOSITES.flatMap(([from, to]): Facing[] => {
    const a = port(source, from),
      b = port(target, to);
    const [main, cross] = from === 'bottom' || from === 'top' ? (['y', 'x'] as const) : (['x', 'y'] as const);
    const direction = from === 'bottom' || from === 'right' ? 1 : -1;
    return leaves(a, b, from) ? [{ from, to, a, b, main, cross, direction }] : [];
  });
}

/** The point at `value` on the axis `main`, else where `point` is. */
const moved = (point: Point, main: 'x' | 'y', value: number): Point => ({ ...point, [main]: value });

/** Straight although the middles are a little apart: a small jog would only look like a mistake. */
function straights(source: End, target: End): Path[] {
  const paths: Path[] = [];
  for (const { from, to, a, b, cross } of facing(source, target)) {
    const off = Math.abs(a[cross] - b[cross]);
    const room = (end: End): number => (end.diamond ? 0 : 0.2 * (cross === 'x' ? end.width : end.height));
    if (off < 1 || off > 36) continue;
    if (off <= room(source)) paths.push({ points: [moved(a, cross, b[cross]), b], from, to });
    else if (off <= room(target)) paths.push({ points: [a, moved(b, cross, a[cross])], from, to });
  }
  return paths;
}

/** Down and down, or sideways and sideways, with the bend at one of several heights. */
function zigzags(source: Box, target: Box, obstacles: readonly Box[]): Path[] {
  const paths: Path[] = [];
  for (const { from, to, a, b, main, cross, direction } of facing(source, target)) {
    if (Math.abs(a[cross] - b[cross]) < 1) {
      paths.push({ points: [a, moved(b, cross, a[cross])], from, to });
      continue;
    }
    const start = a[main],
      end = b[main];
    const bends = new Set([(start + end) / 2]);
    for (const lane of [0, 1, -1, 2, -2]) {
      for (const base of [start + direction * STUB, end - direction * STUB, (start + end) / 2])
        bends.add(base + lane * LANE);
    }
    for (const box of obstacles) {
      const depth = main === 'y' ? box.height : box.width;
      bends.add(box[main] - LANE).add(box[main] + depth + LANE);
    }
    for (const bend of bends) {
      if ((bend - start) * direction < 8 || (end - bend) * direction < 8) continue;
      paths.push({ points: [a, moved(a, main, bend), moved(b, main, bend), b], from, to });
    }
  }
  return paths;
}

/** One bend. */
function corners(source: Box, target: Box): Path[] {
  const paths: Path[] = [];
  for (const from of ['right', 'left', 'bottom', 'top'] as const) {
    const sideways = from === 'right' || from === 'left';
    for (const to of sideways ? (['top', 'bottom'] as const) : (['left', 'right'] as const)) {
      const a = port(source, from),
        b = port(target, to);
      const corner = sideways ? { x: b.x, y: a.y } : { x: a.x, y: b.y };
      if (leaves(a, corner, from) && leaves(b, corner, to)) paths.push({ points: [a, corner, b], from, to });
    }
  }
  return paths;
}

function leaves(point: Point, next: Point, side: Side): boolean {
  if (side === 'right') return next.x - point.x >= 12;
  if (side === 'left') return point.x - next.x >= 12;
  return side === 'bottom' ? next.y - point.y >= 12 : point.y - next.y >= 12;
}

/** Out of a side and back into the same side, for going back. */
function arcs(source: Box, target: Box, obstacles: readonly Box[]): Path[] {
  const paths: Path[] = [];
  for (const side of ['right', 'left', 'bottom', 'top'] as const) {
    const a = port(source, side),
      b = port(target, side);
    for (const at of outside(side, [source, target], obstacles)) {
      const points =
        side === 'right' || side === 'left'
          ? [a, { x: at, y: a.y }, { x: at, y: b.y }, b]
          : [a, { x: a.x, y: at }, { x: b.x, y: at }, b];
      paths.push({ points, from: side, to: side });
    }
  }
  return paths;
}

/** Out sideways, past everything, and in from the flow's direction: three bends, for going back past what stands beside. */
function hooks(source: Box, target: Box, obstacles: readonly Box[]): Path[] {
  const paths: Path[] = [];
  for (const [to, sides] of [
    ['top', ['right', 'left']],
    ['left', ['bottom', 'top']],
  ] as const) {
    const b = port(target, to);
    for (const from of sides) {
      const a = port(source, from);
      for (const at of outside(from, [source, target], obstacles)) {
        const points =
          to === 'top'
            ? [a, { x: at, y: a.y }, { x: at, y: b.y - STUB }, { x: b.x, y: b.y - STUB }, b]
            : [a, { x: a.x, y: at }, { x: b.x - STUB, y: at }, { x: b.x - STUB, y: b.y }, b];
        paths.push({ points, from, to });
      }
    }
  }
  return paths;
}

/** Four bends: on in the flow's direction, past what stands between on one side, and on again. */
function detours(source: Box, target: Box, obstacles: readonly Box[]): Path[] {
  const paths: Path[] = [];
  for (const [from, to] of [
    ['bottom', 'top'],
    ['right', 'left'],
  ] as const) {
    const a = port(source, from),
      b = port(target, to);
    for (const side of from === 'bottom' ? (['right', 'left'] as const) : (['bottom', 'top'] as const)) {
      for (const at of outside(side, [source, target], obstacles)) {
        const points =
          from === 'bottom'
            ? [
                a,
                { x: a.x, y: a.y + STUB },
                { x: at, y: a.y + STUB },
                { x: at, y: b.y - STUB },
                { x: b.x, y: b.y - STUB },
                b,
              ]
            : [
                a,
                { x: a.x + STUB, y: a.y },
                { x: a.x + STUB, y: at },
                { x: b.x - STUB, y: at },
                { x: b.x - STUB, y: b.y },
                b,
              ];
        paths.push({ points, from, to });
      }
    }
  }
  return paths;
}

/** Coordinates just outside the boxes on a side, with free lanes for edges that do the same. */
function outside(side: Side, ends: readonly Box[], obstacles: readonly Box[]): number[] {
  const outer = (box: Box): number => {
    if (side === 'right') return box.x + box.width;
    if (side === 'left') return box.x;
    return side === 'bottom' ? box.y + box.height : box.y;
  };
  const sign = side === 'right' || side === 'bottom' ? 1 : -1;
  const nearest = Math.max(...ends.map((box) => outer(box) * sign));
  const bases = new Set([
    nearest,
    ...obstacles.map((box) => outer(box) * sign).filter((value) => value > nearest),
  ]);
  return [...bases].flatMap((base) => [0, 1, 2, 3].map((lane) => sign * (base + STUB + lane * LANE)));
}

/** From a box to itself: out on the right, in at the top; into the tip of a diamond. */
export function selfPath(box: Box, lane: number, diamond: boolean): Path {
  const reach = STUB + lane * LANE;
  const right = port(box, 'right');
  const entry = diamond ? port(box, 'top') : { x: box.x + box.width * 0.75, y: box.y };
  return {
    points: [
      right,
      { x: right.x + reach, y: right.y },
      { x: right.x + reach, y: box.y - reach },
      { x: entry.x, y: box.y - reach },
      entry,
    ],
    from: 'right',
    to: 'top',
  };
}
