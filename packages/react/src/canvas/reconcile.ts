import type { FlowDocument, FlowEdge, FlowNode, Point } from '@uxflow/flow';
import type { CanvasEdge, CanvasNode, FrameNode, PeerMark, StepNode } from './model.ts';
import { boxOf } from './node-size.ts';
import { readingDirection, type Direction, type Rect } from './route.ts';

/** What the canvas shows besides the document. */
export interface Marks {
  issues: ReadonlyMap<string, 'error' | 'warning' | 'info'>;
  peers: ReadonlyMap<string, readonly PeerMark[]>;
  /** Records that appeared while the editor was open. */
  arrived: ReadonlySet<string>;
  editingId: string | null;
}

/** Ways round nodes are sought up to this many nodes; beyond, transitions take the straight way. */
const ROUTED_NODES = 400;
const NO_PEERS: readonly PeerMark[] = [];
const NO_OBSTACLES: readonly Rect[] = [];

/**
 * React Flow's nodes for a document. Whatever has not changed keeps its object, so that React Flow renders only
 * what did; what React Flow itself knows of a node (selection, measurement, a drag under way) is kept.
 */
export function reconcileNodes(
  previous: readonly CanvasNode[],
  document: FlowDocument,
  marks: Marks,
  readOnly: boolean,
): CanvasNode[] {
  const known = new Map(previous.map((node) => [node.id, node]));
  const next: CanvasNode[] = [];
  for (const frame of Object.values(document.frames)) {
    const before = known.get(frame.id);
    if (before?.type === 'frame' && before.data.frame === frame) next.push(before);
    else next.push(frameNode(frame, document));
  }
  for (const node of Object.values(document.nodes)) {
    const before = known.get(node.id);
    next.push(stepNode(node, before?.type === 'step' ? before : undefined, marks, readOnly));
  }
  return next;
}

function frameNode(frame: FlowDocument['frames'][string], document: FlowDocument): FrameNode {
  let depth = 0;
  for (
    let parent = frame.parentId;
    parent !== undefined && depth < 32;
    parent = document.frames[parent]?.parentId
  )
    depth += 1;
  return {
    id: frame.id,
    type: 'frame',
    position: frame.position,
    width: frame.size.width,
    height: frame.size.height,
    data: { frame },
    draggable: false,
    selectable: false,
    focusable: false,
    connectable: false,
    zIndex: -100 + depth,
  };
}

function stepNode(node: FlowNode, before: StepNode | undefined, marks: Marks, readOnly: boolean): StepNode {
  const issue = marks.issues.get(node.id);
  const peers = marks.peers.get(node.id) ?? NO_PEERS;
  const arrived = marks.arrived.has(node.id);
  const editing = marks.editingId === node.id;
  if (before) {
    const data = before.data;
    const same =
      data.node === node &&
      data.issue === issue &&
      data.peers === peers &&
      data.arrived === arrived &&
      data.editing === editing &&
      before.draggable === !(readOnly || editing);
    if (same) return before;
  }
  const { width, height } = boxOf(node);
  return {
    ...before,
    id: node.id,
    type: 'step',
    width,
    height,
    // A known node stays where it is shown; the canvas then lets it glide to where it belongs.
    position: before?.position ?? node.position,
    draggable: !(readOnly || editing),
    ariaLabel: `${node.type}: ${node.title}`,
    data: { node, peers, arrived, editing, ...(issue && { issue }) },
  };
}

/** React Flow's edges for a document, under the same rule. */
export function reconcileEdges(
  previous: readonly CanvasEdge[],
  document: FlowDocument,
  marks: Marks,
  dragging: boolean,
): CanvasEdge[] {
  const known = new Map(previous.map((edge) => [edge.id, edge]));
  const rects = new Map(Object.values(document.nodes).map((node) => [node.id, rectOf(node)]));
  const direction = readingDirection(pairsOf(document.edges, rects));
  const outer = outermostBranches(document, rects, direction);
  const leaving = new Map<string, number>();
  for (const { id, source } of Object.values(document.edges)) {
    if (!outer.has(id)) leaving.set(source, (leaving.get(source) ?? 0) + 1);
  }
  const routed = !dragging && rects.size <= ROUTED_NODES;
  return Object.values(document.edges).map((edge) =>
    transition(
      edge,
      known.get(edge.id),
      document,
      marks,
      direction,
      outer.has(edge.id),
      !outer.has(edge.id) && (leaving.get(edge.source) ?? 0) > 1,
      routed ? rects : null,
    ),
  );
}

