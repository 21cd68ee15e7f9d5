import { LIMITS } from '../document/limits.ts';
import type { FlowDocument, Frame, Point, Size } from '../document/types.ts';
import { BoxIndex, freeSpot, type Box } from './boxes.ts';
import { edgeText } from './edge-text.ts';
import type { Item, Link } from './graph.ts';
import { FRAME_PADDING, ROOT, frameBoxes, hierarchyOf, sizeRound, type Hierarchy } from './hierarchy.ts';
import type { Direction, Spacing } from './layered.ts';
import { labelSize } from './node-size.ts';
import { bundle, notesByAnchor } from './notes.ts';
import { placeItems } from './pack.ts';

export interface Arrangement {
  nodes: Map<string, Box>;
  frames: Map<string, Box>;
}

/**
 * Places the whole document: each frame's inside first, then the frame as one box among its neighbours, so that
 * frames never run into what is not theirs. Fixed nodes stay; the rest is moved towards them and out of their way.
 */
export function arrangeAll(
  document: FlowDocument,
  boxes: Map<string, Box>,
  fixed: ReadonlySet<string>,
  direction: Direction,
  spacing: Spacing,
): Arrangement {
  const hierarchy = hierarchyOf(document);
  const { nodes: wanted, frames: framesAt } = byHierarchy(document, hierarchy, boxes, direction, spacing);
  const shift = shiftTo(fixed, boxes, wanted);
  const moved = new Map<string, Box>();
  for (const [id, box] of wanted) moved.set(id, { ...box, x: box.x + shift.x, y: box.y + shift.y });
  for (const id of fixed) {
    const box = boxes.get(id);
    if (box) moved.set(id, box);
  }
  const nodes = withoutOverlaps(withinCanvas(moved, fixed, direction, spacing), fixed, spacing);
  const empty = (frame: Frame): Box => {
    const at = framesAt.get(frame.id) ?? frame.position;
    return { x: at.x + shift.x, y: at.y + shift.y, ...frame.size };
  };
  return { nodes, frames: frameBoxes(hierarchy, nodes, empty) };
}

function byHierarchy(
  document: FlowDocument,
  hierarchy: Hierarchy,
  boxes: Map<string, Box>,
  direction: Direction,
  spacing: Spacing,
): { nodes: Map<string, Box>; frames: Map<string, Point> } {
  const notes = notesByAnchor(document, boxes);
  const bundled = new Set([...notes.values()].flat());
  const bundles = new Map<string, ReturnType<typeof bundle>>();
  const items = new Map<string, Item[]>([
    [ROOT, []],
    ...hierarchy.frames.map(({ id }): [string, Item[]] => [id, []]),
  ]);
  // A frame stands in its container's order where its first node would: frames are not pushed to the end.
  const firstOf = new Map<string, number>();
  for (const [id, box] of boxes) {
    const order = firstOf.size;
    for (let key = nodeKey(id), container = hierarchy.frameOf.get(id); !firstOf.has(key);) {
      firstOf.set(key, order);
      if (container === undefined || container === ROOT) break;
      key = frameKey(container);
      container = hierarchy.parentOf.get(container);
    }
    if (bundled.has(id)) continue;
    const whole = bundle(
      box,
      (notes.get(id) ?? []).flatMap((note) => boxes.get(note) ?? []),
    );
    bundles.set(id, whole);
    items.get(hierarchy.frameOf.get(id) ?? ROOT)?.push({ key: nodeKey(id), ...whole.size });
  }
  const links = linksByContainer(document, hierarchy, bundles);

  // Insides before outsides: a frame's size is known when its neighbours are placed.
  const inside = new Map<string, Map<string, Point>>();
  const inOrder = (container: string): Item[] =>
    (items.get(container) ?? []).sort(
      (a, b) => (firstOf.get(a.key) ?? Infinity) - (firstOf.get(b.key) ?? Infinity),
    );
  for (const frame of hierarchy.frames.toReversed()) {
    const own = inOrder(frame.id);
    const { positions, size } = placeItems(own, links.get(frame.id) ?? [], direction, spacing);
    inside.set(frame.id, positions);
    const frameSize: Size = own.length === 0 ? frame.size : sizeRound(size, frame.title);
    items.get(hierarchy.parentOf.get(frame.id) ?? ROOT)?.push({ key: frameKey(frame.id), ...frameSize });
  }
  inside.set(ROOT, placeItems(inOrder(ROOT), links.get(ROOT) ?? [], direction, spacing).positions);

  // Outsides before insides: a frame's place is known when its content is moved there.
  const frames = new Map<string, Point>();
  const originOf = (container: string): Point => {
    const at = frames.get(container);
    return at ? { x: at.x + FRAME_PADDING.side, y: at.y + FRAME_PADDING.top } : { x: 0, y: 0 };
  };
  for (const { id } of hierarchy.frames) {
    const container = hierarchy.parentOf.get(id) ?? ROOT;
    const at = inside.get(container)?.get(frameKey(id)) ?? { x: 0, y: 0 };
    frames.set(id, add(originOf(container), at));
  }
  const nodes = new Map<string, Box>();
  for (const [id, whole] of bundles) {
    const container = hierarchy.frameOf.get(id) ?? ROOT;
    const at = add(originOf(container), inside.get(container)?.get(nodeKey(id)) ?? { x: 0, y: 0 });
    const place = (nodeId: string, offset: Point | undefined): void => {
      const box = boxes.get(nodeId);
      if (box && offset) nodes.set(nodeId, { ...box, ...add(at, offset) });
    };
    place(id, whole.nodeAt);
    for (const [number, note] of (notes.get(id) ?? []).entries()) place(note, whole.notesAt[number]);
  }
  return { nodes, frames };
}

