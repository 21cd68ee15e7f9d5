import type { Point } from '../../document/types.ts';
import type { Drawing, DrawnEnd } from '../import/drawing.ts';
import type { Warnings } from '../import/warnings.ts';
import type { Cell } from './cells.ts';
import { meaningOf } from './style.ts';

/** One page as a drawing: which cells are frames, where everything stands, which texts belong to arrows. */
export function drawPage(cells: ReadonlyMap<string, Cell>, warnings: Warnings): Drawing {
  return new PageReader(cells, warnings).read();
}

class PageReader {
  readonly #cells: ReadonlyMap<string, Cell>;
  readonly #warnings: Warnings;
  readonly #origins = new Map<string, Point>();
  readonly #frames: Set<string>;

  constructor(cells: ReadonlyMap<string, Cell>, warnings: Warnings) {
    this.#cells = cells;
    this.#warnings = warnings;
    this.#frames = this.#findFrames();
  }

  read(): Drawing {
    const drawing: Drawing = { name: '', nodes: [], frames: [], edges: [] };
    const labels = this.#edgeLabels();
    for (const cell of this.#cells.values()) {
      const { id, text, geometry, line } = cell;
      const told = line === undefined ? {} : { line };
      if (cell.kind === 'edge') {
        const written = [text, ...(labels.get(id) ?? [])].filter((part) => part !== '').join('\n');
        drawing.edges.push({ key: id, text: written, ...this.#ends(cell), ...told });
      }
      if (cell.kind !== 'vertex' || this.#isLabel(cell)) continue;
      const origin = this.#originOf(cell.parent);
      const box = { ...geometry, x: origin.x + geometry.x, y: origin.y + geometry.y };
      const placed = { key: id, box: { x: box.x, y: box.y, width: box.width, height: box.height }, ...told };
      const inside = this.#frames.has(cell.parent) ? cell.parent : undefined;
      if (this.#frames.has(id)) {
        drawing.frames.push({ ...placed, title: text, ...(inside === undefined ? {} : { parent: inside }) });
        continue;
      }
      drawing.nodes.push({
        ...placed,
        text,
        meaning: meaningOf(cell.style),
        ...(cell.description === undefined ? {} : { description: cell.description }),
        ...(inside === undefined ? {} : { frame: inside }),
      });
    }
    return drawing;
  }

  /** What holds other shapes, and swimlanes that no arrow treats as a step. */
  #findFrames(): Set<string> {
    const frames = new Set<string>(),
      ends = new Set<string>();
    for (const { kind, parent, source, target } of this.#cells.values()) {
      if (kind === 'vertex' && this.#cells.get(parent)?.kind === 'vertex') frames.add(parent);
      if (source !== undefined) ends.add(source);
      if (target !== undefined) ends.add(target);
    }
    for (const { id, kind, style } of this.#cells.values()) {
      if (kind === 'vertex' && style.has('swimlane') && !ends.has(id)) frames.add(id);
    }
    return frames;
  }

  #isLabel({ parent }: Cell): boolean {
    return this.#cells.get(parent)?.kind === 'edge';
  }

  #edgeLabels(): Map<string, string[]> {
    const labels = new Map<string, string[]>();
    for (const cell of this.#cells.values()) {
      if (cell.kind !== 'vertex' || !this.#isLabel(cell) || cell.text === '') continue;
      const known = labels.get(cell.parent);
      if (known) known.push(cell.text);
      else labels.set(cell.parent, [cell.text]);
    }
    return labels;
  }

  /** Where the coordinates of what is in a cell begin; by steps, for cells may be nested deeply or in circles. */
  #originOf(id: string): Point {
    const path: Cell[] = [];
    const seen = new Set<string>();
    let at = id;
    for (
      let cell = this.#cells.get(at);
      cell?.kind === 'vertex' && !seen.has(at);
      cell = this.#cells.get(at)
    ) {
      if (this.#origins.has(at)) break;
      seen.add(at);
      path.push(cell);
      at = cell.parent;
    }
    let origin = this.#origins.get(at) ?? { x: 0, y: 0 };
    for (const { id: each, geometry } of path.toReversed()) {
      origin = { x: origin.x + geometry.x, y: origin.y + geometry.y };
      this.#origins.set(each, origin);
    }
    return origin;
  }

  #ends(cell: Cell): { source: DrawnEnd; target: DrawnEnd; both?: true } {
    const origin = this.#originOf(cell.parent);
    const end = (key: string | undefined, as: string): DrawnEnd => {
      const point = cell.geometry.points.get(as);
      return {
        ...(key === undefined ? {} : { key: this.#shapeOf(key) }),
        ...(point ? { point: { x: origin.x + point.x, y: origin.y + point.y } } : {}),
      };
    };
    const source = end(cell.source, 'sourcePoint'),
      target = end(cell.target, 'targetPoint');
    const head = (name: string, usual: string): boolean => (cell.style.get(name) ?? usual) !== 'none';
    const [atStart, atEnd] = [head('startArrow', 'none'), head('endArrow', 'classic')];
    if (atStart && !atEnd) return { source: target, target: source };
    return { source, target, ...(atStart && atEnd ? { both: true } : {}) };
  }

  /** An edge cannot end at another edge: such an arrow is looked at by where it ends. */
  #shapeOf(key: string): string {
    if (this.#cells.get(key)?.kind === 'edge')
      this.#warnings.add('an arrow that ends at another arrow has no shape there');
    return key;
  }
}
