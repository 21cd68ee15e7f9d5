import { KINDS, type AnyRecord } from '../document/fields.ts';
import { jsonEqual } from '../document/json.ts';
import type { JsonValue, RecordKind } from '../document/types.ts';
import { mergeScreens } from './screens.ts';
import type { Side } from './side.ts';
import type { Draft } from './tables.ts';
import type { MergeConflict, MergeSide } from './types.ts';

/** The records that both sides together want, field by field; references may still point at what is gone. */
export function mergeRecords(
  base: Side,
  ours: Side,
  theirs: Side,
  prefer: MergeSide,
  conflicts: MergeConflict[],
): Draft {
  const draft: Draft = { node: new Map(), edge: new Map(), frame: new Map(), persona: new Map() };
  for (const kind of KINDS) {
    const ids = new Set([
      ...ours.tables[kind].keys(),
      ...theirs.tables[kind].keys(),
      ...base.tables[kind].keys(),
    ]);
    for (const id of ids) {
      const merged = mergeRecord(kind, id, { base, ours, theirs }, prefer, conflicts);
      if (merged) draft[kind].set(id, merged);
    }
  }
  return draft;
}

interface Sides {
  base: Side;
  ours: Side;
  theirs: Side;
}

function mergeRecord(
  kind: RecordKind,
  id: string,
  sides: Sides,
  prefer: MergeSide,
  conflicts: MergeConflict[],
): AnyRecord | undefined {
  const before = sides.base.get(kind, id);
  const ours = sides.ours.get(kind, id);
  const theirs = sides.theirs.get(kind, id);
  if (!before) return added(kind, id, ours, theirs, prefer, conflicts);
  if (ours && theirs) return fieldByField(kind, id, before, sides, prefer, conflicts);
  const kept = ours ?? theirs;
  if (!kept) return undefined;
  const [keeper, remover] = ours ? [sides.ours, sides.theirs] : [sides.theirs, sides.ours];
  if (!keeper.changedAny(kind, before, id)) return undefined;
  // A transition that went with its step was not removed by anybody: the other side's change of it is no conflict.
  if (!remover.lostWith(kind, before)) {
    conflicts.push({
      kind,
      id,
      field: null,
      reason: 'removed-and-changed',
      base: value(before),
      ours: value(ours),
      theirs: value(theirs),
    });
  }
  return kept;
}

/** A record that only one side made, or, where each made its own, the one that is preferred, whole. */
function added(
  kind: RecordKind,
  id: string,
  ours: AnyRecord | undefined,
  theirs: AnyRecord | undefined,
  prefer: MergeSide,
  conflicts: MergeConflict[],
): AnyRecord | undefined {
  if (!ours || !theirs) return ours ?? theirs;
  for (const field of fieldsOf(ours, theirs)) {
    if (jsonEqual(ours[field], theirs[field])) continue;
    conflicts.push({
      kind,
      id,
      field,
      reason: 'both-added',
      base: null,
      ours: ours[field] ?? null,
      theirs: theirs[field] ?? null,
    });
  }
  return prefer === 'ours' ? ours : theirs;
}

function fieldByField(
  kind: RecordKind,
  id: string,
  before: AnyRecord,
  { ours, theirs }: Sides,
  prefer: MergeSide,
  conflicts: MergeConflict[],
): AnyRecord {
  const [a, b] = [ours.get(kind, id) ?? before, theirs.get(kind, id) ?? before];
  const merged: Record<string, JsonValue> = {};
  for (const field of fieldsOf(before, a, b)) {
    const [mine, other] = [a[field], b[field]];
    const changed = {
      ours: ours.changed(kind, before, id, field),
      theirs: theirs.changed(kind, before, id, field),
    };
    let taken = mine;
    if (changed.ours && changed.theirs && !jsonEqual(mine, other)) {
      const screens = field === 'screen' ? mergeScreens(before[field], mine, other, prefer) : undefined;
      taken = screens ? screens.screen : prefer === 'ours' ? mine : other;
      const parts = screens?.conflicts ?? [
        { part: '', base: before[field] ?? null, ours: mine ?? null, theirs: other ?? null },
      ];
      for (const { part, ...values } of parts) {
        const at = part === '' ? field : `${field}.${part}`;
        conflicts.push({ kind, id, field: at, reason: 'both-changed', ...values });
      }
    } else if (!changed.ours && (changed.theirs || jsonEqual(before[field], mine))) taken = other;
    if (taken !== undefined) merged[field] = taken;
  }
  return merged;
}

function fieldsOf(...records: readonly AnyRecord[]): Set<string> {
  return new Set(records.flatMap((record) => Object.keys(record)));
}

/** A record as it stands in a conflict. */
export function value(record: AnyRecord | undefined): JsonValue {
  return record ? { ...record } : null;
}
