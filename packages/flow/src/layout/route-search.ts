import type { Point } from '../document/types.ts';
import { boundsOf, type Box } from './boxes.ts';
import { Heap } from './heap.ts';
import { LANE, port, SIDES, STUB, type Path, type Side } from './route-paths.ts';

/** Pixels round both ends within which a way is looked for. */
export const REACH = 180;
/** Points where lines meet; where there would be more, lines are thinned out. */
const MAX_POINTS = 100_000;
/** On grids of more points, distance left counts this much more than distance gone. */
const HASTE_FROM = 8_000;
const HASTE = 1.4;
/** Points looked at for one way. */
const MAX_STEPS = 60_000;
/** Pixels within which lines count as one. Further apart they are not thinned out: they would miss whole gaps. */
const SAME = [5, 10, 20, 40, 64];
/** Pixels that a way keeps from what it passes. */
const CLEARANCE = 8;

/** What a way from one box to another has to know about the place it runs through. Costs are in pixels of length. */
export interface Terrain<S extends Box> {
  source: Box;
  target: Box;
  /** Boxes in reach that no way may run through. */
  obstacles: readonly Box[];
  /** Pieces of other lines in reach. */
  pieces: readonly (S & { vertical: boolean })[];
  /** What it costs to meet a piece, for a way that runs vertically there or not. */
  meeting: (piece: S, vertical: boolean) => number;
  bend: number;
  leaving: (side: Side) => number;
  arriving: (side: Side) => number;
}

/**
 * The cheapest orthogonal way on a grid of lines beside the obstacles (A*). Undefined when there is none or when the
 * search would take too long. `steps` tells how much work it was, in points looked at.
 */
export function searchPath<S extends Box>(terrain: Terrain<S>): { path?: Path; steps: number } {
  const grid = gridOf(terrain);
  const size = 4 * (terrain.obstacles.length + terrain.pieces.length);
  if (!grid) return { steps: size };
  const { xs, ys, blocked, across, down } = grid;
  const columns = xs.length;
  const count = columns * ys.length;
  // A state is a point and how it was reached: 0 horizontally, 1 vertically.
  const best = new Float64Array(2 * count).fill(Infinity);
  const from = new Int32Array(2 * count).fill(-1);
  const goals = new Map<number, { side: Side; cost: number }>();
  const outlets = new Map<number, Side>();
  const spots: Point[] = [];
  const stateAt = (box: Box, side: Side): number => {
    const { x, y } = stub(box, side);
    const column = nearest(xs, x),
      row = nearest(ys, y);
    if (Math.abs((xs[column] ?? NaN) - x) > 1 || Math.abs((ys[row] ?? NaN) - y) > 1) return -1;
    const cell = row * columns + column;
    return blocked[cell] === 1 ? -1 : 2 * cell + (side === 'top' || side === 'bottom' ? 1 : 0);
  };
  for (const side of SIDES) {
    const state = stateAt(terrain.target, side);
    if (state < 0) continue;
    goals.set(state, { side, cost: STUB + terrain.arriving(side) });
    spots.push(stub(terrain.target, side));
  }
  // Across a whole flow any good way will do: looking for the best would mean to look everywhere.
  const haste = count > HASTE_FROM ? HASTE : 1;
  const left = (state: number): number => {
    const x = xs[(state >> 1) % columns] ?? 0,
      y = ys[Math.floor((state >> 1) / columns)] ?? 0;
    let least = Infinity;
    for (const spot of spots) least = Math.min(least, Math.abs(spot.x - x) + Math.abs(spot.y - y));
    return least * haste;
  };
  const open = new Heap();
  for (const side of SIDES) {
    const state = stateAt(terrain.source, side);
    if (state < 0) continue;
    best[state] = STUB + terrain.leaving(side);
    outlets.set(state, side);
    open.push(state, (best[state] ?? 0) + left(state));
  }
  let end: { state: number; side: Side; total: number } | undefined;
  let looked = 0;
  const closed = new Uint8Array(2 * count);
  for (let state = open.pop(); state !== undefined && looked < MAX_STEPS; state = open.pop()) {
    if (closed[state] === 1) continue;
    closed[state] = 1;
    looked += 1;
    const cost = best[state] ?? Infinity;
    if (end && cost >= end.total) break;
    const cell = state >> 1,
      vertical = state & 1;
    for (const turn of [0, 1]) {
      const goal = goals.get(2 * cell + turn);
      const total = cost + (goal?.cost ?? 0) + (turn === vertical ? 0 : terrain.bend);
      if (goal && total < (end?.total ?? Infinity)) end = { state, side: goal.side, total };
    }
    const column = cell % columns;
    const visit = (to: number, way: number, length: number, met: number): void => {
      const next = 2 * to + way;
      if (blocked[to] === 1 || closed[next] === 1) return;
      const sum = cost + length + met + (way === vertical ? 0 : terrain.bend);
      if (sum >= (best[next] ?? 0)) return;
      best[next] = sum;
      from[next] = state;
      open.push(next, sum + left(next));
    };
    const x = xs[column] ?? 0,
      y = ys[(cell - column) / columns] ?? 0;
    if (column + 1 < columns) visit(cell + 1, 0, (xs[column + 1] ?? 0) - x, across[cell] ?? 0);
    if (column > 0) visit(cell - 1, 0, x - (xs[column - 1] ?? 0), across[cell - 1] ?? 0);
    if (cell + columns < count)
      visit(cell + columns, 1, (ys[(cell - column) / columns + 1] ?? 0) - y, down[cell] ?? 0);
    if (cell >= columns)
      visit(cell - columns, 1, y - (ys[(cell - column) / columns - 1] ?? 0), down[cell - columns] ?? 0);
  }
  const steps = looked + size + (count >> 3);
  if (!end) return { steps };
  const points = [port(terrain.target, end.side)];
  let first = end.state;
  for (let state = end.state; state >= 0; state = from[state] ?? -1) {
    const cell = state >> 1;
    points.push({ x: xs[cell % columns] ?? 0, y: ys[Math.floor(cell / columns)] ?? 0 });
    first = state;
  }
  const side = outlets.get(first);
  if (side === undefined) return { steps };
  points.push(port(terrain.source, side));
  return { path: { points: points.toReversed(), from: side, to: end.side }, steps };
}

