import { clip } from '../../document/clip.ts';
import { LIMITS } from '../../document/limits.ts';
import type { Warnings } from './warnings.ts';

/** A text that a document may hold, as a title or a description; what does not fit is cut and told. */
export function fitted(
  raw: string,
  limit: 'title' | 'description',
  warnings: Warnings,
  line?: number,
): string {
  const whole = raw.replace(/\p{Surrogate}/gu, '\uFFFD');
  if (whole !== raw) warnings.add('half of a character (a lone surrogate) was replaced by \uFFFD', line);
  const kept = clip(whole, LIMITS[limit]);
  if (kept !== whole) warnings.add(`a text was cut to ${LIMITS[limit]} characters`, line);
  return kept;
}

/** A number that may be a coordinate, or undefined: finite and on the canvas. */
export function coordinate(value: unknown): number | undefined {
  const number =
    typeof value === 'string' && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/iu.test(value)
      ? Number(value)
      : value;
  return typeof number === 'number' && Math.abs(number) <= LIMITS.coordinate ? number : undefined;
}
