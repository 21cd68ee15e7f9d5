import type { Op } from '../../document/types.ts';

/**
 * When one thing was last written, and whose value it holds. They differ only after an undo, which writes now but
 * brings back the value, and with it the origin, of an earlier commit. Clocks of commits.
 */
export interface Stamp {
  clock: number;
  origin: number;
}

/** The stamps of one record: of its making, and of the fields that were written since. */
export interface Mark {
  made: Stamp;
  fields: Map<string, Stamp>;
}

/** Origins by field; the empty name stands for the making of the record and for every field not named. */
export type Origins = Record<string, number>;
const MADE = '';

/** The name of the document has a mark like any record. */
export const DOCUMENT_KEY = 'document';

/** What an op in simplest form touches. */
export function keyOf(op: Op): string {
  if (op.op === 'rename') return DOCUMENT_KEY;
  return `${op.kind}:${op.op === 'put' ? op.value.id : op.id}`;
}

/** The fields that an op in simplest form writes; none for making and removing. */
export function fieldsOf(op: Op): string[] {
  if (op.op === 'rename') return ['name'];
  return op.op === 'patch' ? Object.keys(op.set) : [];
}

export function stampOf(mark: Mark, field: string): Stamp {
  return mark.fields.get(field) ?? mark.made;
}

/** Where all of a record's values come from. */
export function originsOf(mark: Mark): Origins {
  const origins: Origins = { [MADE]: mark.made.origin };
  for (const [field, stamp] of mark.fields) origins[field] = stamp.origin;
  return origins;
}

/** The origin of `field` in `origins`; `otherwise` when they say nothing about it. */
export function originIn(origins: Origins | undefined, field: string, otherwise: number): number {
  return origins?.[field] ?? origins?.[MADE] ?? otherwise;
}

/** True when every value of the record still is what `origins` says. */
export function isUntouched(mark: Mark, origins: Origins | undefined, otherwise: number): boolean {
  return (
    mark.made.origin === originIn(origins, MADE, otherwise) &&
    [...mark.fields].every(([field, stamp]) => stamp.origin === originIn(origins, field, otherwise))
  );
}

/** A new record's mark, made at `clock`; with `origins` when it was brought back. */
export function newMark(clock: number, origins?: Origins): Mark {
  const mark: Mark = { made: { clock, origin: originIn(origins, MADE, clock) }, fields: new Map() };
  for (const [field, origin] of Object.entries(origins ?? {})) {
    if (field !== MADE && origin !== mark.made.origin) mark.fields.set(field, { clock, origin });
  }
  return mark;
}

/** As stored in `record.fields`: a number where clock and origin are one. The making's origin stands under ''. */
export function writeMark(mark: Mark): string {
  const entries: [string, number | [number, number]][] = [];
  if (mark.made.origin !== mark.made.clock) entries.push([MADE, [mark.made.clock, mark.made.origin]]);
  for (const [field, { clock, origin }] of mark.fields)
    entries.push([field, clock === origin ? clock : [clock, origin]]);
  return entries.length === 0 ? '{}' : JSON.stringify(Object.fromEntries(entries));
}

export function readMark(clock: number, stored: string): Mark {
  const mark: Mark = { made: { clock, origin: clock }, fields: new Map() };
  if (stored === '{}') return mark;
  const parsed = JSON.parse(stored) as Record<string, number | [number, number]>;
  for (const [field, entry] of Object.entries(parsed)) {
    const stamp =
      typeof entry === 'number' ? { clock: entry, origin: entry } : { clock: entry[0], origin: entry[1] };
    if (field === MADE) mark.made = stamp;
    else mark.fields.set(field, stamp);
  }
  return mark;
}