interface Grid {
  /** Coordinates of the vertical and of the horizontal lines, ascending. */
  xs: number[];
  ys: number[];
  /** 1 where a point, by row and column, lies on an obstacle. */
  blocked: Uint8Array;
  /** What it costs beyond its length to go from a point to the next of its row, and of its column. */
  across: Float64Array;
  down: Float64Array;
}

function gridOf<S extends Box>({ source, target, obstacles, pieces, meeting }: Terrain<S>): Grid | undefined {
  const stubs = [source, target].flatMap((box) => SIDES.map((side) => stub(box, side)));
  const area = boundsOf([source, target]);
  let xs: number[] = [],
    ys: number[] = [];
  for (const same of SAME) {
    xs = lines(
      stubs.map(({ x }) => x),
      obstacles.flatMap(({ x, width }) => [x, x + width]),
      [area.x - REACH, area.x + area.width + REACH],
      same,
    );
    ys = lines(
      stubs.map(({ y }) => y),
      obstacles.flatMap(({ y, height }) => [y, y + height]),
      [area.y - REACH, area.y + area.height + REACH],
      same,
    );
    if (xs.length * ys.length <= MAX_POINTS) break;
  }
  if (xs.length * ys.length > MAX_POINTS) return undefined;
  const columns = xs.length;
  const blocked = new Uint8Array(columns * ys.length),
    across = new Float64Array(columns * ys.length),
    down = new Float64Array(columns * ys.length);
  for (const { x, y, width, height } of obstacles) {
    const last = firstFrom(xs, x + width + CLEARANCE),
      bottom = firstFrom(ys, y + height + CLEARANCE);
    const left = firstFrom(xs, x - CLEARANCE),
      top = firstFrom(ys, y - CLEARANCE);
    for (let row = top; row < bottom; row += 1) blocked.fill(1, row * columns + left, row * columns + last);
    // A thin box may lie between two lines: then no point of it is on the grid, but no step may lead across it.
    if (left === last && left > 0) {
      for (let row = top; row < bottom; row += 1) across[row * columns + left - 1] = Infinity;
    }
    if (top === bottom && top > 0)
      down.fill(Infinity, (top - 1) * columns + left, (top - 1) * columns + last);
  }
  for (const piece of pieces) {
    const [same, other] = [meeting(piece, piece.vertical), meeting(piece, !piece.vertical)];
    const { x, y, width, height } = piece;
    const level = piece.vertical ? x + width / 2 : y + height / 2;
    const [onLines, overLines] = piece.vertical ? [xs, ys] : [ys, xs];
    const begin = piece.vertical ? y : x,
      end = begin + (piece.vertical ? height : width);
    const along = piece.vertical ? down : across,
      over = piece.vertical ? across : down;
    const cellOf = (line: number, step: number): number =>
      piece.vertical ? step * columns + line : line * columns + step;
    // Beside it, in its direction: the ways would run on top of each other.
    for (let line = firstFrom(onLines, level - 9); (onLines[line] ?? Infinity) <= level + 9; line += 1) {
      for (
        let step = Math.max(0, firstFrom(overLines, begin) - 1);
        (overLines[step] ?? Infinity) < end;
        step += 1
      )
        along[cellOf(line, step)] = (along[cellOf(line, step)] ?? 0) + same;
    }
    // Over it, in the other direction: they cross.
    const before = firstFrom(onLines, level) - 1;
    if (before < 0 || before + 1 >= onLines.length) continue;
    for (let step = firstFrom(overLines, begin - 1); (overLines[step] ?? Infinity) <= end + 1; step += 1) {
      const cell = cellOf(before, step);
      over[cell] = (over[cell] ?? 0) + other;
    }
  }
  return { xs, ys, blocked, across, down };
}

/** Lines at these places and at some lanes on either side of these borders, within bounds, ascending. */
function lines(
  places: number[],
  borders: number[],
  [least, most]: readonly [number, number],
  same: number,
): number[] {
  const kept = [...new Set(places)];
  // Whole cells instead of distances: linear in the number of borders.
  const taken = new Set(kept.map((value) => Math.floor(value / same)));
  for (const by of [LANE, -LANE, STUB, -STUB, 2 * LANE, -2 * LANE]) {
    for (const border of borders) {
      const value = border + by,
        cell = Math.floor(value / same);
      if (value < least || value > most || taken.has(cell)) continue;
      taken.add(cell);
      kept.push(value);
    }
  }
  return kept.sort((a, b) => a - b);
}

function stub(box: Box, side: Side): Point {
  const { x, y } = port(box, side);
  if (side === 'top' || side === 'bottom') return { x, y: side === 'top' ? y - STUB : y + STUB };
  return { x: side === 'left' ? x - STUB : x + STUB, y };
}

/** Number of the first of the ascending values that is not below `value`. */
function firstFrom(values: readonly number[], value: number): number {
  let low = 0,
    high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nearest(values: readonly number[], value: number): number {
  const at = firstFrom(values, value);
  return at > 0 && value - (values[at - 1] ?? 0) < (values[at] ?? Infinity) - value ? at - 1 : at;
}
