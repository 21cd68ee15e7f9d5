import {
  EDGE_TRIGGERS,
  NODE_TYPES,
  type FlowDocument,
  type FlowEdge,
  type FlowNode,
  type Frame,
  type JsonValue,
  type Op,
} from '../src/index.ts';

/** Picks an integer from 0 to `below` − 1. */
export type Choose = (below: number) => number;

/** A seeded source of choices (mulberry32), the same on every machine. */
export function seeded(seed: number): Choose {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Choices taken from a list of numbers, then zeros: lets a property test shrink them. */
export function fromNumbers(numbers: readonly number[]): Choose {
  let next = 0;
  return (below) => (numbers[next++] ?? 0) % below;
}

/** Personas whose id begins so are never removed: they are the traces that a test looks for. */
export const TRACE = 'trace.';

function oneOf<T>(choose: Choose, items: readonly T[]): T | undefined {
  return items.length > 0 ? items[choose(items.length)] : undefined;
}

function point(choose: Choose): { x: number; y: number } {
  return { x: choose(1_000) - 500, y: choose(1_000) - 500 };
}

const WORDS = ['Sign in', 'Überblick', 'Pay', '', 'Sure?', '確認', 'a "quoted" \\ word', '🛒'] as const;
function words(choose: Choose): string {
  return WORDS[choose(WORDS.length)] ?? '';
}

function screen(choose: Choose): NonNullable<FlowNode['screen']> {
  return {
    elements: ['ok', 'cancel', 'help']
      .filter(() => choose(2) === 1)
      .map((id) => ({ id, kind: 'button', label: id })),
    states: choose(2) === 1 ? [{ kind: 'error', note: words(choose) }] : [],
  };
}

function node(choose: Choose, doc: FlowDocument, id: string): FlowNode {
  const frameId = choose(3) === 0 ? oneOf(choose, Object.keys(doc.frames)) : undefined;
  const personaId = choose(3) === 0 ? oneOf(choose, Object.keys(doc.personas)) : undefined;
  return {
    id,
    type: NODE_TYPES[choose(NODE_TYPES.length)] ?? 'screen',
    title: words(choose),
    position: point(choose),
    ...(frameId !== undefined && { frameId }),
    ...(personaId !== undefined && { personaIds: [personaId] }),
    ...(choose(2) === 0 && { screen: screen(choose) }),
    ...(choose(5) === 0 && { data: { tags: [words(choose), choose(9), null], deep: { on: true } } }),
  };
}

function edge(choose: Choose, doc: FlowDocument, id: string): FlowEdge | undefined {
  const ids = Object.keys(doc.nodes);
  const source = oneOf(choose, ids);
  const target = oneOf(choose, ids);
  if (source === undefined || target === undefined) return undefined;
  const element = choose(2) === 0 ? oneOf(choose, doc.nodes[source]?.screen?.elements ?? []) : undefined;
  return {
    id,
    source,
    target,
    trigger: EDGE_TRIGGERS[choose(EDGE_TRIGGERS.length)] ?? 'click',
    ...(element && { elementId: element.id }),
    ...(choose(2) === 0 && { label: words(choose) }),
  };
}

function frame(choose: Choose, doc: FlowDocument, id: string): Frame {
  const parentId = oneOf(
    choose,
    Object.keys(doc.frames).filter((other) => !insideOf(doc, other, id)),
  );
  return {
    id,
    title: words(choose),
    position: point(choose),
    size: { width: 100 + choose(9), height: 80 },
    ...(parentId !== undefined && choose(2) === 0 && { parentId }),
  };
}

function insideOf(doc: FlowDocument, id: string, ancestor: string): boolean {
  for (let at: string | undefined = id; at !== undefined; at = doc.frames[at]?.parentId)
    if (at === ancestor) return true;
  return false;
}

function nodePatch(choose: Choose, doc: FlowDocument): Record<string, JsonValue> {
  switch (choose(8)) {
    case 0:
      return { title: words(choose) };
    case 1:
      return { frameId: oneOf(choose, Object.keys(doc.frames)) ?? null };
    case 2:
      return { personaIds: Object.keys(doc.personas).filter(() => choose(2) === 0) };
    case 3:
      return { screen: choose(3) === 0 ? null : (screen(choose) as unknown as JsonValue) };
    case 4:
      return { data: choose(2) === 0 ? null : { n: choose(9) }, pinned: choose(2) === 0 };
    case 5:
      return { description: choose(2) === 0 ? null : words(choose), title: words(choose) };
    default:
      return { position: point(choose) };
  }
}

/**
 * An op that applies to `doc`, of any kind; `fresh` names new records. The ids come from a small set on purpose, so
 * that records get replaced, removed and made again.
 */
export function randomOp(choose: Choose, doc: FlowDocument, fresh: () => string): Op {
  const create = (): Op => ({ op: 'put', kind: 'node', value: node(choose, doc, fresh()) });
  const nodeId = oneOf(choose, Object.keys(doc.nodes));
  const edgeId = oneOf(choose, Object.keys(doc.edges));
  const frameId = oneOf(choose, Object.keys(doc.frames));
  const personaId = oneOf(
    choose,
    Object.keys(doc.personas).filter((id) => !id.startsWith(TRACE)),
  );
  switch (choose(20)) {
    case 0:
    case 1:
      return create();
    case 2:
    case 3:
    case 4: {
      const value = edge(choose, doc, fresh());
      return value ? { op: 'put', kind: 'edge', value } : create();
    }
    case 5:
      return { op: 'put', kind: 'frame', value: frame(choose, doc, fresh()) };
    case 6:
      return { op: 'put', kind: 'persona', value: { id: fresh(), name: words(choose) } };
    case 7:
      return nodeId === undefined ? create() : { op: 'put', kind: 'node', value: node(choose, doc, nodeId) };
    case 8:
      return nodeId === undefined ? create() : { op: 'remove', kind: 'node', id: nodeId };
    case 9:
      return edgeId === undefined ? create() : { op: 'remove', kind: 'edge', id: edgeId };
    case 10:
      return frameId === undefined ? create() : { op: 'remove', kind: 'frame', id: frameId };
    case 11:
      return personaId === undefined ? create() : { op: 'remove', kind: 'persona', id: personaId };
    case 12: {
      const value = edgeId === undefined ? undefined : edge(choose, doc, edgeId);
      return value ? { op: 'put', kind: 'edge', value } : create();
    }
    case 13: {
      const source = oneOf(choose, Object.keys(doc.nodes));
      return edgeId === undefined || source === undefined
        ? create()
        : { op: 'patch', kind: 'edge', id: edgeId, set: { source, label: words(choose) } };
    }
    case 14:
      return frameId === undefined
        ? create()
        : { op: 'put', kind: 'frame', value: frame(choose, doc, frameId) };
    case 15:
      return { op: 'rename', name: words(choose) };
    default:
      return nodeId === undefined
        ? create()
        : { op: 'patch', kind: 'node', id: nodeId, set: nodePatch(choose, doc) };
  }
}

/** Ids from a set of `size` names: new records often take the place of existing or former ones. */
export function namesFrom(choose: Choose, size: number, prefix = 'r'): () => string {
  return () => `${prefix}${choose(size)}`;
}
