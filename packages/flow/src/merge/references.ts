import { idsIn, KINDS, REFERENCES, startsAtElementOf, type AnyRecord } from '../document/fields.ts';
import type { JsonValue, RecordKind } from '../document/types.ts';
import { withoutIds, type Side } from './side.ts';
import type { Draft } from './tables.ts';
import { value } from './three-way.ts';
import type { MergeConflict } from './types.ts';

interface Sides {
  base: Side;
  ours: Side;
  theirs: Side;
}

/**
 * Makes every reference of the draft point at something. What one side removed and the other newly points at comes
 * back, with a conflict; a reference as old as the base goes with its target, as in any removal.
 */
export function mendReferences(draft: Draft, sides: Sides, conflicts: MergeConflict[]): void {
  // A record that comes back may itself point at something that is gone, so the list grows while it is worked on.
  const queue = KINDS.flatMap((kind) =>
    [...draft[kind].keys()].map((id): [RecordKind, string] => [kind, id]),
  );
  for (const [kind, id] of queue) {
    const record = draft[kind].get(id);
    if (!record) continue;
    for (const [field, target] of Object.entries(REFERENCES[kind])) {
      const old = new Set(idsIn(sides.base.get(kind, id)?.[field]));
      for (const ref of idsIn(record[field])) {
        const isNew = kind === 'edge' || !old.has(ref);
        if (draft[target].has(ref) || !isNew) continue;
        if (bringBack(draft, sides, target, ref, conflicts)) queue.push([target, ref]);
      }
    }
  }
  for (const kind of KINDS) {
    for (const [id, record] of draft[kind]) {
      draft[kind].set(id, withoutLost(draft, kind, record));
    }
  }
  mendElements(draft, sides, conflicts);
}

function bringBack(
  draft: Draft,
  { base, ours, theirs }: Sides,
  kind: RecordKind,
  id: string,
  conflicts: MergeConflict[],
): boolean {
  const [mine, other] = [ours.get(kind, id), theirs.get(kind, id)];
  const record = mine ?? other;
  if (!record) return false;
  draft[kind].set(id, record);
  conflicts.push({
    kind,
    id,
    field: null,
    reason: 'removed-and-used',
    base: value(base.get(kind, id)),
    ours: value(mine),
    theirs: value(other),
  });
  return true;
}

function withoutLost(draft: Draft, kind: RecordKind, record: AnyRecord): AnyRecord {
  let kept: Record<string, JsonValue> | undefined;
  for (const [field, target] of Object.entries(REFERENCES[kind])) {
    const rest = withoutIds(record[field], (ref) => draft[target].has(ref));
    if (rest === record[field]) continue;
    kept ??= { ...record };
    if (rest === undefined) delete kept[field];
    else kept[field] = rest;
  }
  return kept ?? record;
}

/** A transition lets go of an element that its screen no longer has; told, unless one side just removed the element. */
function mendElements(draft: Draft, { base, ours, theirs }: Sides, conflicts: MergeConflict[]): void {
  for (const [id, edge] of draft.edge) {
    if (startsAtElementOf(draft.node.get(String(edge['source'])), edge)) continue;
    const { elementId = null, ...rest } = edge;
    draft.edge.set(id, rest);
    const before = base.get('edge', id);
    if (before && before['elementId'] === elementId && before['source'] === edge['source']) continue;
    conflicts.push({
      kind: 'edge',
      id,
      field: 'elementId',
      reason: 'removed-and-used',
      base: before?.['elementId'] ?? null,
      ours: ours.get('edge', id)?.['elementId'] ?? null,
      theirs: theirs.get('edge', id)?.['elementId'] ?? null,
    });
  }
}

/** Puts frames that would contain themselves back to where they were; the base has no circle, so none is left. */
export function mendFrames(draft: Draft, { base, ours, theirs }: Sides, conflicts: MergeConflict[]): void {
  for (let circle = circling(draft); circle.length > 0; circle = circling(draft)) {
    const moved = circle.filter(
      (id) => draft.frame.get(id)?.['parentId'] !== base.get('frame', id)?.['parentId'],
    );
    // The base itself is broken: that is refused where the result is checked.
    if (moved.length === 0) return;
    for (const id of moved) {
      const { parentId: _parent, ...frame } = draft.frame.get(id) ?? {};
      const before = base.get('frame', id)?.['parentId'];
      draft.frame.set(
        id,
        typeof before === 'string' && draft.frame.has(before) ? { ...frame, parentId: before } : frame,
      );
      conflicts.push({
        kind: 'frame',
        id,
        field: 'parentId',
        reason: 'frame-cycle',
        base: before ?? null,
        ours: ours.get('frame', id)?.['parentId'] ?? null,
        theirs: theirs.get('frame', id)?.['parentId'] ?? null,
      });
    }
  }
}

/** The frames that lie on a circle of parents. */
function circling(draft: Draft): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  for (const start of draft.frame.keys()) {
    const way = new Set<string>();
    let at: JsonValue | undefined = start;
    while (typeof at === 'string' && !done.has(at) && !way.has(at)) {
      way.add(at);
      at = draft.frame.get(at)?.['parentId'];
    }
    const path = [...way];
    if (typeof at === 'string' && way.has(at)) found.push(...path.slice(path.indexOf(at)));
    for (const id of path) done.add(id);
  }
  return found;
}
