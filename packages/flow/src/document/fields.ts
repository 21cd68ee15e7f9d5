import type { FlowDocument, JsonValue, RecordKind, RecordOf } from './types.ts';

type Presence<T, F extends keyof T> = object extends Pick<T, F> ? 'optional' : 'required';

/** Every field of every kind of record, and whether it may be absent. Kept complete by the compiler. */
const FIELDS: { [K in RecordKind]: { [F in keyof RecordOf[K]]-?: Presence<RecordOf[K], F> } } = {
  node: {
    id: 'required',
    type: 'required',
    title: 'required',
    position: 'required',
    description: 'optional',
    frameId: 'optional',
    pinned: 'optional',
    size: 'optional',
    screen: 'optional',
    subflowId: 'optional',
    personaIds: 'optional',
    source: 'optional',
    data: 'optional',
  },
  edge: {
    id: 'required',
    source: 'required',
    target: 'required',
    trigger: 'required',
    label: 'optional',
    condition: 'optional',
    elementId: 'optional',
    data: 'optional',
  },
  frame: {
    id: 'required',
    title: 'required',
    position: 'required',
    size: 'required',
    parentId: 'optional',
    data: 'optional',
  },
  persona: { id: 'required', name: 'required', goal: 'optional' },
};

/** Where the records of each kind live in a document. */
export const COLLECTIONS: Readonly<Record<RecordKind, Collection>> = {
  node: 'nodes',
  edge: 'edges',
  frame: 'frames',
  persona: 'personas',
};
export type Collection = Exclude<keyof FlowDocument, 'format' | 'name'>;

/** The kinds in an order in which records can be created: whatever a record refers to comes before it. */
export const KINDS: readonly RecordKind[] = ['persona', 'frame', 'node', 'edge'];

/** The kinds in the order in which people read a flow: what happens first, then how it is arranged. */
export const READING_ORDER: readonly RecordKind[] = ['node', 'edge', 'frame', 'persona'];

/** Which fields point at other records. `elementId` is apart: it points into the screen of the source node. */
export const REFERENCES: Readonly<Record<RecordKind, Readonly<Record<string, RecordKind>>>> = {
  node: { frameId: 'frame', personaIds: 'persona' },
  edge: { source: 'node', target: 'node' },
  frame: { parentId: 'frame' },
  persona: {},
};

/** A record of any kind, seen as its fields. */
export type AnyRecord = Readonly<Record<string, JsonValue>>;

/** The presence rule of `field`, or undefined when records of this kind have no such field. */
export function fieldRule(kind: RecordKind, field: string): 'required' | 'optional' | undefined {
  const fields: Readonly<Record<string, 'required' | 'optional'>> = FIELDS[kind];
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}

/** The ids that `value`, the value of a reference field, points at. */
export function idsIn(value: JsonValue | undefined): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}

/** The fields that every record of this kind has. */
export function requiredFields(kind: RecordKind): string[] {
  return Object.keys(FIELDS[kind]).filter((field) => fieldRule(kind, field) === 'required');
}

/** The ids of the elements on a node's screen. */
export function elementIds(node: AnyRecord | undefined): string[] {
  const elements = member(node?.['screen'], 'elements');
  return Array.isArray(elements) ? elements.flatMap((element) => idsIn(member(element, 'id'))) : [];
}

/** True when the edge starts at no element in particular, or at one that `source`, its source node, has. */
export function startsAtElementOf(source: AnyRecord | undefined, edge: AnyRecord): boolean {
  const elementId = edge['elementId'] ?? null;
  return elementId === null || elementIds(source).includes(String(elementId));
}

function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value[key] : undefined;
}
