import { COLLECTIONS, KINDS, type AnyRecord } from '../document/fields.ts';
import { jsonEqual } from '../document/json.ts';
import type { FlowDocument } from '../document/types.ts';

/**
 * `next`, in which every record and collection equal to that of `before` is the very same object, so that a view
 * draws again only what changed. Replaces records of `next` in place: they are equal, so no reader can tell.
 */
export function keepIdentity(before: FlowDocument | undefined, next: FlowDocument): FlowDocument {
  if (!before || before === next) return next;
  let kept = next;
  for (const kind of KINDS) {
    const collection = COLLECTIONS[kind];
    if (before[collection] === next[collection]) continue;
    const old = before[collection] as unknown as Record<string, AnyRecord>;
    const fresh = next[collection] as unknown as Record<string, AnyRecord>;
    const ids = Object.keys(fresh);
    let same = ids.length === Object.keys(old).length;
    for (const id of ids) {
      const known = Object.hasOwn(old, id) ? old[id] : undefined;
      if (known === fresh[id]) continue;
      if (known && jsonEqual(known, fresh[id])) fresh[id] = known;
      else same = false;
    }
    if (same) kept = { ...kept, [collection]: before[collection] };
  }
  return kept;
}
