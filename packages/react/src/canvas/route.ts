import type { Point } from '@uxflow/flow';

/** Orthogonal transitions between nodes. Pure geometry in canvas pixels; y grows downwards. */

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}
export type Side = 'top' | 'right' | 'bottom' | 'left';
/** Which way most of the flow reads. */
export type Direction = 'down' | 'right';

export interface Route {
  /** From the source's side to the target's side, corners included. */
  points: Point[];
  /** The side of the target that it enters: which way the arrow head looks. */
  enters: Side;
}

/** Least free space for an arrow between two facing sides. */
const GAP = 14;
/** How far a way round keeps from the nodes it passes. */
const CLEARANCE = 22;

const centre = (rect: Rect): Point => ({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 });
const right = (rect: Rect): number => rect.x + rect.width;
const bottom = (rect: Rect): number => rect.y + rect.height;
/** Swaps the axes, so that everything below is written once, for flows that read downwards. */
const flip = (rect: Rect): Rect => ({ x: rect.y, y: rect.x, width: rect.height, height: rect.width });
const FLIPPED = { top: 'left', left: 'top', bottom: 'right', right: 'bottom' } as const satisfies Record<
  Side,
  Side
>;

/** Which way a flow reads, told from where its transitions lead. Down when in doubt. */
export function readingDirection(pairs: Iterable<readonly [source: Rect, target: Rect]>): Direction {
  let balance = 0;
  for (const [source, target] of pairs) {
    if (target.y - bottom(source) >= GAP) balance += 1;
    if (target.x - right(source) >= GAP) balance -= 1;
  }
  return balance < 0 ? 'right' : 'down';
}

/** What running through a node costs, in pixels of way; a way round it is worth this much. */
const HIT_COST = 2_000;

/**
 * The best way from `source` to `target`: through the fewest of `obstacles`, then the shortest, the natural before
 * a way round.
 * @param leaves which side a branch of a decision leaves by, when it is one of several
 * @param busySides the target's sides are better left to what leaves there: it is a decision
 */
export function routeEdge(
  source: Rect,
  target: Rect,
  direction: Direction,
  leaves: 'side' | 'end',
  obstacles: readonly Rect[] = [],
  busySides = false,
): Route {
  const across = direction === 'right';
  const [from, to] = across ? [flip(source), flip(target)] : [source, target];
  const blocks = across ? obstacles.map(flip) : obstacles;
  let best: Route | undefined;
  let least = Infinity;
  for (const { route, bias } of candidates(from, to, leaves, blocks)) {
    const crowded = busySides && (route.enters === 'left' || route.enters === 'right') ? 300 : 0;
    const cost = countHits(route.points, blocks) * HIT_COST + lengthOf(route.points) + bias + crowded;
    if (cost < least) [best, least] = [route, cost];
  }
  const route = best ?? { points: [centre(from), centre(to)], enters: 'top' };
  if (!across) return route;
  return { points: route.points.map(({ x, y }) => ({ x: y, y: x })), enters: FLIPPED[route.enters] };
}

interface Candidate {
  route: Route;
  /** Pixels added to its length: how little natural it looks. */
  bias: number;
}

/** Possible ways. The flow reads downwards here. */
function* candidates(
  from: Rect,
  to: Rect,
  leaves: 'side' | 'end',
  blocks: readonly Rect[],
): Generator<Candidate> {
  const a = centre(from);
  const b = centre(to);
  const below = to.y - bottom(from) >= GAP;
  if (below) {
    const start = { x: a.x, y: bottom(from) };
    const end = { x: b.x, y: to.y };
    if ((b.x > right(from) || b.x < from.x) && to.y - a.y >= GAP * 2) {
      const out = { x: b.x > a.x ? right(from) : from.x, y: a.y };
      yield {
        route: { points: [out, { x: b.x, y: a.y }, end], enters: 'top' },
        bias: leaves === 'side' ? -400 : 400,
      };
    }
    // The bend stays near the source, so that what comes from one node reads as one fork …
    const bend = Math.min((start.y + end.y) / 2, start.y + 36);
    yield { route: straighten([start, { x: a.x, y: bend }, { x: b.x, y: bend }, end], 'top'), bias: 0 };
    // … or near the target, where a long way would otherwise cross what lies in between.
    const late = Math.max((start.y + end.y) / 2, end.y - 28);
    yield { route: straighten([start, { x: a.x, y: late }, { x: b.x, y: late }, end], 'top'), bias: 40 };
  } else if (to.y < bottom(from) && bottom(to) > from.y) {
    const rightwards = to.x - right(from) >= GAP;
    if (rightwards || from.x - right(to) >= GAP) {
      const start = { x: rightwards ? right(from) : from.x, y: a.y };
      const end = { x: rightwards ? to.x : right(to), y: b.y };
      const middle = (start.x + end.x) / 2;
      const points = [start, { x: middle, y: a.y }, { x: middle, y: b.y }, end];
      yield { route: straighten(points, rightwards ? 'left' : 'right'), bias: 0 };
    }
  }
  yield* waysRound(from, to, blocks);
}

