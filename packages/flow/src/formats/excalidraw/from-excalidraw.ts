import type { FlowDocument } from '../../document/types.ts';
import type { DrawnEnd, Drawing } from '../import/drawing.ts';
import { fromDrawing } from '../import/from-drawing.ts';
import { Warnings, type ImportWarning } from '../import/warnings.ts';
import type { Meaning } from '../mermaid/shapes.ts';
import { readElements, type Element } from './elements.ts';
import { adoptGroupedTexts } from './grouped-texts.ts';
import { addGroups } from './groups.ts';

export interface ExcalidrawImport {
  document: FlowDocument;
  /** What was left out or changed; the rest arrived as it was drawn. */
  warnings: ImportWarning[];
}

const DEFAULT_NAME = 'Imported flow';
/** Shapes that can be a step. A map: the names come from outside. */
const SHAPES: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['rectangle', 'box'],
  ['diamond', 'decision'],
  ['ellipse', 'terminal'],
  ['text', 'note'],
  ['image', 'screen'],
  ['embeddable', 'screen'],
  ['iframe', 'screen'],
]);

/**
 * An Excalidraw drawing as a flow, placed as it is drawn: shapes with the text bound to them become nodes, arrows
 * become edges by their bindings or by the shapes they end at, frames and groups of several shapes become frames,
 * loose texts become notes. Strokes, colours and embedded pictures are not part of a flow.
 *
 * @throws FlowError `invalid_request`, or `limit_exceeded`.
 */
export function fromExcalidraw(source: string): ExcalidrawImport {
  const warnings = new Warnings();
  const elements = readElements(source);
  const drawing = new DrawingReader(elements, warnings).read();
  adoptGroupedTexts(drawing, elements);
  addGroups(drawing, elements);
  return { document: fromDrawing(drawing, warnings), warnings: warnings.list() };
}

class DrawingReader {
  readonly #elements: readonly Element[];
  readonly #warnings: Warnings;
  readonly #byId: ReadonlyMap<string, Element>;
  /** Texts by what they are bound to. */
  readonly #texts = new Map<string, string>();

  constructor(elements: readonly Element[], warnings: Warnings) {
    this.#elements = elements;
    this.#warnings = warnings;
    this.#byId = new Map(elements.map((element) => [element.id, element]));
    for (const { type, text, containerId } of elements) {
      if (type !== 'text' || containerId === undefined) continue;
      this.#texts.set(
        containerId,
        [this.#texts.get(containerId) ?? '', text].filter((part) => part !== '').join('\n'),
      );
    }
  }

  read(): Drawing {
    const drawing: Drawing = { name: DEFAULT_NAME, nodes: [], frames: [], edges: [] };
    for (const element of this.#elements) {
      const { type } = element;
      const meaning = SHAPES.get(type);
      if (type === 'frame' || type === 'magicframe') {
        const frame = { key: element.id, title: element.name ?? 'Frame', box: boxOf(element) };
        drawing.frames.push(element.frameId === undefined ? frame : { ...frame, parent: element.frameId });
      } else if (meaning) this.#shape(element, meaning, drawing);
      else if (type === 'arrow' || this.#isConnector(element)) this.#arrow(element, drawing);
      else
        this.#warnings.add(
          `a ${/^[a-z]{1,20}$/u.test(type) ? type : 'thing of unknown kind'} was left out: it is no step and connects none`,
        );
    }
    return drawing;
  }

  #shape(element: Element, meaning: Meaning, drawing: Drawing): void {
    const { id, type, text, containerId, frameId, link, name } = element;
    // A text whose container is gone stands for itself.
    if (type === 'text' && containerId !== undefined && this.#byId.has(containerId)) return;
    if (type === 'image') this.#warnings.add('an embedded picture was left out, its place is a screen');
    const own = type === 'text' ? text : (this.#texts.get(id) ?? name ?? '');
    drawing.nodes.push({
      key: id,
      text: own,
      meaning,
      box: boxOf(element),
      ...(link === undefined ? {} : { description: link }),
      ...(frameId === undefined ? {} : { frame: frameId }),
    });
  }

  /** A line is an arrow without heads only where it is bound at both ends. */
  #isConnector({ type, startId, endId }: Element): boolean {
    return type === 'line' && startId !== undefined && endId !== undefined;
  }

  #arrow(element: Element, drawing: Drawing): void {
    const { id, x, y, points, startHead, endHead } = element;
    const end = (boundTo: string | undefined, at: number): DrawnEnd => {
      const offset = points.at(at);
      const point = offset && { x: x + offset.x, y: y + offset.y };
      return {
        ...(boundTo === undefined ? {} : { key: this.#shapeOf(boundTo) }),
        ...(point && Number.isFinite(point.x + point.y) ? { point } : {}),
      };
    };
    const start = end(element.startId, 0),
      finish = end(element.endId, -1);
    const backwards = startHead && !endHead;
    drawing.edges.push({
      key: id,
      text: this.#texts.get(id) ?? '',
      source: backwards ? finish : start,
      target: backwards ? start : finish,
      ...(startHead && endHead ? { both: true } : {}),
    });
  }

  /** An arrow bound to a text inside a shape means the shape. */
  #shapeOf(id: string): string {
    const element = this.#byId.get(id);
    return element?.type === 'text' && element.containerId !== undefined ? element.containerId : id;
  }
}

/** Shapes drawn from right to left or upwards have negative sizes. */
function boxOf({ x, y, width, height }: Element): { x: number; y: number; width: number; height: number } {
  return {
    x: Math.min(x, x + width),
    y: Math.min(y, y + height),
    width: Math.abs(width),
    height: Math.abs(height),
  };
}
