import { placeRest } from '../import/place-rest.ts';
import { bpmnData } from './data.ts';
import type { Shape } from './diagram.ts';
import type { Structure } from './structure.ts';

/** Puts everything where the diagrams show it; what they do not show is placed by the layout. */
export function place({ document, nodeOf, frameOf, warnings }: Structure, shapes: Map<string, Shape>): void {
  const missing: string[] = [];
  for (const [xmlId, id] of nodeOf) {
    const shape = shapes.get(xmlId);
    const node = document.nodes[id];
    if (!node) continue;
    if (!shape) {
      missing.push(id);
      continue;
    }
    node.position = { x: shape.x, y: shape.y };
    if (!shape.natural) node.size = { width: shape.width, height: shape.height };
  }
  const shown = new Set<string>();
  for (const [xmlId, id] of frameOf) {
    const shape = shapes.get(xmlId);
    const frame = document.frames[id];
    if (!shape || !frame) continue;
    shown.add(id);
    frame.position = { x: shape.x, y: shape.y };
    frame.size = { width: shape.width, height: shape.height };
    if (shape.horizontal !== undefined) {
      frame.data = { bpmn: { ...bpmnData(frame.data), horizontal: shape.horizontal } };
    }
  }
  if (missing.length > 0 && missing.length < nodeOf.size)
    warnings.add('what the diagrams do not show was placed anew');
  placeRest(document, missing, shown);
}