// Two name spaces, because a node and a frame may have the same id.
const nodeKey = (id: string): string => `n${id}`;
const frameKey = (id: string): string => `f${id}`;
const add = (a: Point, b: Point): Point => ({ x: a.x + b.x, y: a.y + b.y });

/** Each edge as a link in the innermost container that holds both its ends, between what they are there. */
function linksByContainer(
  document: FlowDocument,
  hierarchy: Hierarchy,
  bundles: ReadonlyMap<string, unknown>,
): Map<string, Link[]> {
  const chainOf = (nodeId: string): { container: string; key: string }[] => {
    const chain = [];
    let key = nodeKey(nodeId);
    for (let container = hierarchy.frameOf.get(nodeId); container !== undefined;) {
      chain.push({ container, key });
      if (container === ROOT) break;
      key = frameKey(container);
      container = hierarchy.parentOf.get(container);
    }
    return chain;
  };
  const result = new Map<string, Link[]>();
  for (const edge of Object.values(document.edges)) {
    if (!bundles.has(edge.source) || !bundles.has(edge.target)) continue;
    const sources = new Map(chainOf(edge.source).map(({ container, key }) => [container, key]));
    for (const { container, key } of chainOf(edge.target)) {
      const from = sources.get(container);
      if (from === undefined) continue;
      const link = { from, to: key, label: labelSize(edgeText(edge)), back: edge.trigger === 'back' };
      const links = result.get(container);
      if (links) links.push(link);
      else result.set(container, [link]);
      break;
    }
  }
  return result;
}

/** The move that brings the new places of fixed nodes nearest to where they really stay: the median difference. */
function shiftTo(fixed: ReadonlySet<string>, boxes: Map<string, Box>, wanted: Map<string, Box>): Point {
  const pairs = [...fixed].flatMap((id) => {
    const from = wanted.get(id),
      to = boxes.get(id);
    return from && to ? [{ x: to.x - from.x, y: to.y - from.y }] : [];
  });
  const median = (values: number[]): number =>
    Math.round(values.sort((a, b) => a - b)[values.length >> 1] ?? 0);
  return { x: median(pairs.map(({ x }) => x)), y: median(pairs.map(({ y }) => y)) };
}

/** A layout that would leave the canvas is replaced by plain rows, which thousands of nodes fit into. */
function withinCanvas(
  nodes: Map<string, Box>,
  fixed: ReadonlySet<string>,
  direction: Direction,
  spacing: Spacing,
): Map<string, Box> {
  const outside = ({ x, y, width, height }: Box): boolean =>
    Math.max(Math.abs(x), Math.abs(y), Math.abs(x + width), Math.abs(y + height)) > LIMITS.coordinate;
  if (![...nodes].some(([id, box]) => !fixed.has(id) && outside(box))) return nodes;
  const items = [...nodes]
    .filter(([id]) => !fixed.has(id))
    .map(([key, { width, height }]) => ({ key, width, height }));
  const { positions, size } = placeItems(items, [], direction, spacing);
  const clamp = (value: number): number => Math.min(LIMITS.coordinate, Math.max(-LIMITS.coordinate, value));
  const result = new Map(nodes);
  for (const [id, at] of positions) {
    const box = nodes.get(id);
    const x = clamp(at.x - Math.round(size.width / 2)),
      y = clamp(at.y - Math.round(size.height / 2));
    if (box) result.set(id, { ...box, x, y });
  }
  return result;
}

/** Moves nodes that stand on others to the nearest free place. Those that stand well keep their place first. */
function withoutOverlaps(
  nodes: Map<string, Box>,
  fixed: ReadonlySet<string>,
  spacing: Spacing,
): Map<string, Box> {
  const index = new BoxIndex([...fixed].flatMap((id) => nodes.get(id) ?? []));
  const result = new Map(nodes);
  const homeless: [string, Box][] = [];
  for (const [id, box] of nodes) {
    if (fixed.has(id)) continue;
    if (index.hit(box)) homeless.push([id, box]);
    else index.add(box);
  }
  for (const [id, box] of homeless) {
    const free = { ...box, ...freeSpot(index, box, box, Math.round(spacing.node / 2)) };
    index.add(free);
    result.set(id, free);
  }
  return result;
}
