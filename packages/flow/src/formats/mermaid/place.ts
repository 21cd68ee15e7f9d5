import type { FlowDocument } from '../../document/types.ts';
import { arrange } from '../../layout/layout.ts';

/** Gives nodes and frames the positions that the layout finds for them. */
export function place(document: FlowDocument, direction: 'TB' | 'LR'): void {
  const { nodes, frames } = arrange(document, { direction });
  for (const node of Object.values(document.nodes)) {
    const { x, y } = nodes.get(node.id) ?? node.position;
    node.position = { x, y };
  }
  for (const frame of Object.values(document.frames)) {
    const { x, y, width, height } = frames.get(frame.id) ?? { ...frame.position, ...frame.size };
    frame.position = { x, y };
    frame.size = { width, height };
  }
}
