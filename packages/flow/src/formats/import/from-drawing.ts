import { emptyDocument } from '../../document/empty.ts';
import { LIMITS } from '../../document/limits.ts';
import type { FlowDocument, FlowNode } from '../../document/types.ts';
import type { Box } from '../../layout/boxes.ts';
import { inferTrigger, inferType } from '../mermaid/infer.ts';
import type { Drawing, DrawnEdge, DrawnEnd, DrawnFrame, DrawnNode } from './drawing.ts';
import { IdSource } from './ids.ts';
import { checkRoom } from './limits.ts';
import { NearestNode } from './nearest.ts';
import { placeRest } from './place-rest.ts';
import { coordinate, fitted } from './text.ts';
import type { Warnings } from './warnings.ts';

/** A drawing as a flow: shapes by their meaning and text, arrows by what they are bound to or end at. */
export function fromDrawing(drawing: Drawing, warnings: Warnings): FlowDocument {
  return new Reader(drawing, warnings).read();
}

class Reader {
  readonly #drawing: Drawing;
  readonly #warnings: Warnings;
  readonly #document: FlowDocument;
  readonly #nodeOf = new Map<string, string>();
  readonly #frameOf = new Map<string, string>();
  #nearest: NearestNode | undefined;
  #count = 0;
  readonly #edgeIds = new IdSource('edge');
  /** The first node in each frame, which stands for it where an arrow holds on to the frame. */
  readonly #firstIn = new Map<string, string>();

  constructor(drawing: Drawing, warnings: Warnings) {
    this.#drawing = drawing;
    this.#warnings = warnings;
    this.#document = emptyDocument(fitted(drawing.name, 'title', warnings));
  }

  read(): FlowDocument {
    const shown = this.#frames();
    const missing = this.#nodes();
    for (const edge of this.#drawing.edges) this.#edge(edge);
    this.#types();
    if (missing.length > 0 && missing.length < this.#nodeOf.size)
      this.#warnings.add('what had no usable place was placed anew');
    placeRest(this.#document, missing, shown);
    return this.#document;
  }

  #frames(): Set<string> {
    const ids = new IdSource('frame');
    const shown = new Set<string>();
    const { frames } = this.#document;
    for (const { key, title, box, line } of this.#drawing.frames) {
      checkRoom('frames', this.#frameOf.size);
      const id = ids.next(key);
      this.#frameOf.set(key, id);
      const usable = box && usableBox(box);
      if (usable) shown.add(id);
      frames[id] = {
        id,
        title: fitted(title, 'title', this.#warnings, line),
        position: { x: usable?.x ?? 0, y: usable?.y ?? 0 },
        size: { width: usable?.width ?? 240, height: usable?.height ?? 140 },
      };
    }
    for (const frame of this.#drawing.frames) this.#nest(frame);
    return shown;
  }

  #nest({ key, parent, line }: DrawnFrame): void {
    const { frames } = this.#document;
    const id = this.#frameOf.get(key),
      parentId = parent === undefined ? undefined : this.#frameOf.get(parent);
    const frame = id === undefined ? undefined : frames[id];
    if (!frame || parentId === undefined) return;
    for (let at: string | undefined = parentId; at !== undefined; at = frames[at]?.parentId) {
      if (at !== id) continue;
      this.#warnings.add('a frame inside itself was taken out', line);
      return;
    }
    frame.parentId = parentId;
  }

  #nodes(): string[] {
    const ids = new IdSource('node');
    const missing: string[] = [];
    for (const drawn of this.#drawing.nodes) {
      checkRoom('nodes', this.#nodeOf.size);
      const id = ids.next(drawn.key);
      const frameId = drawn.frame === undefined ? undefined : this.#frameOf.get(drawn.frame);
      const box = drawn.box && usableBox(drawn.box);
      if (!box) missing.push(id);
      this.#document.nodes[id] = {
        id,
        type: 'action',
        ...this.#texts(drawn),
        ...(frameId === undefined ? {} : { frameId }),
        position: { x: box?.x ?? 0, y: box?.y ?? 0 },
        ...(box ? { size: { width: box.width, height: box.height } } : {}),
      };
      this.#nodeOf.set(drawn.key, id);
      if (drawn.frame !== undefined && !this.#firstIn.has(drawn.frame)) this.#firstIn.set(drawn.frame, id);
    }
    return missing;
  }

  /** What is too long for a title stands whole in the description. */
  #texts({ text, description, line }: DrawnNode): Pick<FlowNode, 'title' | 'description'> {
    const isLong = Array.from(text).length > LIMITS.title;
    const whole = [isLong ? text : '', description ?? ''].filter((part) => part !== '').join('\n\n');
    return {
      title: fitted(text, 'title', this.#warnings, line),
      ...(whole === '' ? {} : { description: fitted(whole, 'description', this.#warnings, line) }),
    };
  }

  #edge(drawn: DrawnEdge): void {
    const { text, both, line } = drawn;
    const source = this.#end(drawn.source, line),
      target = this.#end(drawn.target, line);
    if (source === undefined || target === undefined) {
      this.#warnings.add('an arrow that does not connect two shapes was left out', line);
      return;
    }
    const label = fitted(text, 'title', this.#warnings, line);
    this.#put(drawn.key, source, target, label);
    if (!both) return;
    this.#warnings.add('an arrow with two heads became two transitions', line);
    this.#put(`${drawn.key}.back`, target, source, label);
  }

  #put(key: string, source: string, target: string, label: string): void {
    const { edges } = this.#document;
    const id = this.#edgeIds.next(key);
    checkRoom('edges', this.#count);
    this.#count += 1;
    edges[id] = { id, source, target, trigger: 'auto', ...(label === '' ? {} : { label }) };
  }

  #end({ key, point }: DrawnEnd, line: number | undefined): string | undefined {
    const id = key === undefined ? undefined : this.#nodeOf.get(key);
    if (id !== undefined) return id;
    const inside = key === undefined ? undefined : this.#firstIn.get(key);
    if (inside !== undefined) {
      this.#warnings.add('an arrow with a whole frame now holds on to a node in it', line);
      return inside;
    }
    this.#nearest ??= new NearestNode(this.#document);
    return point && this.#nearest.at(point);
  }

  /** Types and triggers at last, for what leads where is part of what a shape means. */
  #types(): void {
    const { nodes, edges } = this.#document;
    const sources = new Set(Object.values(edges).map(({ source }) => source));
    const targets = new Set(Object.values(edges).map(({ target }) => target));
    for (const { key, meaning } of this.#drawing.nodes) {
      const node = nodes[this.#nodeOf.get(key) ?? ''];
      if (!node) continue;
      const [isTarget, isSource] = [targets.has(node.id), sources.has(node.id)];
      // An ellipse with which no arrow has to do begins and ends nothing.
      const isLoose = meaning === 'terminal' && !isTarget && !isSource;
      node.type = inferType(isLoose ? 'box' : meaning, node.title, isTarget, isSource);
    }
    for (const edge of Object.values(edges)) {
      edge.trigger = inferTrigger(edge.label ?? '', nodes[edge.source]?.type ?? 'action');
    }
  }
}

function usableBox(box: Box): Box | undefined {
  const [x, y] = [coordinate(box.x), coordinate(box.y)];
  const [width, height] = [coordinate(box.width), coordinate(box.height)];
  if (x === undefined || y === undefined || width === undefined || height === undefined) return undefined;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}
