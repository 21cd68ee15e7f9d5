import type { FlowDocument, Point } from '@uxflow/flow';
import type { Box } from '@uxflow/flow/layout';

/** What a layout draws, in pixels: boxes of nodes, lines of edges, boxes of labels. */
export interface Drawing {
  nodes: ReadonlyMap<string, Box>;
  lines: ReadonlyMap<string, readonly Point[]>;
  labels: ReadonlyMap<string, Box>;
}

export interface Quality {
  crossings: number;
  overlaps: number;
  throughNodes: number;
  /** Labels that stand on a node or on another label. */
  hiddenLabels: number;
  /** Pixels. */
  length: number;
}

interface Piece {
  edge: string;
  a: Point;
  b: Point;
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export function qualityOf(document: FlowDocument, { nodes, lines, labels }: Drawing): Quality {
  const boxes = [...nodes];
  const pieces: Piece[] = [];
  for (const [edge, points] of lines) {
    for (const [number, b] of points.slice(1).entries()) {
      const a = points[number];
      if (a) pieces.push({ edge, a, b });
    }
  }
  const ends = (id: string): readonly (string | undefined)[] => [
    document.edges[id]?.source,
    document.edges[id]?.target,
  ];
  let throughNodes = 0;
  for (const [edge] of lines) {
    const own = pieces.filter((piece) => piece.edge === edge);
    throughNodes += boxes.filter(
      ([id, box]) => !ends(edge).includes(id) && own.some((piece) => runsThrough(piece, box)),
    ).length;
  }
  let overlaps = 0;
  for (const [number, [, box]] of boxes.entries())
    overlaps += boxes.slice(number + 1).filter(([, other]) => overlap(box, other)).length;
  const tags = [...labels.values()];
  const hiddenLabels = tags.filter(
    (tag, number) =>
      boxes.some(([, box]) => overlap(tag, box)) ||
      tags.some((other, place) => place !== number && overlap(tag, other)),
  ).length;
  const length = pieces.reduce((sum, { a, b }) => sum + Math.hypot(a.x - b.x, a.y - b.y), 0);
  return { crossings: crossingsOf(pieces, ends), overlaps, throughNodes, hiddenLabels, length };
}

/** Points where two lines cross, and pairs of lines without a common end that run on top of each other. */
function crossingsOf(pieces: Piece[], ends: (edge: string) => readonly (string | undefined)[]): number {
  const left = ({ a, b }: Piece): number => Math.min(a.x, b.x);
  const sorted = pieces.toSorted((p, q) => left(p) - left(q));
  const onTop = new Set<string>();
  let crossings = 0;
  for (const [number, one] of sorted.entries()) {
    const right = Math.max(one.a.x, one.b.x);
    for (let next = number + 1; next < sorted.length; next += 1) {
      const other = sorted[next];
      if (!other || left(other) > right) break;
      if (one.edge === other.edge) continue;
      if (cross(one, other)) crossings += 1;
      else if (sharesWay(one, other) && !ends(one.edge).some((end) => ends(other.edge).includes(end)))
        onTop.add([one.edge, other.edge].toSorted().join(' '));
    }
  }
  return crossings + onTop.size;
}

const side = (a: Point, b: Point, p: Point): number => (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);

function cross(one: Piece, other: Piece): boolean {
  return (
    side(one.a, one.b, other.a) * side(one.a, one.b, other.b) < 0 &&
    side(other.a, other.b, one.a) * side(other.a, other.b, one.b) < 0
  );
}

function sharesWay(one: Piece, other: Piece): boolean {
  for (const [along, across] of [
    ['x', 'y'],
    ['y', 'x'],
  ] as const) {
    const level = one.a[across];
    if (
      [one.b, other.a, other.b].every((point) => Math.abs(point[across] - level) < 1) &&
      Math.min(Math.max(one.a[along], one.b[along]), Math.max(other.a[along], other.b[along])) -
        Math.max(Math.min(one.a[along], one.b[along]), Math.min(other.a[along], other.b[along])) >
        1
    )
      return true;
  }
  return false;
}

/** True when the piece has a point more than a pixel inside the box (Liang and Barsky's clipping). */
function runsThrough({ a, b }: Piece, box: Box): boolean {
  let from = 0,
    to = 1;
  for (const [delta, least, most] of [
    [b.x - a.x, box.x + 1 - a.x, box.x + box.width - 1 - a.x],
    [b.y - a.y, box.y + 1 - a.y, box.y + box.height - 1 - a.y],
  ] as const) {
    if (delta === 0) {
      if (least >= 0 || most <= 0) return false;
      continue;
    }
    from = Math.max(from, Math.min(least / delta, most / delta));
    to = Math.min(to, Math.max(least / delta, most / delta));
  }
  return from < to;
}

/** Mean pixels that the nodes of both drawings moved, a move of the whole drawing apart. */
export function movement(before: Drawing, after: Drawing): number {
  const moves = [...before.nodes].flatMap(([id, box]) => {
    const now = after.nodes.get(id);
    return now ? [{ x: now.x - box.x, y: now.y - box.y }] : [];
  });
  const middle = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  const x = middle(moves.map((move) => move.x)),
    y = middle(moves.map((move) => move.y));
  return moves.reduce((sum, move) => sum + Math.hypot(move.x - x, move.y - y), 0) / moves.length;
}
