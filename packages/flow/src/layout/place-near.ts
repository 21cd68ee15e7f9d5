import type { FlowDocument, Point } from '../document/types.ts';
import { BoxIndex, freeSpot } from './boxes.ts';
import { nodeSize, type SizedNode } from './node-size.ts';

const GAP = 40;
const RANK_GAP = 72;

/**
 * A provisional place for a node that is about to be added, on nothing else: below its neighbour, or beside what
 * already stands there. Without a neighbour, below the node that came last. For drawing step by step, before a
 * real layout. Canvas pixels.
 */
export function placeNear(document: FlowDocument, newNode: SizedNode, neighbourId?: string): Point {
  const nodes = Object.values(document.nodes);
  const neighbour = nodes.find(({ id }) => id === neighbourId) ?? nodes.at(-1);
  if (!neighbour) return { x: 0, y: 0 };
  const size = nodeSize(newNode);
  const index = new BoxIndex(nodes.map((node) => ({ ...node.position, ...nodeSize(node) })));
  const { width, height } = nodeSize(neighbour);
  const { x, y } = neighbour.position;
  const wanted = newNode.type === 'note'
    ? { x: x + width + GAP, y }
    : { x: x + width / 2 - size.width / 2, y: y + height + RANK_GAP };
  return freeSpot(index, size, wanted, GAP);
}