/** Of each decision, the branches that lead furthest to either side: they leave by that side, the others below. */
function outermostBranches(
  document: FlowDocument,
  rects: ReadonlyMap<string, Rect>,
  direction: Direction,
): Set<string> {
  const across = direction === 'down';
  const extremes = new Map<string, { least: [string, number]; most: [string, number] }>();
  for (const { id, source, target } of Object.values(document.edges)) {
    const rect = rects.get(target);
    if (!rect || document.nodes[source]?.type !== 'decision') continue;
    const at = across ? rect.x + rect.width / 2 : rect.y + rect.height / 2;
    const known = extremes.get(source);
    if (!known) extremes.set(source, { least: [id, at], most: [id, at] });
    else if (at < known.least[1]) known.least = [id, at];
    else if (at > known.most[1]) known.most = [id, at];
  }
  const outer = new Set<string>();
  for (const [source, { least, most }] of extremes) {
    const from = rects.get(source);
    if (!from) continue;
    const middle = across ? from.x + from.width / 2 : from.y + from.height / 2;
    if (least[1] < middle) outer.add(least[0]);
    if (most[1] > middle) outer.add(most[0]);
  }
  return outer;
}

function rectOf(node: FlowNode): Rect {
  const { width, height } = boxOf(node);
  return { ...node.position, width, height };
}

function* pairsOf(
  edges: FlowDocument['edges'],
  rects: ReadonlyMap<string, Rect>,
): Generator<readonly [Rect, Rect]> {
  for (const { source, target } of Object.values(edges)) {
    const from = rects.get(source);
    const to = rects.get(target);
    if (from && to) yield [from, to];
  }
}

function transition(
  edge: FlowEdge,
  before: CanvasEdge | undefined,
  document: FlowDocument,
  marks: Marks,
  direction: Direction,
  outer: boolean,
  shared: boolean,
  rects: ReadonlyMap<string, Rect> | null,
): CanvasEdge {
  const leaves = outer ? 'side' : 'end';
  const intoDecision = document.nodes[edge.target]?.type === 'decision';
  const arrived = marks.arrived.has(edge.id);
  const editing = marks.editingId === edge.id;
  const obstacles = rects ? obstaclesOf(edge, rects, before?.data?.obstacles) : NO_OBSTACLES;
  const data = before?.data;
  if (
    before &&
    data &&
    data.edge === edge &&
    data.direction === direction &&
    data.leaves === leaves &&
    data.intoDecision === intoDecision &&
    data.shared === shared &&
    data.arrived === arrived &&
    data.editing === editing &&
    data.obstacles === obstacles
  )
    return before;
  const from = document.nodes[edge.source]?.title ?? edge.source;
  const to = document.nodes[edge.target]?.title ?? edge.target;
  return {
    ...before,
    id: edge.id,
    source: edge.source,
    target: edge.target,
    type: 'transition',
    ariaLabel: `Transition from ${from} to ${to}${edge.label ? `, ${edge.label}` : ''}${edge.trigger === 'back' ? ', going back' : ''}`,
    data: { edge, direction, leaves, shared, intoDecision, obstacles, arrived, editing },
  };
}

/** Every other node near the way; the previous list when it is the same, so that nothing is drawn anew. */
function obstaclesOf(
  edge: FlowEdge,
  rects: ReadonlyMap<string, Rect>,
  before: readonly Rect[] | undefined,
): readonly Rect[] {
  const from = rects.get(edge.source);
  const to = rects.get(edge.target);
  if (!from || !to) return NO_OBSTACLES;
  const top = Math.min(from.y, to.y);
  const low = Math.max(from.y + from.height, to.y + to.height);
  const left = Math.min(from.x, to.x);
  const right = Math.max(from.x + from.width, to.x + to.width);
  const near: Rect[] = [];
  for (const [id, rect] of rects) {
    if (id === edge.source || id === edge.target) continue;
    const inRows = rect.y < low && rect.y + rect.height > top;
    const inColumns = rect.x < right && rect.x + rect.width > left;
    if (inRows || inColumns) near.push(rect);
  }
  if (near.length === 0) return NO_OBSTACLES;
  const same = before?.length === near.length && near.every((rect, index) => sameRect(rect, before[index]));
  return same && before ? before : near;
}

function sameRect(a: Rect, b: Rect | undefined): boolean {
  return b !== undefined && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** Where each step should be, for those that are elsewhere and not in somebody's hand. */
export function displacements(nodes: readonly CanvasNode[], document: FlowDocument): Map<string, Point> {
  const targets = new Map<string, Point>();
  for (const node of nodes) {
    if (node.type !== 'step' || node.dragging) continue;
    const position = document.nodes[node.id]?.position;
    if (!position) continue;
    if (position.x !== node.position.x || position.y !== node.position.y) targets.set(node.id, position);
  }
  return targets;
}
