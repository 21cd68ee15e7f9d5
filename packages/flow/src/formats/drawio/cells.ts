import { htmlText } from '../import/html-text.ts';
import { unreadable } from '../import/limits.ts';
import type { Warnings } from '../import/warnings.ts';
import type { XmlElement } from '../import/xml.ts';
import type { Page } from './pages.ts';
import { readStyle, type Style } from './style.ts';

/** One `<mxCell>`, its wrapper and its geometry together. */
export interface Cell {
  id: string;
  kind: 'vertex' | 'edge' | 'layer';
  text: string;
  description?: string;
  style: Style;
  parent: string;
  source?: string;
  target?: string;
  geometry: Geometry;
  line?: number;
}
export interface Geometry {
  /** As written; NaN where it is no number. */
  x: number;
  y: number;
  width: number;
  height: number;
  points: ReadonlyMap<string, { x: number; y: number }>;
}

/** A flow at its limits, each arrow with a label of its own, and then some. */
const MOST_CELLS = 60_000;
const WRAPPERS = new Set(['object', 'UserObject']);
/** Attributes of a wrapper that draw.io itself knows. */
const OWN = new Set(['id', 'label', 'tooltip', 'placeholders', 'tags']);

/** All cells of a page by their id; a map, because the ids come from outside. */
export function readCells(page: Page, warnings: Warnings): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const element of page.root.children) {
    const line = page.plain ? element.line : undefined;
    const wrapper = WRAPPERS.has(element.name) ? element : undefined;
    const cell = wrapper ? wrapper.children.find(({ name }) => name === 'mxCell') : element;
    if (cell?.name !== 'mxCell') {
      warnings.add(`<${element.name}> was left out: expected a cell`, line);
      continue;
    }
    if (cells.size >= MOST_CELLS) throw unreadable(`a page has more than ${MOST_CELLS} cells: split it`);
    const id = wrapper?.attributes.get('id') ?? cell.attributes.get('id') ?? `cell ${cells.size}`;
    if (cells.has(id)) warnings.add('a cell whose id is there already was left out', line);
    else cells.set(id, readCell(id, cell, wrapper, line, warnings));
  }
  return cells;
}

function readCell(
  id: string,
  cell: XmlElement,
  wrapper: XmlElement | undefined,
  line: number | undefined,
  warnings: Warnings,
): Cell {
  const { attributes } = cell;
  const style = readStyle(attributes.get('style') ?? '');
  const tooltip = wrapper?.attributes.get('tooltip');
  if ([...(wrapper?.attributes.keys() ?? [])].some((name) => !OWN.has(name)))
    warnings.add('links and own fields of cells were left out', line);
  const [source, target] = [attributes.get('source'), attributes.get('target')];
  return {
    id,
    kind: attributes.get('vertex') === '1' ? 'vertex' : attributes.get('edge') === '1' ? 'edge' : 'layer',
    text: textOf(cell, wrapper, style),
    style,
    parent: attributes.get('parent') ?? '',
    geometry: readGeometry(cell),
    ...(tooltip === undefined ? {} : { description: htmlText(tooltip) }),
    ...(source === undefined ? {} : { source }),
    ...(target === undefined ? {} : { target }),
    ...(line === undefined ? {} : { line }),
  };
}

function textOf(cell: XmlElement, wrapper: XmlElement | undefined, style: Style): string {
  const value = wrapper?.attributes.get('label') ?? cell.attributes.get('value') ?? '';
  const filled =
    wrapper?.attributes.get('placeholders') === '1'
      ? value.replace(/%([^%\s]{1,100})%/gu, (whole, name: string) => wrapper.attributes.get(name) ?? whole)
      : value;
  return style.get('html') === '1' ? htmlText(filled) : filled.trim();
}

function readGeometry(cell: XmlElement): Geometry {
  const geometry = cell.children.find(({ name }) => name === 'mxGeometry');
  const number = (element: XmlElement | undefined, name: string): number => {
    const value = element?.attributes.get(name);
    return value === undefined ? 0 : value.trim() === '' ? Number.NaN : Number(value);
  };
  const points = new Map<string, { x: number; y: number }>();
  for (const point of geometry?.children ?? []) {
    const as = point.attributes.get('as');
    if (point.name === 'mxPoint' && as !== undefined)
      points.set(as, { x: number(point, 'x'), y: number(point, 'y') });
  }
  return {
    x: number(geometry, 'x'),
    y: number(geometry, 'y'),
    width: number(geometry, 'width'),
    height: number(geometry, 'height'),
    points,
  };
}
