import type { FlowDocument, Point } from '../document/types.ts';
import { BoxIndex, freeSpot } from './boxes.ts';
import { nodeBoxes } from './node-boxes.ts';
import { nodeSize, type SizedNode } from './node-size.ts';

const GAP = 40;
const RANK_GAP = 72;

/** `placeNear` for many questions about the same document: looks at all nodes only once. */
export function placer(document: FlowDocument): (newNode: SizedNode, neighbourId?: string) => Point {
  const boxes = nodeBoxes(document);
  const index = new BoxIndex(boxes.values());
  const last = [...boxes.keys()].at(-1);
  return (newNode, neighbourId) => {
    const neighbour = boxes.get(neighbourId ?? '') ?? boxes.get(last ?? '');
    if (!neighbour) return { x: 0, y: 0 };
    const { x, y, width, height } = neighbour;
    const size = nodeSize(newNode);
    const wanted =
      newNode.type === 'note'
        ? { x: x + width + GAP, y }
        : { x: x + width / 2 - size.width / 2, y: y + height + RANK_GAP };
    return freeSpot(index, size, wanted, GAP);
  };
}

/**
 * A provisional place for a node that is about to be added, on nothing else: below its neighbour, or beside what
 * already stands there. Without a neighbour, below the node that came last. For drawing step by step, before a
 * real layout. Canvas pixels.
 */
export function placeNear(document: FlowDocument, newNode: SizedNode, neighbourId?: string): Point {
  return placer(document)(newNode, neighbourId);
}
