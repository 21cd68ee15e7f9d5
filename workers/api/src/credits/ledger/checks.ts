import type { Refusal } from '../../platform/errors.ts';
import { refuse } from './idempotency.ts';

/** Sums stay exact: no workspace is ever granted more than this many micro-credits (4.5 billion credits) in total. */
export const MOST_GRANTED = 4_500_000_000_000_000;

/** The first of `[name, value, least]` that is not a whole number from `least` up, as a refusal. */
export function badNumber(
  fields: readonly (readonly [name: string, value: number, least: number])[],
): Refusal | null {
  for (const [name, value, least] of fields) {
    if (!Number.isSafeInteger(value) || value < least) {
      return refuse('invalid_request', `${name} must be a whole number from ${least} up, not ${value}.`);
    }
  }
  return null;
}
