import type { FlowDocument, FlowEdge, JsonValue } from '@uxflow/flow';
import { align } from '@uxflow/flow/merge';
import type { ReadFlow } from './formats.ts';

/** By what the same record is known in two files. */
export const MATCHES = ['ids', 'content'] as const;
type Match = (typeof MATCHES)[number];

/** Fields of a node or frame that say where it lies. */
const PLACE: ReadonlySet<string> = new Set(['position', 'size']);
/** Optional fields that a format can hold: where one is absent, it was taken away. */
const HELD = ['label', 'frameId', 'parentId', ...PLACE];
const HELD_BY_BPMN = [...HELD, 'description', 'condition'];

/** Mermaid says nothing of places: what such a flow has, the layout has given it. */
export function isPlaced({ format }: ReadFlow): boolean {
  return format !== 'mermaid';
}

/** What importers call a flow whose file has no name for it. */
const UNNAMED = 'Imported flow';

/** False where a file has no name for the flow, so that it cannot be another. */
export function isNamed({ format, document }: ReadFlow): boolean {
  return format === 'json' || document.name !== UNNAMED;
}

/** By ids, unless less than half of the steps of a flow, or of the first one, have an id that the other has, too. */
export function matchOf(wanted: Match | undefined, base: ReadFlow, ...others: readonly ReadFlow[]): Match {
  if (wanted) return wanted;
  const known = base.document.nodes;
  const isVersion = ({ document }: ReadFlow): boolean => {
    const ids = Object.keys(document.nodes);
    const shared = ids.filter((id) => Object.hasOwn(known, id)).length;
    return 2 * shared >= Math.min(ids.length, Object.keys(known).length);
  };
  return others.every(isVersion) ? 'ids' : 'content';
}

/** The flow with the ids that `base` has for the same records. */
export function related(base: ReadFlow, flow: ReadFlow, match: Match): FlowDocument {
  if (match === 'content') return align(base.document, flow.document, { ids: 'foreign' });
  if (flow.format !== 'mermaid') return flow.document;
  return align(base.document, flow.document, { ids: 'steps' });
}

interface Named {
  id: string;
  data?: Record<string, JsonValue>;
}

/**
 * A side of a merge, completed by what its format cannot hold: there, what is absent was not taken away. Without places
 * of its own it lies as `base` does.
 */
export function completed(base: FlowDocument, document: FlowDocument, file: ReadFlow): FlowDocument {
  const { format } = file;
  if (format === 'json') return document;
  const held = format === 'bpmn' ? HELD_BY_BPMN : HELD;
  const whole = <T extends Named>(records: Record<string, T>, former: Record<string, T>) =>
    Object.fromEntries(
      Object.entries(records).map(([id, record]): [string, T] => {
        const old = Object.hasOwn(former, id) ? former[id] : undefined;
        if (!old) return [id, record];
        const place = format === 'mermaid' ? only(old, (field) => PLACE.has(field)) : {};
        const kept = only(old, (field) => !held.includes(field));
        return [
          id,
          { ...kept, ...record, ...place, ...(old.data && { data: { ...old.data, ...record.data } }) },
        ];
      }),
    );
  const edges = whole(document.edges, base.edges);
  for (const [id, { elementId, ...edge }] of Object.entries(edges)) {
    // An element belongs to the screen that a transition has left.
    if (elementId !== undefined && edge.source !== base.edges[id]?.source) edges[id] = edge;
  }
  return {
    ...document,
    name: isNamed(file) ? document.name : base.name,
    nodes: whole(document.nodes, base.nodes),
    edges,
    frames: whole(document.frames, base.frames),
    personas: { ...base.personas, ...whole(document.personas, base.personas) },
  };
}

function only<T extends object>(record: T, which: (field: string) => boolean): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([field]) => which(field))) as Partial<T>;
}

/**
 * `theirs` with edges that both sides have made under one id, and with other ids for different ones that are called
 * the same: formats number edges as they come, so that the fifth of one file is not that of another.
 */
export function withEdgesTold(base: FlowDocument, ours: FlowDocument, theirs: FlowDocument): FlowDocument {
  const isNew = ({ id }: FlowEdge): boolean => !Object.hasOwn(base.edges, id);
  const made = new Map<string, string[]>();
  for (const edge of Object.values(ours.edges).filter(isNew))
    made.set(sense(edge), [...(made.get(sense(edge)) ?? []), edge.id]);
  const taken = new Set([
    ...Object.keys(base.edges),
    ...Object.keys(ours.edges),
    ...Object.keys(theirs.edges),
  ]);
  const edges: Record<string, FlowEdge> = {};
  for (const edge of Object.values(theirs.edges)) {
    let { id } = edge;
    if (isNew(edge)) {
      id = made.get(sense(edge))?.shift() ?? (Object.hasOwn(ours.edges, id) ? freshId(id, taken) : id);
      taken.add(id);
    }
    edges[id] = { ...edge, id };
  }
  return { ...theirs, edges };
}

function sense({ source, target, trigger, label, condition }: FlowEdge): string {
  return JSON.stringify([source, target, trigger, label, condition]);
}

function freshId(id: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number += 1) {
    const fresh = `${id.slice(0, 50)}-${number}`;
    if (!taken.has(fresh)) return fresh;
  }
}
