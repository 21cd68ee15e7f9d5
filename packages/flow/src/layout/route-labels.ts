import type { FlowEdge, Point, Size } from '../document/types.ts';
import { BoxIndex, grown, type Box } from './boxes.ts';
import { edgeText } from './edge-text.ts';
import { labelSize } from './node-size.ts';

/** What it costs a label to stand on another; on a node, twice that. */
const HIDDEN = 500;
/** Pixels between the spots that are looked at in the end, and how many they are at most. */
const EVERY = 12;
const MAX_SPOTS = 400;

/** A piece of an edge's line. */
export interface Segment extends Box {
  edge: FlowEdge;
  vertical: boolean;
}

/** Gives edges their labels one after another, each off nodes, other labels and other lines where there is room. */
export class LabelPlacer {
  readonly #labels = new BoxIndex();
  readonly #nodes: BoxIndex;
  readonly #segments: BoxIndex<Segment>;

  constructor(nodes: BoxIndex, segments: BoxIndex<Segment>) {
    this.#nodes = nodes;
    this.#segments = segments;
  }

  /**
   * The centre of the edge's label, on its line.
   * @param nearStart the label is a decision's answer: it stands where the line begins
   * @param hasty takes the first spot without looking at what is there
   */
  place(edge: FlowEdge, points: Point[], nearStart: boolean, hasty: boolean): Point {
    const size = labelSize(edgeText(edge));
    const spots = labelSpots(points, nearStart, size);
    const middle = spots[0] ?? points[0] ?? { x: 0, y: 0 };
    if (size.width === 0) return middle;
    let best = middle,
      bestCost = Infinity;
    for (const [rank, spot] of (hasty ? [] : spots).entries()) {
      const cost = rank + this.#trouble(edge, boxAt(spot, size));
      if (cost < bestCost) [best, bestCost] = [spot, cost];
    }
    // Where none of the good spots is free, anywhere along the line is better than on top of something.
    for (const spot of !hasty && bestCost >= HIDDEN ? everySpot(points) : []) {
      const cost = spots.length + this.#trouble(edge, boxAt(spot, size));
      if (cost < bestCost) [best, bestCost] = [spot, cost];
    }
    this.#labels.add(boxAt(best, size));
    return best;
  }

  #trouble(edge: FlowEdge, box: Box): number {
    let cost = 0;
    if (this.#nodes.hit(box)) cost += 2 * HIDDEN;
    if (this.#labels.hit(grown(box, 2))) cost += HIDDEN;
    this.#segments.hit(box, (other) => {
      if (other.edge !== edge) cost += 60;
      return false;
    });
    return cost;
  }
}

const boxAt = ({ x, y }: Point, size: Size): Box => ({
  x: x - size.width / 2,
  y: y - size.height / 2,
  ...size,
});

/** Places all along the line, from its beginning. */
function everySpot(points: Point[]): Point[] {
  const spots: Point[] = [];
  for (const [number, to] of points.slice(1).entries()) {
    const from = points[number] ?? to;
    const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
    for (let at = EVERY; at < length && spots.length < MAX_SPOTS; at += EVERY) {
      const share = at / length;
      spots.push({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
    }
  }
  return spots;
}

/** Places along the line, best first: the middle of long pieces, then elsewhere. */
function labelSpots(points: Point[], nearStart: boolean, size: Size): Point[] {
  const pieces = points.slice(1).map((to, number) => {
    const from = points[number] ?? to;
    const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
    const needed = from.y === to.y ? size.width : size.height;
    return { from, to, length, fits: length >= needed + 16 };
  });
  const order = nearStart ? pieces : pieces.toSorted((a, b) => b.length - a.length);
  const at =
    (share: number) =>
    ({ from, to }: (typeof pieces)[number]): Point => ({
      x: from.x + (to.x - from.x) * share,
      y: from.y + (to.y - from.y) * share,
    });
  const roomy = order.filter(({ fits }) => fits),
    tight = order.filter(({ fits }) => !fits);
  return [roomy, tight].flatMap((group) =>
    [0.5, 0.3, 0.7, 0.15, 0.85].flatMap((share) => group.map(at(share))),
  );
}
