import { jsonEqual } from '../document/json.ts';
import { LIMITS } from '../document/limits.ts';
import type { JsonValue } from '../document/types.ts';
import type { MergeSide } from './types.ts';

type Fields = Readonly<Record<string, JsonValue>>;

/** A part of a screen that both sides changed differently; null where it is absent. */
export interface ScreenConflict {
  /** As in `elements.ok` or `imageUrl`. */
  part: string;
  base: JsonValue;
  ours: JsonValue;
  theirs: JsonValue;
}

/** The lists of a screen, by what tells their entries apart, and how many entries each may have. */
const LISTS = {
  elements: { key: 'id', most: LIMITS.screenElements },
  states: { key: 'kind', most: LIMITS.screenStates },
} as const;

/**
 * A screen that both sides changed, put together of its elements, states and addresses. Undefined where that cannot be
 * done: a side has no screen, has one entry twice, or both together have too much.
 */
export function mergeScreens(
  base: JsonValue | undefined,
  ours: JsonValue | undefined,
  theirs: JsonValue | undefined,
  prefer: MergeSide,
): { screen: JsonValue; conflicts: ScreenConflict[] } | undefined {
  if (!isFields(base) || !isFields(ours) || !isFields(theirs)) return undefined;
  const conflicts: ScreenConflict[] = [];
  const take = (part: string, b?: JsonValue, o?: JsonValue, t?: JsonValue): JsonValue | undefined => {
    if (jsonEqual(o, t) || jsonEqual(b, t)) return o;
    if (jsonEqual(b, o)) return t;
    conflicts.push({ part, base: b ?? null, ours: o ?? null, theirs: t ?? null });
    // Whoever has changed a part has a use for it; who removed it may not have known.
    return (prefer === 'ours' ? o : t) ?? o ?? t;
  };
  const screen: Record<string, JsonValue> = {};
  for (const [list, { key, most }] of Object.entries(LISTS)) {
    const [b, o, t] = [base[list], ours[list], theirs[list]].map((entries) => byKey(entries, key));
    if (!b || !o || !t) return undefined;
    const [first, second] = prefer === 'ours' ? [o, t] : [t, o];
    const merged = [...new Set([...first.keys(), ...second.keys()])].flatMap(
      (id) => take(`${list}.${id}`, b.get(id), o.get(id), t.get(id)) ?? [],
    );
    if (merged.length > most) return undefined;
    screen[list] = merged;
  }
  for (const field of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    if (Object.hasOwn(LISTS, field)) continue;
    const value = take(field, base[field], ours[field], theirs[field]);
    if (value !== undefined) screen[field] = value;
  }
  return { screen, conflicts };
}

/** The entries of a list by their key; undefined when two have the same. */
function byKey(entries: JsonValue | undefined, key: string): Map<string, JsonValue> | undefined {
  if (!Array.isArray(entries)) return undefined;
  const map = new Map(entries.map((entry) => [isFields(entry) ? String(entry[key]) : '', entry]));
  return map.size === entries.length ? map : undefined;
}

function isFields(value: JsonValue | undefined): value is Fields & { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
