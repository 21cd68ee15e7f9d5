import type { FlowDocument, FlowEdge, Point } from '../document/types.ts';
import { BoxIndex, boundsOf, grown, type Box } from './boxes.ts';
import { nodeBoxes } from './node-boxes.ts';
import { lineBox, spanOf, withoutIdleCorners } from './lines.ts';
import { LabelPlacer, type Segment } from './route-labels.ts';
import { candidatePaths, selfPath, type End, type Path } from './route-paths.ts';
import { REACH, searchPath } from './route-search.ts';
import { Sides } from './route-sides.ts';

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
const REROUTES = 2;
/** Work of these second looks, as a multiple of that of the first. */
const REROUTE_WORK = 2;
/** Edges that one in trouble tries to go before. */
const RIVALS = 3;
/** Points looked at in all searches together: for each edge, and at most. */
const STEPS_PER_EDGE = 2_000;
const MAX_STEPS = 1_500_000;

/**
 * Orthogonal lines for all edges: round nodes, apart from each other where they run in parallel, crossing little,
 * with labels beside nodes. Short edges choose first, and those in trouble once more when all have chosen. Edges
 * without both ends are left out.
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
  readonly #sides: Sides;
  readonly #decisions: ReadonlySet<string>;
  #steps = 0;
  #maxWork = MAX_WORK;

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
    this.#sides = new Sides(this.#decisions, this.#runsSideways());
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
    // In a heap of nodes every edge is in trouble for good: looking again must not take many times as long.
    this.#maxWork = Math.min(MAX_WORK, this.#work() * (1 + REROUTE_WORK) + 100_000);
    for (let round = 0; round < REROUTES; round += 1) {
      for (const edge of ordered) this.#reroute(edge, paths, round === 0);
    }
    this.#maxWork = MAX_WORK;
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

  /** Looks for another way where an edge is in trouble with what came after it, if need be together with another. */
  #reroute(edge: FlowEdge, paths: Map<FlowEdge, Path>, withOthers: boolean): void {
    const old = paths.get(edge);
    if (!old || edge.source === edge.target || this.#tired()) return;
    this.#release(edge, old);
    const oldCost = this.#cost(edge, old, Infinity);
    if (oldCost <= spanOf(old.points) + TROUBLE) {
      this.#use(edge, old);
      return;
    }
    const alone = this.#choose(edge, old);
    const rivals = withOthers ? this.#crossed(edge, alone) : [];
    paths.set(edge, this.#use(edge, alone));
    for (const rival of rivals) this.#letFirst(edge, rival, paths);
  }

  /** Gives an edge its way before another one, and keeps both new ways if they are better together. */
  #letFirst(edge: FlowEdge, rival: FlowEdge, paths: Map<FlowEdge, Path>): void {
    const [old, oldRival] = [paths.get(edge), paths.get(rival)];
    if (!old || !oldRival || rival.source === rival.target || this.#tired()) return;
    this.#release(rival, oldRival);
    this.#release(edge, old);
    const before = this.#cost(edge, old, Infinity) + this.#costAfter(edge, old, rival, oldRival);
    const first = this.#choose(edge);
    this.#use(edge, first);
    const second = this.#choose(rival);
    this.#release(edge, first);
    const now = this.#cost(edge, first, Infinity) + this.#costAfter(edge, first, rival, second);
    const better = now < before;
    paths.set(edge, this.#use(edge, better ? first : old));
    paths.set(rival, this.#use(rival, better ? second : oldRival));
  }

  #costAfter(edge: FlowEdge, path: Path, next: FlowEdge, nextPath: Path): number {
    this.#use(edge, path);
    const cost = this.#cost(next, nextPath, Infinity);
    this.#release(edge, path);
    return cost;
  }

  /** Some edges that a way crosses, those that begin where it begins first. */
  #crossed(edge: FlowEdge, { points }: Path): FlowEdge[] {
    const found = new Set<FlowEdge>();
    for (const [number, point] of points.slice(1).entries()) {
      const before = points[number];
      if (!before) continue;
      const line = lineBox(before, point);
      this.#segments.hit(line, (other) => {
        if (this.#meetingCost(edge, other, line.width < line.height) > 0) found.add(other.edge);
        return false;
      });
    }
    const begins = ({ source }: FlowEdge): number => (source === edge.source ? 0 : 1);
    return [...found].sort((a, b) => begins(a) - begins(b)).slice(0, RIVALS);
  }

  #tired(): boolean {
    return this.#work() > this.#maxWork;
  }

  #work(): number {
    return this.#nodes.visited + this.#segments.visited;
  }

  /** The best way for an edge; `known` is one that it had before. */
  #choose(edge: FlowEdge, known?: Path): Path {
    const source = this.#end(edge.source),
      target = this.#end(edge.target);
    if (!source || !target) throw new Error('only edges between placed nodes are routed');
    if (edge.source === edge.target) {
      return selfPath(source, this.#sides.count(edge.source, 'right', 'out') % 4, source.diamond);
    }
    let best = known;
    let bestCost = known ? this.#cost(edge, known, Infinity) : Infinity;
    const tired = this.#tired();
    if (tired && known) return known;
    const candidates = candidatePaths(source, target, tired ? [] : this.#between(source, target));
    for (const path of tired ? candidates.slice(0, 1) : candidates) {
      const cost = tired ? 0 : this.#cost(edge, path, bestCost);
      if (cost < bestCost) [best, bestCost] = [path, cost];
    }
    if (
      best &&
      !tired &&
      bestCost > spanOf(best.points) + TROUBLE &&
      this.#steps < Math.min(MAX_STEPS, this.#edges.length * STEPS_PER_EDGE)
    ) {
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
      leaving: (side) => this.#sides.leaving(edge, side),
      arriving: (side) => this.#sides.arriving(edge, side),
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
      this.#sides.leaving(edge, path.from) +
      this.#sides.arriving(edge, path.to);
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

  #use(edge: FlowEdge, path: Path): Path {
    const pieces: Segment[] = [];
    for (const [number, point] of path.points.slice(1).entries()) {
      const before = path.points[number];
      if (before) pieces.push({ ...lineBox(before, point), edge, vertical: before.x === point.x });
    }
    for (const piece of pieces) this.#segments.add(piece);
    this.#pieces.set(edge, pieces);
    this.#sides.use(edge, path, 1);
    return path;
  }

  /** Takes back what `use` did. */
  #release(edge: FlowEdge, path: Path): void {
    for (const piece of this.#pieces.get(edge) ?? []) this.#segments.delete(piece);
    this.#sides.use(edge, path, -1);
  }
}
