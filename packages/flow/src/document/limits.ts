export type LimitName =
  | 'nodes'
  | 'edges'
  | 'frames'
  | 'personas'
  | 'documentBytes'
  | 'title'
  | 'description'
  | 'id'
  | 'url'
  | 'dataBytes'
  | 'dataDepth'
  | 'screenElements'
  | 'screenStates'
  | 'commitOps'
  | 'commitBytes'
  | 'coordinate';

/** The one place where the limits of a flow document are written. */
export const LIMITS: Readonly<Record<LimitName, number>> = {
  nodes: 10_000,
  edges: 20_000,
  frames: 1_000,
  personas: 1_000,
  /** UTF-8 bytes of the JSON document, and of a request body that carries one. */
  documentBytes: 8 * 1024 * 1024,
  /** Characters: Unicode code points, as JSON Schema counts them. `clip` cuts to them. */
  title: 200,
  description: 4_000,
  id: 64,
  url: 2_048,
  /** UTF-8 bytes of JSON in `data`. */
  dataBytes: 16 * 1024,
  /** Levels of nesting in `data`. */
  dataDepth: 16,
  screenElements: 200,
  screenStates: 20,
  /** Ops in one commit from outside (REST or WebSocket). */
  commitOps: 1_000,
  /** UTF-8 bytes of one commit or one WebSocket message from outside. */
  commitBytes: 256 * 1024,
  /** Canvas coordinates lie within ± this many pixels. */
  coordinate: 1_000_000,
};
