import type { Json, JsonObject } from '../black-box.ts';

/** Records and documents for requests, right ones unless told otherwise. */

export const node = (id: string, more: JsonObject = {}): JsonObject => ({
  id,
  type: 'screen',
  title: id,
  position: { x: 0, y: 0 },
  ...more,
});

export const edge = (id: string, source: string, target: string, more: JsonObject = {}): JsonObject => ({
  id,
  source,
  target,
  trigger: 'click',
  ...more,
});

export const frame = (id: string, more: JsonObject = {}): JsonObject => ({
  id,
  title: id,
  position: { x: 0, y: 0 },
  size: { width: 10, height: 10 },
  ...more,
});

export const put = (kind: string, value: JsonObject): JsonObject => ({ op: 'put', kind, value });

const byId = (records: JsonObject[]): JsonObject =>
  Object.fromEntries(records.map((record) => [String(record['id']), record as Json]));

interface Records {
  nodes?: JsonObject[];
  edges?: JsonObject[];
  frames?: JsonObject[];
}

export function documentOf({
  nodes = [node('a'), node('b')],
  edges = [],
  frames = [],
}: Records = {}): JsonObject {
  return {
    format: 'uxflow/1',
    name: 'Sample',
    nodes: byId(nodes),
    edges: byId(edges),
    frames: byId(frames),
    personas: {},
  };
}

export const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** A document of about so many bytes, within every limit but perhaps that one. */
export const heavyDocument = (bytes: number): JsonObject =>
  documentOf({
    nodes: times(Math.ceil(bytes / 4_100), (at) => node(`n${at}`, { description: 'x'.repeat(4_000) })),
  });
