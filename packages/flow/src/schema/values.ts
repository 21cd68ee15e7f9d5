import * as z from 'zod/mini';
import { ID_PATTERN, isSafeKey } from '../document/ids.ts';
import { LIMITS } from '../document/limits.ts';
import type { JsonValue, Point, Size } from '../document/types.ts';
import { dataProblem } from './data.ts';

const LONE_SURROGATE = /\p{Surrogate}/u;
const WEB_ADDRESS = /^https?:\/\/[^\s/?#]+\S*$/i;

/** Text of at most `most` characters (UTF-16 code units) that can be written as UTF-8. */
export function text(most: number): z.ZodMiniType<string> {
  return z.string().check(
    z.maxLength(most, { error: `At most ${most} characters: shorten it` }),
    z.refine((value) => !LONE_SURROGATE.test(value), {
      error: 'Holds half of a surrogate pair: send whole characters',
    }),
  );
}

export const titleText: z.ZodMiniType<string> = text(LIMITS.title);
export const longText: z.ZodMiniType<string> = text(LIMITS.description);

/** The id of a record, usable as an object's key. */
export const idSchema: z.ZodMiniType<string> = z.string().check(
  z.regex(ID_PATTERN, {
    error: `Start with a letter or digit, go on with letters, digits and _ . : -, at most ${LIMITS.id} in all`,
  }),
  z.refine(isSafeKey, { error: 'This id is reserved: take another' }),
);

/** An address that a browser may open. */
export const urlSchema: z.ZodMiniType<string> = z
  .string()
  .check(
    z.maxLength(LIMITS.url, { error: `At most ${LIMITS.url} characters` }),
    z.regex(WEB_ADDRESS, { error: 'Give an absolute http or https URL' }),
  );

const coordinate = z
  .number()
  .check(
    z.gte(-LIMITS.coordinate, { error: `Must be at least ${-LIMITS.coordinate} pixels` }),
    z.lte(LIMITS.coordinate, { error: `Must be at most ${LIMITS.coordinate} pixels` }),
  );
const length = z
  .number()
  .check(
    z.gt(0, { error: 'Must be more than 0 pixels' }),
    z.lte(LIMITS.coordinate, { error: `Must be at most ${LIMITS.coordinate} pixels` }),
  );
/** A whole number from 0. Not `z.int()`: its number formats would be 5 % of this entry's size. */
export const countSchema: z.ZodMiniType<number> = z
  .number()
  .check(z.multipleOf(1, { error: 'Give a whole number' }), z.gte(0, { error: 'Must be 0 or more' }));
export const pointSchema: z.ZodMiniType<Point> = z.strictObject({ x: coordinate, y: coordinate });
export const sizeSchema: z.ZodMiniType<Size> = z.strictObject({ width: length, height: length });

/** The partner's own fields: any JSON object within bounds. In JSON Schema a free object. */
export const dataSchema: z.ZodMiniType<Record<string, JsonValue>> = z.record(z.string(), z.unknown()).check(
  z.check(({ value, issues }) => {
    const problem = dataProblem(value);
    if (problem) issues.push({ code: 'custom', message: problem.message, path: problem.path, input: value });
  }),
) as unknown as z.ZodMiniType<Record<string, JsonValue>>;

/** A list without repetitions, by `keyOf`. */
export function distinct<T>(
  item: z.ZodMiniType<T>,
  most: number,
  keyOf: (value: T) => string,
): z.ZodMiniType<T[]> {
  return z.array(item).check(
    z.maxLength(most, { error: `At most ${most} entries` }),
    z.refine((items) => new Set(items.map(keyOf)).size === items.length, {
      error: 'Holds an entry twice: keep one',
    }),
  );
}
