/**
 * The flow document, format `uxflow/1`: the one shape that the editor, the sync engine, agents and every
 * importer and exporter agree on. Records are keyed by id, so that an edit names what it touches.
 */

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

export const NODE_TYPES = [
  'start',
  'end',
  'screen',
  'action',
  'decision',
  'system',
  'subflow',
  'note',
] as const;
export type NodeType = (typeof NODE_TYPES)[number];

export const EDGE_TRIGGERS = ['click', 'submit', 'success', 'error', 'auto', 'timeout', 'back'] as const;
export type EdgeTrigger = (typeof EDGE_TRIGGERS)[number];

export const SCREEN_STATES = ['default', 'loading', 'empty', 'error', 'success'] as const;
export type ScreenStateKind = (typeof SCREEN_STATES)[number];

/** Canvas pixels; x grows to the right, y downwards. A node's position is its top left corner. */
export interface Point {
  x: number;
  y: number;
}
/** Canvas pixels. */
export interface Size {
  width: number;
  height: number;
}

export interface ScreenElement {
  id: string;
  kind: string;
  label: string;
}
export interface ScreenState {
  kind: ScreenStateKind;
  note?: string;
}
export interface Screen {
  elements: ScreenElement[];
  states: ScreenState[];
  imageUrl?: string;
  externalUrl?: string;
}

/** Where in an uploaded document a node came from; character offsets, end exclusive. */
export interface SourceSpan {
  documentId: string;
  start: number;
  end: number;
}

export interface FlowNode {
  id: string;
  type: NodeType;
  title: string;
  description?: string;
  frameId?: string;
  /** A pinned node is never moved by layout. */
  pinned?: boolean;
  position: Point;
  size?: Size;
  screen?: Screen;
  subflowId?: string;
  personaIds?: string[];
  source?: SourceSpan;
  /** The partner's own fields, at most 16 KB of JSON. */
  data?: Record<string, JsonValue>;
}

export interface FlowEdge {
  id: string;
  source: string;
  target: string;
  trigger: EdgeTrigger;
  label?: string;
  condition?: string;
  /** The screen element of the source node that starts this transition. */
  elementId?: string;
  data?: Record<string, JsonValue>;
}

export interface Frame {
  id: string;
  title: string;
  parentId?: string;
  position: Point;
  size: Size;
  data?: Record<string, JsonValue>;
}

export interface Persona {
  id: string;
  name: string;
  goal?: string;
}

export interface FlowDocument {
  format: 'uxflow/1';
  name: string;
  nodes: Record<string, FlowNode>;
  edges: Record<string, FlowEdge>;
  frames: Record<string, Frame>;
  personas: Record<string, Persona>;
}

/** The kinds of record a document holds, each with its value. */
export interface RecordOf {
  node: FlowNode;
  edge: FlowEdge;
  frame: Frame;
  persona: Persona;
}
export type RecordKind = keyof RecordOf;

export type PutOp = { [K in RecordKind]: { op: 'put'; kind: K; value: RecordOf[K] } }[RecordKind];
/** Field-wise change of one record; `null` removes an optional field. */
export interface PatchOp {
  op: 'patch';
  kind: RecordKind;
  id: string;
  set: Record<string, JsonValue>;
}
/** Removing a node takes its edges along. */
export interface RemoveOp {
  op: 'remove';
  kind: RecordKind;
  id: string;
}
export interface RenameOp {
  op: 'rename';
  name: string;
}
export type Op = PutOp | PatchOp | RemoveOp | RenameOp;
