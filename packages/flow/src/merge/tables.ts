import { COLLECTIONS, type AnyRecord } from '../document/fields.ts';
import type { FlowDocument, RecordKind } from '../document/types.ts';

/** The records of one kind, by id and without what objects inherit. */
export function recordsOf(document: FlowDocument, kind: RecordKind): ReadonlyMap<string, AnyRecord> {
  // Records of every kind are objects of JSON values; only their field names differ.
  return new Map(Object.entries(document[COLLECTIONS[kind]] as unknown as Record<string, AnyRecord>));
}

export type Tables = Readonly<Record<RecordKind, ReadonlyMap<string, AnyRecord>>>;

/** A document as a table for each kind. */
export function tablesOf(document: FlowDocument): Tables {
  return {
    node: recordsOf(document, 'node'),
    edge: recordsOf(document, 'edge'),
    frame: recordsOf(document, 'frame'),
    persona: recordsOf(document, 'persona'),
  };
}

export type Draft = Readonly<Record<RecordKind, Map<string, AnyRecord>>>;

/** A document of these records. */
export function documentOf(name: string, draft: Draft): FlowDocument {
  return {
    format: 'uxflow/1',
    name,
    nodes: Object.fromEntries(draft.node),
    edges: Object.fromEntries(draft.edge),
    frames: Object.fromEntries(draft.frame),
    personas: Object.fromEntries(draft.persona),
  } as unknown as FlowDocument;
}