/** Out by a side or the bottom, along a free lane past everything in between, and in by a side or the top. */
function* waysRound(from: Rect, to: Rect, blocks: readonly Rect[]): Generator<Candidate> {
  const a = centre(from);
  const b = centre(to);
  const top = Math.min(from.y, to.y);
  const low = Math.max(bottom(from), bottom(to));
  // A longer way round keeps further out, so that nested loops do not run on top of each other.
  const reach = CLEARANCE + Math.min(40, Math.abs(a.y - b.y) / 24);
  const between = blocks.filter((block) => block.y < low && bottom(block) > top);
  for (const out of [1, -1]) {
    let lane = out > 0 ? Math.max(right(from), right(to)) + reach : Math.min(from.x, to.x) - reach;
    // Nearest first: each node in the way pushes the lane past itself.
    const nearest = between.toSorted((p, q) => (out > 0 ? p.x - q.x : right(q) - right(p)));
    for (const block of nearest) {
      if (lane > block.x - CLEARANCE / 2 && lane < right(block) + CLEARANCE / 2) {
        lane = out > 0 ? right(block) + reach : block.x - reach;
      }
    }
    const side: Side = out > 0 ? 'right' : 'left';
    const under = bottom(from) + CLEARANCE;
    const over = to.y - CLEARANCE;
    const starts = [
      [
        { x: out > 0 ? right(from) : from.x, y: a.y },
        { x: lane, y: a.y },
      ],
      [
        { x: a.x, y: bottom(from) },
        { x: a.x, y: under },
        { x: lane, y: under },
      ],
    ];
    const ends: { points: Point[]; enters: Side }[] = [
      {
        points: [
          { x: lane, y: b.y },
          { x: out > 0 ? right(to) : to.x, y: b.y },
        ],
        enters: side,
      },
      {
        points: [
          { x: lane, y: over },
          { x: b.x, y: over },
          { x: b.x, y: to.y },
        ],
        enters: 'top',
      },
    ];
    for (const start of starts) {
      for (const { points, enters } of ends) {
        const bends = start.length + points.length - 4;
        // Loops back run on the right unless the left is clearly shorter.
        yield {
          route: { points: [...start, ...points], enters },
          bias: 200 + bends * 60 + (out > 0 ? 0 : 48),
        };
      }
    }
  }
}

function lengthOf(points: readonly Point[]): number {
  let length = 0;
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before) length += Math.abs(point.x - before.x) + Math.abs(point.y - before.y);
  });
  return length;
}

/** Leaves out bends that do not bend. */
function straighten(points: Point[], enters: Side): Route {
  const kept = points.filter((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before || !after) return true;
    const flat = Math.abs(before.y - point.y) < 0.5 && Math.abs(after.y - point.y) < 0.5;
    const upright = Math.abs(before.x - point.x) < 0.5 && Math.abs(after.x - point.x) < 0.5;
    return !flat && !upright;
  });
  return { points: kept, enters };
}

function countHits(points: readonly Point[], blocks: readonly Rect[]): number {
  let hits = 0;
  for (let index = 1; index < points.length; index += 1) {
    const p = points[index - 1];
    const q = points[index];
    if (!p || !q) continue;
    const [left, rightmost] = p.x < q.x ? [p.x, q.x] : [q.x, p.x];
    const [top, lowest] = p.y < q.y ? [p.y, q.y] : [q.y, p.y];
    for (const block of blocks) {
      if (
        left < right(block) - 1 &&
        rightmost > block.x + 1 &&
        top < bottom(block) - 1 &&
        lowest > block.y + 1
      )
        hits += 1;
    }
  }
  return hits;
}

/** SVG path data with rounded corners. */
export function pathData(points: readonly Point[], radius = 10): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M ${first.x} ${first.y}`;
  rest.forEach((point, index) => {
    const before = index === 0 ? first : rest[index - 1];
    const after = rest[index + 1];
    if (!before || !after) {
      path += ` L ${point.x} ${point.y}`;
      return;
    }
    const inbound = Math.hypot(point.x - before.x, point.y - before.y);
    const outbound = Math.hypot(after.x - point.x, after.y - point.y);
    const bend = Math.min(radius, inbound / 2, outbound / 2);
    const enter = towards(point, before, inbound, bend);
    const leave = towards(point, after, outbound, bend);
    path += ` L ${enter.x} ${enter.y} Q ${point.x} ${point.y} ${leave.x} ${leave.y}`;
  });
  return path;
}

function towards(from: Point, to: Point, length: number, distance: number): Point {
  if (length === 0) return from;
  return {
    x: from.x + ((to.x - from.x) / length) * distance,
    y: from.y + ((to.y - from.y) / length) * distance,
  };
}
