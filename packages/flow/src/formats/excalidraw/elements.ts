import type { Point } from '../../document/types.ts';
import { checkLength, unreadable } from '../import/limits.ts';

/** An Excalidraw element as far as a flow can use it. Numbers are NaN where the file has none. */
export interface Element {
  id: string;
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  text: string;
  /** The title of a frame. */
  name?: string;
  link?: string;
  /** Groups round it, the innermost first. */
  groupIds: readonly string[];
  frameId?: string;
  /** What a text is written in or on. */
  containerId?: string;
  startId?: string;
  endId?: string;
  points: readonly Point[];
  startHead: boolean;
  endHead: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** @throws FlowError `invalid_request` when it is no Excalidraw file. */
export function readElements(source: string): Element[] {
  checkLength(source);
  let file: unknown;
  try {
    file = JSON.parse(source.replace(/^\uFEFF/u, ''));
  } catch (error) {
    throw unreadable(`is not valid JSON (${error instanceof Error ? error.message : 'unreadable'})`);
  }
  const elements =
    isFields(file) && String(file['type']).startsWith('excalidraw') ? file['elements'] : undefined;
  if (!Array.isArray(elements)) {
    throw unreadable('expected an Excalidraw file: {"type": "excalidraw", "elements": […]}');
  }
  return elements.flatMap((element: unknown, at) =>
    isFields(element) && element['isDeleted'] !== true ? [readElement(element, at)] : [],
  );
}

function readElement(fields: Fields, at: number): Element {
  const { type } = fields;
  const optional: Partial<Record<'name' | 'link' | 'frameId' | 'containerId' | 'startId' | 'endId', string>> =
    {};
  for (const key of ['name', 'link', 'frameId', 'containerId'] as const) {
    const value = fields[key];
    if (typeof value === 'string' && value !== '') optional[key] = value;
  }
  for (const [key, binding] of [
    ['startId', fields['startBinding']],
    ['endId', fields['endBinding']],
  ] as const) {
    const id = isFields(binding) ? binding['elementId'] : undefined;
    if (typeof id === 'string') optional[key] = id;
  }
  const { groupIds, points, originalText, text } = fields;
  const written = [originalText, text].find((value) => typeof value === 'string');
  return {
    id: typeof fields['id'] === 'string' ? fields['id'] : `element ${at}`,
    type: typeof type === 'string' ? type : 'unknown',
    x: number(fields['x']),
    y: number(fields['y']),
    width: number(fields['width']),
    height: number(fields['height']),
    text: typeof written === 'string' ? written.trim() : '',
    ...optional,
    groupIds: Array.isArray(groupIds) ? [...new Set(groupIds.filter((id) => typeof id === 'string'))] : [],
    points: Array.isArray(points) ? points.flatMap(point) : [],
    startHead: isHead(fields['startArrowhead']),
    endHead: isHead(fields['endArrowhead']),
  };
}

function isHead(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
function number(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}
function point(value: unknown): Point[] {
  return Array.isArray(value) ? [{ x: number(value[0]), y: number(value[1]) }] : [];
}
function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
