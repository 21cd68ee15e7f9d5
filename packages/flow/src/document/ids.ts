import { LIMITS } from './limits.ts';

/** What every id inside a document looks like. */
export const ID_PATTERN: RegExp = new RegExp(`^[A-Za-z0-9][A-Za-z0-9_.:-]{0,${LIMITS.id - 1}}$`);

/**
 * True when `key` may be used as the key of a plain object. Ids are such keys: a record called `__proto__` or
 * `toString` would be confused with what every object inherits.
 */
export function isSafeKey(key: string): boolean {
  return key !== 'prototype' && !Object.hasOwn(Object.prototype, key);
}

/** True when `value` can be the id of a record. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID_PATTERN.test(value) && isSafeKey(value);
}
