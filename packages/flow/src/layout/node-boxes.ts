import type { FlowDocument } from '../document/types.ts';
import type { Box } from './boxes.ts';
import { nodeSize } from './node-size.ts';

/** The size and place of every node as it stands now. Apart from the layout, so that drawing needs no dagre. */
export function nodeBoxes(document: FlowDocument): Map<string, Box> {
  return new Map(
    Object.values(document.nodes).map((node) => [node.id, { ...node.position, ...nodeSize(node) }]),
  );
}
