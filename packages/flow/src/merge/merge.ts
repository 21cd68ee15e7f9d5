import { diff } from '../document/diff.ts';
import { KINDS } from '../document/fields.ts';
import type { FlowDocument } from '../document/types.ts';
import { mendFrames, mendReferences } from './references.ts';
import { Side } from './side.ts';
import { documentOf, tablesOf } from './tables.ts';
import { mergeRecords } from './three-way.ts';
import type { Merged, MergeConflict, MergeOptions } from './types.ts';

/**
 * Both sides' changes of `base` in one document. Different fields of a record merge; where both changed the same
 * field, one side's value stands and the conflict is told. Nobody's work is lost in silence: what one side removed and
 * the other changed or newly used stays. Records are matched by id: `align` a document from elsewhere first.
 *
 * Turning the sides round turns the conflicts round. The result is always a valid document.
 *
 * @throws FlowError `limit_exceeded` when the sides together are more than one flow can hold
 */
export function merge(
  base: FlowDocument,
  ours: FlowDocument,
  theirs: FlowDocument,
  { prefer = 'ours' }: MergeOptions = {},
): Merged {
  const sides = {
    base: new Side(tablesOf(base)),
    ours: new Side(tablesOf(ours)),
    theirs: new Side(tablesOf(theirs)),
  };
  const conflicts: MergeConflict[] = [];
  let { name } = ours;
  if (ours.name === base.name) ({ name } = theirs);
  else if (theirs.name !== base.name && theirs.name !== ours.name) {
    if (prefer === 'theirs') ({ name } = theirs);
    conflicts.push({
      kind: 'document',
      id: '',
      field: 'name',
      reason: 'both-changed',
      base: base.name,
      ours: ours.name,
      theirs: theirs.name,
    });
  }
  const draft = mergeRecords(sides.base, sides.ours, sides.theirs, prefer, conflicts);
  mendReferences(draft, sides, conflicts);
  mendFrames(draft, sides, conflicts);
  const document = documentOf(name, draft);
  return { document, ops: diff(ours, document), conflicts: inOrder(conflicts) };
}

/** The same order whichever side comes first. */
function inOrder(conflicts: readonly MergeConflict[]): MergeConflict[] {
  const key = ({ kind, id, field, reason }: MergeConflict): string => {
    const rank = kind === 'document' ? 0 : KINDS.indexOf(kind) + 1;
    return JSON.stringify([rank, id, field ?? '', reason]);
  };
  return conflicts
    .map((conflict) => [key(conflict), conflict] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, conflict]) => conflict);
}
