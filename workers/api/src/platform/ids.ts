import { monotonicFactory } from 'ulid';

/** Prefixes of public ids. An id is its prefix, `_` and a ULID, so ids sort by creation. */
export const ID_PREFIXES = [
  'ws',
  'flw',
  'cmt',
  'ver',
  'prp',
  'run',
  'key',
  'agt',
  'doc',
  'ent',
  'evt',
  'whk',
  'dlv',
  'thr',
  'att',
  'req',
  'tok',
  'peer',
  'rec',
] as const;
export type IdPrefix = (typeof ID_PREFIXES)[number];

const ulid = monotonicFactory();

/** A new id, e.g. `newId('flw')` → `flw_01KA3…`. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${ulid()}`;
}

/** A regular expression for ids of this prefix, for route parameters. */
export function idPattern(prefix: IdPrefix): RegExp {
  return new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`);
}
