import { KINDS } from '../document/fields.ts';
import { jsonEqual } from '../document/json.ts';
import type { FlowDocument, JsonValue, RecordKind } from '../document/types.ts';
import { aligned } from './align.ts';
import { matchRecords, type MatchOptions } from './match.ts';
import { recordsOf } from './tables.ts';

export interface StructuralDiffOptions extends MatchOptions {
  /** Fields that are not compared, such as `position` and `size` where only the structure matters. */
  ignore?: readonly string[];
}

export interface RecordRef {
  kind: RecordKind;
  id: string;
}

export interface FieldChange {
  field: string;
  /** Null where the field is absent. References are told in the ids of the first document. */
  before: JsonValue;
  after: JsonValue;
}

export interface ChangedRecord {
  kind: RecordKind;
  /** Its id in the first document and in the second. */
  id: string;
  afterId: string;
  fields: FieldChange[];
}

export interface StructuralDiff {
  /** The names of the documents, where they differ. */
  name: { before: string; after: string } | null;
  /** Records of the second document without a partner, by their ids there. */
  added: RecordRef[];
  /** Records of the first document without a partner. */
  removed: RecordRef[];
  changed: ChangedRecord[];
  /** How many records are the same in every field. */
  unchanged: number;
}

/**
 * What differs between any two documents, with a common past or without: records are matched by id and by content (see
 * `matchRecords`), and an id alone is no difference. Linear time.
 */
export function structuralDiff(
  before: FlowDocument,
  after: FlowDocument,
  options: StructuralDiffOptions = {},
): StructuralDiff {
  const matches = matchRecords(before, after, options);
  const same = aligned(before, after, matches);
  const ignored = new Set([...(options.ignore ?? []), 'id']);
  const result: StructuralDiff = {
    name: before.name === after.name ? null : { before: before.name, after: after.name },
    added: [],
    removed: [],
    changed: [],
    unchanged: 0,
  };
  for (const kind of KINDS) {
    const partners = recordsOf(same, kind);
    for (const [id, record] of recordsOf(before, kind)) {
      const afterId = matches[kind].get(id);
      const partner = partners.get(id);
      if (afterId === undefined || !partner) {
        result.removed.push({ kind, id });
        continue;
      }
      const fields = [...new Set([...Object.keys(record), ...Object.keys(partner)])]
        .filter((field) => !ignored.has(field) && !jsonEqual(record[field], partner[field]))
        .map((field) => ({ field, before: record[field] ?? null, after: partner[field] ?? null }));
      if (fields.length > 0) result.changed.push({ kind, id, afterId, fields });
      else result.unchanged += 1;
    }
    const matched = new Set(matches[kind].values());
    for (const id of recordsOf(after, kind).keys()) if (!matched.has(id)) result.added.push({ kind, id });
  }
  return result;
}
