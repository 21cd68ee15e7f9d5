import type { FlowDocument, FlowNode, Point, Size } from '../document/types.ts';
import type { Box } from './boxes.ts';

const NOTE_GAP = 24;
/** A loose note belongs to the nearest node within this many pixels, centre to centre. */
const NEAR = 480;

/** Notes by the node they belong to: one they are linked with, else the nearest one in the same frame. */
export function notesByAnchor(document: FlowDocument, boxes: Map<string, Box>): Map<string, string[]> {
  const nodes = new Map(Object.values(document.nodes).map((node) => [node.id, node]));
  const linked = new Map<string, string>();
  for (const { source, target } of Object.values(document.edges)) {
    const from = nodes.get(source),
      to = nodes.get(target);
    if (from?.type === 'note' && to && to.type !== 'note') linked.set(from.id, linked.get(from.id) ?? to.id);
    if (to?.type === 'note' && from && from.type !== 'note') linked.set(to.id, linked.get(to.id) ?? from.id);
  }
  const hosts = [...nodes.values()].filter(({ type }) => type !== 'note');
  const result = new Map<string, string[]>();
  for (const note of nodes.values()) {
    if (note.type !== 'note') continue;
    const anchor = linked.get(note.id) ?? nearest(note, hosts, boxes);
    if (anchor === undefined || nodes.get(anchor)?.frameId !== note.frameId) continue;
    const notes = result.get(anchor);
    if (notes) notes.push(note.id);
    else result.set(anchor, [note.id]);
  }
  return result;
}

function nearest(note: FlowNode, hosts: FlowNode[], boxes: Map<string, Box>): string | undefined {
  const centre = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });
  const own = boxes.get(note.id);
  if (!own) return undefined;
  let best: string | undefined,
    bestDistance = NEAR;
  for (const host of hosts) {
    const box = boxes.get(host.id);
    if (!box || host.frameId !== note.frameId) continue;
    const distance = Math.hypot(centre(box).x - centre(own).x, centre(box).y - centre(own).y);
    if (distance < bestDistance) [best, bestDistance] = [host.id, distance];
  }
  return best;
}

/**
 * A node with its notes stacked on its right, as one item. The same room is kept on the left, so that the
 * node stays in the middle, where its edges are.
 */
export function bundle(node: Size, notes: Size[]): { size: Size; nodeAt: Point; notesAt: Point[] } {
  if (notes.length === 0) return { size: node, nodeAt: { x: 0, y: 0 }, notesAt: [] };
  const stackWidth = Math.max(...notes.map(({ width }) => width));
  const stackHeight = notes.reduce((sum, { height }) => sum + height + NOTE_GAP, -NOTE_GAP);
  const side = stackWidth + NOTE_GAP;
  const height = Math.max(node.height, stackHeight);
  let y = Math.round((height - stackHeight) / 2);
  const notesAt = notes.map((note) => {
    const point = { x: side + node.width + NOTE_GAP, y };
    y += note.height + NOTE_GAP;
    return point;
  });
  return {
    size: { width: node.width + 2 * side, height },
    nodeAt: { x: side, y: Math.round((height - node.height) / 2) },
    notesAt,
  };
}
