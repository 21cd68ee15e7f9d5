import { boundsOf, type Box } from '../../layout/boxes.ts';
import { coordinate } from '../import/text.ts';
import type { Warnings } from '../import/warnings.ts';
import type { XmlElement } from '../import/xml.ts';
import { BPMN_DI, DC, UX } from './vocabulary.ts';

export interface Shape extends Box {
  horizontal?: boolean;
  /** The node has the size that its title needs, not one of its own. */
  natural?: boolean;
}

/** Pixels between the diagrams of one file, which a flow shows below each other. */
const GAP = 120;

/** Where the diagrams of a file show each element, by its id. What is shown twice counts where it comes first. */
export function readShapes(definitions: XmlElement, warnings: Warnings): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const diagram of definitions.children) {
    if (diagram.namespace !== BPMN_DI || diagram.name !== 'BPMNDiagram') continue;
    const own = new Map<string, Shape>();
    for (const plane of diagram.children) {
      for (const element of plane.children) {
        const id = localId(element.attributes.get('bpmnElement') ?? '');
        if (element.name !== 'BPMNShape' || shapes.has(id) || own.has(id)) continue;
        const shape = readShape(element);
        if (shape) own.set(id, shape);
        else warnings.add('a shape without usable bounds was placed anew', element.line);
      }
    }
    if (own.size === 0) continue;
    const [above, here] = [boundsOf(shapes.values()), boundsOf(own.values())];
    const shift =
      shapes.size === 0 ? { x: 0, y: 0 } : { x: above.x - here.x, y: above.y + above.height + GAP - here.y };
    for (const [id, shape] of own) {
      const [x, y] = [coordinate(shape.x + shift.x), coordinate(shape.y + shift.y)];
      if (x !== undefined && y !== undefined) shapes.set(id, { ...shape, x, y });
    }
  }
  return shapes;
}

function readShape(element: XmlElement): Shape | undefined {
  const bounds = element.children.find(({ namespace, name }) => namespace === DC && name === 'Bounds');
  const number = (name: string): number | undefined => coordinate(bounds?.attributes.get(name));
  const [x, y, width, height] = [number('x'), number('y'), number('width'), number('height')];
  if (x === undefined || y === undefined) return undefined;
  if (width === undefined || height === undefined || width <= 0 || height <= 0) return undefined;
  const horizontal = element.attributes.get('isHorizontal');
  return {
    x,
    y,
    width,
    height,
    ...(horizontal === undefined ? {} : { horizontal: horizontal === 'true' }),
    ...(element.attributes.get(`${UX} size`) === 'natural' ? { natural: true } : {}),
  };
}

/** An id out of a reference, which may carry a prefix. */
export function localId(reference: string): string {
  const trimmed = reference.trim();
  return trimmed.slice(trimmed.lastIndexOf(':') + 1);
}
