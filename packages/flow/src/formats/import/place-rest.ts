import { LIMITS } from '../../document/limits.ts';
import type { FlowDocument } from '../../document/types.ts';
import { boundsOf } from '../../layout/boxes.ts';
import { frameBoxes, hierarchyOf } from '../../layout/hierarchy.ts';
import { arrange } from '../../layout/layout.ts';
import { nodeBoxes } from '../../layout/node-boxes.ts';

/** Pixels round what is put below a drawing, and how long its rows are. */
const GAP = 48;
const ROW = 1_600;

/**
 * Places what a file shows nowhere: a file without any places by the layout, single nodes in rows below the others,
 * which is quick whatever the drawing is; and every frame that is not `shown` round what is in it.
 */
export function placeRest(
  document: FlowDocument,
  nodeIds: readonly string[],
  shown: ReadonlySet<string>,
): void {
  const all = Object.values(document.nodes);
  if (nodeIds.length === all.length) {
    const { nodes } = arrange(document);
    for (const node of all) {
      const { x, y } = nodes.get(node.id) ?? node.position;
      node.position = { x, y };
    }
  } else placeBelow(document, new Set(nodeIds));
  const boxes = frameBoxes(hierarchyOf(document), nodeBoxes(document), ({ position, size }) => ({
    ...position,
    ...size,
  }));
  for (const frame of Object.values(document.frames)) {
    const box = boxes.get(frame.id);
    if (!box || shown.has(frame.id)) continue;
    frame.position = { x: within(box.x), y: within(box.y) };
    frame.size = { width: within(box.width), height: within(box.height) };
  }
}

function placeBelow(document: FlowDocument, nodeIds: ReadonlySet<string>): void {
  const boxes = nodeBoxes(document);
  const drawn = boundsOf([...boxes].flatMap(([id, box]) => (nodeIds.has(id) ? [] : [box])));
  let [x, y, height] = [drawn.x, drawn.y + drawn.height + GAP, 0];
  for (const id of nodeIds) {
    const [node, box] = [document.nodes[id], boxes.get(id)];
    if (!node || !box) continue;
    if (x > drawn.x && x + box.width > drawn.x + ROW) [x, y, height] = [drawn.x, y + height + GAP, 0];
    node.position = { x: within(x), y: within(y) };
    x += box.width + GAP;
    height = Math.max(height, box.height);
  }
}

/** Shapes at opposite ends of the canvas have more between them than a frame may cover. */
function within(length: number): number {
  return Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate, length));
}
