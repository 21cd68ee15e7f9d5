import { idsIn, KINDS, REFERENCES, type AnyRecord } from '../document/fields.ts';
import { LIMITS } from '../document/limits.ts';
import type { FlowDocument, JsonValue, RecordKind } from '../document/types.ts';
import { matchRecords, type Matches, type MatchOptions } from './match.ts';
import { documentOf, tablesOf, type Draft } from './tables.ts';

/**
 * `document` with the ids of `base` wherever a record is the same, so that the two can be compared, or merged as if
 * one had been made from the other. New records keep their ids, unless `base` uses them for something else.
 */
export function align(base: FlowDocument, document: FlowDocument, options: MatchOptions = {}): FlowDocument {
  return aligned(base, document, matchRecords(base, document, options));
}

/** The same with matches that are already known. */
export function aligned(base: FlowDocument, document: FlowDocument, matches: Matches): FlowDocument {
  const tables = tablesOf(document);
  const taken = tablesOf(base);
  const names: Record<RecordKind, Map<string, string>> = {
    node: new Map(),
    edge: new Map(),
    frame: new Map(),
    persona: new Map(),
  };
  for (const kind of KINDS) {
    for (const [baseId, id] of matches[kind]) names[kind].set(id, baseId);
    const used = new Set([...taken[kind].keys(), ...tables[kind].keys()]);
    for (const id of tables[kind].keys()) {
      if (names[kind].has(id)) continue;
      const fresh = taken[kind].has(id) ? freshId(id, used) : id;
      used.add(fresh);
      names[kind].set(id, fresh);
    }
  }
  const draft: Draft = { node: new Map(), edge: new Map(), frame: new Map(), persona: new Map() };
  for (const kind of KINDS) {
    for (const [id, record] of tables[kind]) {
      const name = names[kind].get(id) ?? id;
      draft[kind].set(name, renamed(kind, record, name, names));
    }
  }
  return documentOf(document.name, draft);
}

function renamed(
  kind: RecordKind,
  record: AnyRecord,
  id: string,
  names: Readonly<Record<RecordKind, ReadonlyMap<string, string>>>,
): AnyRecord {
  const result: Record<string, JsonValue> = { ...record, id };
  for (const [field, target] of Object.entries(REFERENCES[kind])) {
    const value = record[field];
    if (value === undefined) continue;
    const ids = idsIn(value).map((ref) => names[target].get(ref) ?? ref);
    result[field] = Array.isArray(value) ? ids : (ids[0] ?? value);
  }
  return result;
}

function freshId(id: string, used: ReadonlySet<string>): string {
  for (let number = 2; ; number += 1) {
    const suffix = `-${number}`;
    const fresh = `${id.slice(0, LIMITS.id - suffix.length)}${suffix}`;
    if (!used.has(fresh)) return fresh;
  }
}
