import type { FlowDocument } from '../../document/types.ts';
import { frameBoxes, hierarchyOf } from '../../layout/hierarchy.ts';
import { arrange } from '../../layout/layout.ts';
import { nodeBoxes } from '../../layout/node-boxes.ts';

/**
 * Places what a file shows nowhere: these nodes by the layout, without moving the others, and every frame that is
 * not `shown` round what is in it.
 */
export function placeRest(
  document: FlowDocument,
  nodeIds: readonly string[],
  shown: ReadonlySet<string>,
): void {
  if (nodeIds.length > 0) {
    const { nodes } = arrange(document, { nodeIds });
    for (const id of nodeIds) {
      const [node, box] = [document.nodes[id], nodes.get(id)];
      if (node && box) node.position = { x: box.x, y: box.y };
    }
  }
  const boxes = frameBoxes(hierarchyOf(document), nodeBoxes(document), ({ position, size }) => ({
    ...position,
    ...size,
  }));
  for (const frame of Object.values(document.frames)) {
    const box = boxes.get(frame.id);
    if (!box || shown.has(frame.id)) continue;
    frame.position = { x: box.x, y: box.y };
    frame.size = { width: box.width, height: box.height };
  }
}
