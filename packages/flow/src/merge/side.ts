import { elementIds, idsIn, REFERENCES, type AnyRecord } from '../document/fields.ts';
import { jsonEqual } from '../document/json.ts';
import type { JsonValue, RecordKind } from '../document/types.ts';
import type { Tables } from './tables.ts';

/**
 * What one side did to the base, without what only followed from it: whoever removes a frame has not decided that its
 * steps stand outside, and whoever removes a step has not decided against its transitions.
 */
export class Side {
  readonly tables: Tables;

  constructor(tables: Tables) {
    this.tables = tables;
  }

  get(kind: RecordKind, id: string): AnyRecord | undefined {
    return this.tables[kind].get(id);
  }

  /** Whether the side itself gave this field another value than the record `base` has. */
  changed(kind: RecordKind, base: AnyRecord, id: string, field: string): boolean {
    const value = this.get(kind, id)?.[field];
    if (jsonEqual(base[field], value)) return false;
    return !jsonEqual(this.#cleaned(kind, base, id, field), value);
  }

  /** Whether the side itself changed any field of the record. */
  changedAny(kind: RecordKind, base: AnyRecord, id: string): boolean {
    const fields = new Set([...Object.keys(base), ...Object.keys(this.get(kind, id) ?? {})]);
    return [...fields].some((field) => this.changed(kind, base, id, field));
  }

  /** Whether the side lacks the record only because it lacks what the record cannot live without. */
  lostWith(kind: RecordKind, base: AnyRecord): boolean {
    return (
      kind === 'edge' &&
      [base['source'], base['target']].some((end) => idsIn(end).some((id) => !this.get('node', id)))
    );
  }

  /** The base's value of a field without what this side has removed. */
  #cleaned(kind: RecordKind, base: AnyRecord, id: string, field: string): JsonValue | undefined {
    const value = base[field];
    const target = REFERENCES[kind][field];
    if (target) return withoutIds(value, (ref) => this.get(target, ref) !== undefined);
    if (kind !== 'edge' || field !== 'elementId' || typeof value !== 'string') return value;
    const source = this.get('node', String(this.get('edge', id)?.['source']));
    return elementIds(source).includes(value) ? value : undefined;
  }
}

/** A reference, or a list of them, with only those that are kept; absent when none is left. */
export function withoutIds(
  value: JsonValue | undefined,
  keep: (id: string) => boolean,
): JsonValue | undefined {
  const ids = idsIn(value);
  if (ids.every(keep)) return value;
  const rest = ids.filter(keep);
  return rest.length > 0 ? rest : undefined;
}
