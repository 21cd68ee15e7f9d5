import type { JsonValue, Op, FlowDocument, RecordKind } from '../document/types.ts';

export type MergeSide = 'ours' | 'theirs';

/** Where two sides want different things. Values are null where the field or the record is absent. */
export interface MergeConflict {
  kind: RecordKind | 'document';
  /** The record's id; empty for the document itself. */
  id: string;
  /** The field, of a screen its part as in `screen.elements.ok`, or null where the whole record is meant. */
  field: string | null;
  /**
   * `both-changed`: both sides changed the field. `both-added`: both made a record of this id, each its own.
   * `removed-and-changed`: one side removed the record, the other changed it; it stays.
   * `removed-and-used`: one side removed what the other newly points at; a record stays, a screen element is let go.
   * `frame-cycle`: together the sides would put frames into each other; the frame goes back to where it was.
   */
  reason: 'both-changed' | 'both-added' | 'removed-and-changed' | 'removed-and-used' | 'frame-cycle';
  base: JsonValue;
  ours: JsonValue;
  theirs: JsonValue;
}

export interface Merged {
  document: FlowDocument;
  /** Ops that lead from `ours` to `document`. */
  ops: Op[];
  conflicts: MergeConflict[];
}

export interface MergeOptions {
  /** Whose value stands where both changed the same field; `ours` when absent. */
  prefer?: MergeSide;
}
