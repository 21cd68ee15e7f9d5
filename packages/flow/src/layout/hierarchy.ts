import type { FlowDocument, Frame, Size } from '../document/types.ts';
import { boundsOf, type Box } from './boxes.ts';
import { measureText } from './text.ts';

/** Pixels between a frame's border and what is in it; the title stands in the top. */
export const FRAME_PADDING: { side: number; top: number } = { side: 32, top: 56 };
export const FRAME_TITLE_SIZE = 13;
const MAX_TITLE_WIDTH = 400;

/** The container of everything that is in no frame. Not a legal id, so no frame can have it. */
export const ROOT = '';

/** Which frame is in which, safe against missing parents and cycles. Frames are listed parents first. */
export interface Hierarchy {
  frames: Frame[];
  /** Container of each frame: another frame's id or ROOT. */
  parentOf: Map<string, string>;
  /** Container of each node. */
  frameOf: Map<string, string>;
}

export function hierarchyOf(document: FlowDocument): Hierarchy {
  const known = new Map(Object.values(document.frames).map((frame) => [frame.id, frame]));
  const children = new Map<string, Frame[]>();
  for (const frame of known.values()) {
    const parent = frame.parentId !== undefined && known.has(frame.parentId) ? frame.parentId : ROOT;
    const siblings = children.get(parent);
    if (siblings) siblings.push(frame);
    else children.set(parent, [frame]);
  }
  const frames: Frame[] = [];
  const parentOf = new Map<string, string>();
  const visit = (container: string): void => {
    for (const frame of children.get(container) ?? []) {
      parentOf.set(frame.id, container);
      frames.push(frame);
    }
  };
  visit(ROOT);
  for (let head = 0; head < frames.length; head += 1) visit(frames[head]?.id ?? ROOT);
  for (const frame of known.values()) {
    if (parentOf.has(frame.id)) continue; // only frames of a cycle are left: each counts as a frame of its own
    parentOf.set(frame.id, ROOT);
    frames.push(frame);
  }
  const frameOf = new Map(
    Object.values(document.nodes).map((node) => [
      node.id,
      node.frameId !== undefined && known.has(node.frameId) ? node.frameId : ROOT,
    ]),
  );
  return { frames, parentOf, frameOf };
}

/** The frame's own minimum, so that its title fits. */
function minFrameWidth(title: string): number {
  return 2 * FRAME_PADDING.side + Math.ceil(Math.min(MAX_TITLE_WIDTH, measureText(title, FRAME_TITLE_SIZE)));
}

export function sizeRound(content: Size, title: string): Size {
  return {
    width: Math.max(content.width + 2 * FRAME_PADDING.side, minFrameWidth(title)),
    height: content.height + FRAME_PADDING.top + FRAME_PADDING.side,
  };
}

/** Boxes of the frames so that each holds its nodes and frames; an empty frame keeps the box it is given. */
export function frameBoxes(
  hierarchy: Hierarchy,
  nodes: Map<string, Box>,
  empty: (frame: Frame) => Box,
): Map<string, Box> {
  const content = new Map<string, Box[]>();
  const put = (container: string, box: Box): void => {
    const boxes = content.get(container);
    if (boxes) boxes.push(box);
    else content.set(container, [box]);
  };
  for (const [id, box] of nodes) put(hierarchy.frameOf.get(id) ?? ROOT, box);
  const result = new Map<string, Box>();
  for (const frame of hierarchy.frames.toReversed()) {
    const inside = content.get(frame.id);
    let box = empty(frame);
    if (inside) {
      const bounds = boundsOf(inside);
      box = {
        x: bounds.x - FRAME_PADDING.side,
        y: bounds.y - FRAME_PADDING.top,
        ...sizeRound(bounds, frame.title),
      };
    }
    result.set(frame.id, box);
    put(hierarchy.parentOf.get(frame.id) ?? ROOT, box);
  }
  return result;
}
