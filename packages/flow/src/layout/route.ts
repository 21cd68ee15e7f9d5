import type { FlowDocument, FlowEdge, Point } from '../document/types.ts';
import { BoxIndex, boundsOf, grown, type Box } from './boxes.ts';
import { nodeBoxes } from './node-boxes.ts';
import { LabelPlacer, type Segment } from './route-labels.ts';
import { candidatePaths, selfPath, type End, type Path, type Side } from './route-paths.ts';
import { REACH, searchPath } from './route-search.ts';

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
  crossing: 300,
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

/** Past this many pixels of trouble beyond its length, a way is looked for that no candidate took. */
const TROUBLE = 130;
/** Times that edges in trouble are routed again. */
const REROUTES = 1;
/** Points looked at in all searches together. */
const MAX_STEPS = 1_500_000;

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
  readonly #pieces = new Map<FlowEdge, Segment[]>();
  /** Sides of nodes already used, as `id side in|out` → count. */
  readonly #sides = new Map<string, number>();
  readonly #decisions: ReadonlySet<string>;
  /** Sides by which the flow as a whole leaves and enters nodes: bottom and top, or right and left. */
  readonly #onward: { out: Side; in: Side };
  #steps = 0;

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
    const ordered = this.#edges.toSorted((a, b) => distance(a) - distance(b));
    const paths = new Map<FlowEdge, Path>();
    for (const edge of ordered) paths.set(edge, this.#use(edge, this.#choose(edge)));
    // Once more for those that are in trouble with what came after them.
    for (let round = 0; round < REROUTES; round += 1) {
      for (const edge of ordered) {
        const path = paths.get(edge);
        if (!path || edge.source === edge.target || this.#tired()) continue;
        this.#release(edge, path);
        const troubled = this.#cost(edge, path, Infinity) > spanOf(path) + TROUBLE;
        paths.set(edge, this.#use(edge, troubled ? this.#choose(edge, path) : path));
      }
    }
    // Labels come after all lines, so that they can keep off them.
    const labels = new LabelPlacer(this.#nodes, this.#segments);
    const routes: [string, Route][] = [];
    for (const edge of this.#edges) {
      const points = paths.get(edge)?.points;
      if (!points) continue;
      const label = labels.place(edge, points, this.#decisions.has(edge.source), this.#tired());
      routes.push([edge.id, { points, label }]);
    }
    return Object.fromEntries(routes);
  }

  #tired(): boolean {
    return this.#nodes.visited + this.#segments.visited > MAX_WORK;
  }

  /** The best way for an edge; `known` is one that it had before. */
  #choose(edge: FlowEdge, known?: Path): Path {
    const source = this.#end(edge.source),
      target = this.#end(edge.target);
    if (!source || !target) throw new Error('only edges between placed nodes are routed');
    if (edge.source === edge.target) {
      return selfPath(source, this.#count(edge.source, 'right', 'out') % 4, source.diamond);
    }
    let best = known;
    let bestCost = known ? this.#cost(edge, known, Infinity) : Infinity;
    const tired = this.#tired();
    const candidates = candidatePaths(source, target, tired ? [] : this.#between(source, target));
    for (const path of tired ? candidates.slice(0, 1) : candidates) {
      const cost = tired ? 0 : this.#cost(edge, path, bestCost);
      if (cost < bestCost) [best, bestCost] = [path, cost];
    }
    if (best && !tired && bestCost > spanOf(best) + TROUBLE && this.#steps < MAX_STEPS) {
      const found = this.#search(edge, source, target);
      if (found && this.#cost(edge, found, bestCost) < bestCost) best = found;
    }
    const centre = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });
    return best
      ? { ...best, points: withoutIdleCorners(best.points) }
      : { points: [centre(source), centre(target)], from: 'bottom', to: 'top' };
  }

  #search(edge: FlowEdge, source: End, target: End): Path | undefined {
    const area = grown(boundsOf([source, target]), REACH);
    const obstacles = new Set<Box>(),
      pieces = new Set<Segment>();
    this.#nodes.hit(area, (box) => obstacles.add(box).size < 0);
    this.#segments.hit(area, (piece) => pieces.add(piece).size < 0);
    const { path, steps } = searchPath({
      source,
      target,
      obstacles: [...obstacles],
      pieces: [...pieces],
      meeting: (piece, vertical) => this.#meetingCost(edge, piece, vertical),
      bend: COST.bend,
      leaving: (side) => this.#leavingCost(edge, side),
      arriving: (side) => this.#arrivingCost(edge, side),
    });
    this.#steps += steps;
    return path && { ...path, points: withoutIdleCorners(path.points) };
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
    let cost =
      (path.points.length - 2) * COST.bend +
      this.#leavingCost(edge, path.from) +
      this.#arrivingCost(edge, path.to);
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

  /** Branches of a decision leave by different tips, and nothing leaves where something arrives. */
  #leavingCost(edge: FlowEdge, from: Side): number {
    const out = this.#count(edge.source, from, 'out');
    const decides = this.#decisions.has(edge.source);
    const leaving =
      from === this.#onward.out ? 0 : from === this.#onward.in ? COST.against : decides ? 0 : COST.sideways;
    return (
      leaving +
      out * (decides ? 3 : 1) * COST.usedSide +
      (this.#count(edge.source, from, 'in') > 0 ? COST.mixedSide : 0)
    );
  }

  #arrivingCost(edge: FlowEdge, to: Side): number {
    const beside = this.#decisions.has(edge.target) ? COST.tip : COST.sideways;
    const arriving = to === this.#onward.in ? 0 : to === this.#onward.out ? COST.against : beside;
    return arriving + (this.#count(edge.target, to, 'out') > 0 ? COST.mixedSide : 0);
  }

  #count(id: string, side: Side, way: 'in' | 'out'): number {
    return this.#sides.get(`${way} ${side} ${id}`) ?? 0;
  }

  #use(edge: FlowEdge, path: Path): Path {
    const pieces: Segment[] = [];
    for (const [number, point] of path.points.slice(1).entries()) {
      const before = path.points[number];
      if (before) pieces.push({ ...lineBox(before, point), edge, vertical: before.x === point.x });
    }
    for (const piece of pieces) this.#segments.add(piece);
    this.#pieces.set(edge, pieces);
    this.#countSides(edge, path, 1);
    return path;
  }

  /** Takes back what `use` did. */
  #release(edge: FlowEdge, path: Path): void {
    for (const piece of this.#pieces.get(edge) ?? []) this.#segments.delete(piece);
    this.#countSides(edge, path, -1);
  }

  #countSides(edge: FlowEdge, { from, to }: Path, by: number): void {
    this.#sides.set(`out ${from} ${edge.source}`, this.#count(edge.source, from, 'out') + by);
    this.#sides.set(`in ${to} ${edge.target}`, this.#count(edge.target, to, 'in') + by);
  }
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

/** Pixels that a way between its ends has at least. */
function spanOf({ points }: Path): number {
  const first = points[0],
    last = points.at(-1);
  return first && last ? Math.abs(first.x - last.x) + Math.abs(first.y - last.y) : 0;
}
