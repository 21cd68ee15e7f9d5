import type { FlowDocument, FlowEdge, Point } from '../document/types.ts';
import { BoxIndex, boundsOf, type Box } from './boxes.ts';
import { edgeText } from './edge-text.ts';
import { nodeBoxes } from './node-boxes.ts';
import { labelSize } from './node-size.ts';
import { candidatePaths, selfPath, type End, type Path, type Side } from './route-paths.ts';

export interface Route {
  /** Corners of the line from the source's border to the target's; the arrow head sits at the last. */
  points: Point[];
  /** Centre of the label. */
  label: Point;
}

/** What makes a way worse, in pixels of length that one would walk to avoid it. */
const COST = {
  node: 3_000,
  overlap: 700,
  crossing: 70,
  bend: 40,
  usedSide: 90,
  mixedSide: 350,
  against: 420,
  sideways: 45,
  tip: 130,
} as const;
/** Lines to the same node may join, but with different triggers their colours then hide each other. */
const JOINED = 450;
/** Lines from the same node may fork, but the answers of a decision should not begin as one line. */
const FORKED = { decision: 240, other: 40 } as const;
const MAX_OBSTACLES = 24;
/**
 * Looks at boxes, all edges together. Thousands of nodes on one spot would take minutes and still be unreadable;
 * past this every edge takes its first way without weighing it.
 */
const MAX_WORK = 30_000_000;

interface Segment extends Box {
  edge: FlowEdge;
  vertical: boolean;
}

/**
 * Orthogonal lines for all edges: round nodes where there is a simple way, apart from each other where they run in
 * parallel, with labels beside nodes. Short edges choose first. Edges without both ends are left out.
 */
export function route(document: FlowDocument): Record<string, Route> {
  return new Router(document).run();
}

class Router {
  readonly #edges: FlowEdge[];
  readonly #boxes: Map<string, Box>;
  readonly #nodes: BoxIndex;
  readonly #segments = new BoxIndex<Segment>();
  readonly #labels = new BoxIndex();
  /** Sides of nodes already used, as `id side in|out` → count. */
  readonly #sides = new Map<string, number>();
  readonly #decisions: ReadonlySet<string>;
  /** Sides by which the flow as a whole leaves and enters nodes: bottom and top, or right and left. */
  readonly #onward: { out: Side; in: Side };

