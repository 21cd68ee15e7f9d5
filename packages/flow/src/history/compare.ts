import { diff } from '../document/diff.ts';
import { COLLECTIONS, READING_ORDER, type AnyRecord } from '../document/fields.ts';
import { jsonEqual } from '../document/json.ts';
import type { FlowDocument, JsonValue, Op, RecordKind } from '../document/types.ts';
import { labelOf } from './label.ts';

/** A field whose value differs; null stands for an absent one, which no field holds otherwise. */
export interface FieldChange {
  field: string;
  before: JsonValue;
  after: JsonValue;
}

interface Named {
  kind: RecordKind;
  id: string;
  /** What people call it; of a changed record, after the change. */
  label: string;
}
/** A record that only one of the documents has. */
export interface RecordEntry extends Named {
  value: Record<string, JsonValue>;
}
/** A record that both documents have, and what differs. */
export interface RecordChange extends Named {
  fields: FieldChange[];
}

/** All that differs between two documents, for people to read and for machines to carry out. */
export interface DocumentComparison {
  /** Absent when the name is the same. */
  name?: { before: string; after: string };
  added: RecordEntry[];
  removed: RecordEntry[];
  changed: RecordChange[];
  /** The fewest ops that turn the one document into the other. */
  ops: Op[];
}

/**
 * What changed from `before` to `after`, record by record and field by field. The entries hold every value that
 * differs, so that either document can be made from the other with them alone.
 *
 * @throws FlowError when `after` breaks a rule of the graph, see `diff`.
 */
export function compareDocuments(before: FlowDocument, after: FlowDocument): DocumentComparison {
  const added: RecordEntry[] = [];
  const removed: RecordEntry[] = [];
  const changed: RecordChange[] = [];
  for (const kind of READING_ORDER) {
    const old = before[COLLECTIONS[kind]] as unknown as Readonly<Record<string, AnyRecord>>;
    const fresh = after[COLLECTIONS[kind]] as unknown as Readonly<Record<string, AnyRecord>>;
    for (const [id, record] of Object.entries(fresh)) {
      const former = Object.hasOwn(old, id) ? old[id] : undefined;
      if (former === record) continue;
      const label = labelOf(after, kind, record);
      if (!former) {
        added.push({ kind, id, label, value: record });
        continue;
      }
      const fields = fieldChanges(former, record);
      if (fields.length > 0) changed.push({ kind, id, label, fields });
    }
    for (const [id, record] of Object.entries(old)) {
      if (Object.hasOwn(fresh, id)) continue;
      removed.push({ kind, id, label: labelOf(before, kind, record), value: record });
    }
  }
  return {
    ...(before.name !== after.name && { name: { before: before.name, after: after.name } }),
    added,
    removed,
    changed,
    ops: diff(before, after),
  };
}

function fieldChanges(before: AnyRecord, after: AnyRecord): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) => {
    const [old, fresh] = [before[field] ?? null, after[field] ?? null];
    return jsonEqual(old, fresh) ? [] : [{ field, before: old, after: fresh }];
  });
}
