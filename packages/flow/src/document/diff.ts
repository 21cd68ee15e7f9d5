import { COLLECTIONS, KINDS, type AnyRecord } from './fields.ts';
import { jsonEqual } from './json.ts';
import { DocumentState } from './state.ts';
import type { FlowDocument, JsonValue, Op, RecordKind } from './types.ts';

/**
 * The fewest ops that turn `from` into `to`, at most one for each record that differs. What follows from another op
 * by itself (the edges of a removed node) is left out.
 *
 * @throws FlowError when `to` breaks a rule of the graph and no ops can lead there.
 */
export function diff(from: FlowDocument, to: FlowDocument): Op[] {
  const state = new DocumentState(from);
  const ops: Op[] = [];
  const carryOut = (op: Op): void => {
    state.apply(op, `ops.${ops.length}`);
    ops.push(op);
  };

  if (from.name !== to.name) carryOut({ op: 'rename', name: to.name });
  // Removals first, so that their clean-up has happened before fields are compared, and limits are not passed.
  for (const kind of ['node', 'edge', 'frame', 'persona'] as const) {
    for (const id of Object.keys(from[COLLECTIONS[kind]])) {
      if (!Object.hasOwn(to[COLLECTIONS[kind]], id) && state.get(kind, id))
        carryOut({ op: 'remove', kind, id });
    }
  }
  for (const kind of KINDS) {
    for (const after of inCreationOrder(kind, to)) {
      const op = change(kind, state.get(kind, String(after['id'])), after);
      if (op) carryOut(op);
    }
  }
  state.seal();
  return ops;
}

function change(kind: RecordKind, before: AnyRecord | undefined, after: AnyRecord): Op | undefined {
  if (before === after) return undefined;
  if (!before) return { op: 'put', kind, value: after } as unknown as Op;
  const set: Record<string, JsonValue> = {};
  for (const [field, value] of Object.entries(after))
    if (!jsonEqual(before[field], value)) set[field] = value;
  for (const field of Object.keys(before)) if (!Object.hasOwn(after, field)) set[field] = null;
  return Object.keys(set).length > 0 ? { op: 'patch', kind, id: String(after['id']), set } : undefined;
}

/** The records of one kind; frames with each parent before its children, which also avoids cycles on the way. */
function inCreationOrder(kind: RecordKind, document: FlowDocument): AnyRecord[] {
  const records = document[COLLECTIONS[kind]] as unknown as Readonly<Record<string, AnyRecord>>;
  if (kind !== 'frame') return Object.values(records);
  const ordered = new Set<AnyRecord>();
  const visit = (frame: AnyRecord, below: AnyRecord[]): void => {
    const parentId = frame['parentId'];
    const parent =
      typeof parentId === 'string' && Object.hasOwn(records, parentId) ? records[parentId] : undefined;
    // A cycle ends here and is then refused by the state.
    if (parent && !ordered.has(parent) && !below.includes(parent)) visit(parent, [...below, frame]);
    ordered.add(frame);
  };
  for (const frame of Object.values(records)) visit(frame, []);
  return [...ordered];
}