  constructor(document: FlowDocument) {
    this.#boxes = nodeBoxes(document);
    this.#nodes = new BoxIndex(this.#boxes.values());
    this.#decisions = new Set(
      Object.values(document.nodes)
        .filter(({ type }) => type === 'decision')
        .map(({ id }) => id),
    );
    this.#edges = Object.values(document.edges).filter(
      ({ source, target }) => this.#boxes.has(source) && this.#boxes.has(target),
    );
    this.#onward = this.#runsSideways() ? { out: 'right', in: 'left' } : { out: 'bottom', in: 'top' };
  }

  #runsSideways(): boolean {
    let sideways = 0;
    for (const { source, target } of this.#edges) {
      const a = this.#boxes.get(source),
        b = this.#boxes.get(target);
      if (a && b) sideways += Math.abs(b.x - a.x) > Math.abs(b.y - a.y) ? 1 : -1;
    }
    return sideways > 0;
  }

  run(): Record<string, Route> {
    const distance = (edge: FlowEdge): number => {
      const a = this.#boxes.get(edge.source),
        b = this.#boxes.get(edge.target);
      return a && b ? Math.abs(a.x - b.x) + Math.abs(a.y - b.y) : 0;
    };
    const paths = new Map<FlowEdge, Path>();
    for (const edge of this.#edges.toSorted((a, b) => distance(a) - distance(b))) {
      const path = this.#choose(edge);
      this.#use(edge, path);
      paths.set(edge, path);
    }
    // Labels come after all lines, so that they can keep off them.
    const routes: [string, Route][] = [];
    for (const edge of this.#edges) {
      const points = paths.get(edge)?.points;
      if (points) routes.push([edge.id, { points, label: this.#placeLabel(edge, points) }]);
    }
    return Object.fromEntries(routes);
  }

  #choose(edge: FlowEdge): Path {
    const source = this.#end(edge.source),
      target = this.#end(edge.target);
    if (!source || !target) throw new Error('only edges between placed nodes are routed');
    if (edge.source === edge.target) {
      return selfPath(source, this.#count(edge.source, 'right', 'out') % 4, source.diamond);
    }
    let best: Path | undefined;
    let bestCost = Infinity;
    const tired = this.#nodes.visited + this.#segments.visited > MAX_WORK;
    const candidates = candidatePaths(source, target, tired ? [] : this.#between(source, target));
    for (const path of tired ? candidates.slice(0, 1) : candidates) {
      const cost = tired ? 0 : this.#cost(edge, path, bestCost);
      if (cost < bestCost) [best, bestCost] = [path, cost];
    }
    const centre = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });
    return best
      ? { ...best, points: withoutIdleCorners(best.points) }
      : { points: [centre(source), centre(target)], from: 'bottom', to: 'top' };
  }

  #end(id: string): End | undefined {
    const box = this.#boxes.get(id);
    return box && { ...box, diamond: this.#decisions.has(id) };
  }

  /** Nodes in and round the area between two boxes. */
  #between(source: Box, target: Box): Box[] {
    const area = boundsOf([source, target]);
    const found: Box[] = [];
    this.#nodes.hit(
      { x: area.x - 60, y: area.y - 60, width: area.width + 120, height: area.height + 120 },
      (box) => {
        if (!found.includes(box)) found.push(box);
        return found.length >= MAX_OBSTACLES;
      },
    );
    return found;
  }

  #cost(edge: FlowEdge, path: Path, giveUpAt: number): number {
    let cost = (path.points.length - 2) * COST.bend + this.#sideCost(edge, path);
    for (const [number, point] of path.points.slice(1).entries()) {
      const before = path.points[number];
      if (!before) continue;
      cost += Math.abs(point.x - before.x) + Math.abs(point.y - before.y);
      if (cost >= giveUpAt) return cost;
      const line = lineBox(before, point);
      const met = new Set<Box>();
      // The index tells of a large box once for each cell that it reaches into: count each once.
      this.#nodes.hit(line, (node) => {
        if (!met.has(node)) cost += COST.node;
        met.add(node);
        return cost >= giveUpAt;
      });
      this.#segments.hit(grown(line, 9), (other) => {
        if (!met.has(other)) cost += this.#meetingCost(edge, other, line.width < line.height);
        met.add(other);
        return cost >= giveUpAt;
      });
    }
    return cost;
  }

  #meetingCost(edge: FlowEdge, other: Segment, vertical: boolean): number {
    const joined = other.edge.target === edge.target,
      forked = other.edge.source === edge.source;
    if (other.vertical !== vertical) return joined ? 0 : COST.crossing;
    if (joined) return other.edge.trigger === edge.trigger ? 0 : JOINED;
    if (forked) return this.#decisions.has(edge.source) ? FORKED.decision : FORKED.other;
    return COST.overlap;
  }

  /** Branches of a decision leave by different tips, and nothing arrives where something leaves. */
  #sideCost(edge: FlowEdge, { from, to }: Path): number {
    const out = this.#count(edge.source, from, 'out');
    const decides = this.#decisions.has(edge.source);
    const leaving =
      from === this.#onward.out ? 0 : from === this.#onward.in ? COST.against : decides ? 0 : COST.sideways;
    const beside = this.#decisions.has(edge.target) ? COST.tip : COST.sideways;
    const arriving = to === this.#onward.in ? 0 : to === this.#onward.out ? COST.against : beside;
    return (
      leaving +
      arriving +
      out * (decides ? 3 : 1) * COST.usedSide +
      (this.#count(edge.source, from, 'in') > 0 ? COST.mixedSide : 0) +
      (this.#count(edge.target, to, 'out') > 0 ? COST.mixedSide : 0)
    );
  }

  #count(id: string, side: Side, way: 'in' | 'out'): number {
    return this.#sides.get(`${way} ${side} ${id}`) ?? 0;
  }

  #use(edge: FlowEdge, { points, from, to }: Path): void {
    this.#sides.set(`out ${from} ${edge.source}`, this.#count(edge.source, from, 'out') + 1);
    this.#sides.set(`in ${to} ${edge.target}`, this.#count(edge.target, to, 'in') + 1);
    for (const [number, point] of points.slice(1).entries()) {
      const before = points[number];
      if (before) this.#segments.add({ ...lineBox(before, point), edge, vertical: before.x === point.x });
    }
  }

  /** On the line, nearest to its beginning for a decision's answers, off nodes, labels and other lines if possible. */
  #placeLabel(edge: FlowEdge, points: Point[]): Point {
    const size = labelSize(edgeText(edge));
    const spots = labelSpots(points, this.#decisions.has(edge.source), size);
    const middle = spots[0] ?? points[0] ?? { x: 0, y: 0 };
    if (size.width === 0) return middle;
    let best = middle,
      bestCost = Infinity;
    const tired = this.#nodes.visited + this.#segments.visited > MAX_WORK;
    for (const [rank, spot] of (tired ? [] : spots).entries()) {
      const box = { x: spot.x - size.width / 2, y: spot.y - size.height / 2, ...size };
      let cost = rank;
      if (this.#nodes.hit(box)) cost += 1_000;
      if (this.#labels.hit(grown(box, 2))) cost += 500;
      this.#segments.hit(box, (other) => {
        if (other.edge !== edge) cost += 60;
        return false;
      });
      if (cost < bestCost) [best, bestCost] = [spot, cost];
    }
    this.#labels.add({ x: best.x - size.width / 2, y: best.y - size.height / 2, ...size });
    return best;
  }
}

/** Places along the line, best first: the middle of long pieces, then elsewhere. */
function labelSpots(points: Point[], nearStart: boolean, size: { width: number; height: number }): Point[] {
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

/** Without corners that turn nowhere, so that lines are drawn and measured as the eye sees them. */
function withoutIdleCorners(points: Point[]): Point[] {
  return points.filter((point, number) => {
    const before = points[number - 1],
      after = points[number + 1];
    if (!before || !after) return true;
    return !(before.x === point.x && point.x === after.x) && !(before.y === point.y && point.y === after.y);
  });
}

function lineBox(a: Point, b: Point): Box {
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

function grown(box: Box, by: number): Box {
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
}
