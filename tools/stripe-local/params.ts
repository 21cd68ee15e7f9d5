import { z } from 'zod';
import { invalid } from './errors.ts';

/** Text; the empty string is kept, it is how Stripe's clients say "unset". */
export const text = z.string().max(5_000);
export const id = z.string().min(1).max(255);
export const int = z.union([z.number().int(), z.string().regex(/^-?\d{1,15}$/, 'integer')]).transform(Number);
export const count = int.refine((value) => value >= 0, 'integer');
export const bool = z
  .union([z.boolean(), z.enum(['true', 'false'])])
  .transform((value) => value === true || value === 'true');
/** Unix seconds. */
export const time = int.refine((value) => value >= 0, 'integer');
export const decimal = z
  .union([z.string().regex(/^-?\d{1,15}(\.\d{1,12})?$/, 'decimal'), z.number()])
  .transform(String);
export const currency = z
  .string()
  .regex(/^[a-zA-Z]{3}$/, 'currency')
  .transform((value) => value.toLowerCase());
/** Metadata to merge: an empty value removes its key, an empty string all of them. */
export const metadata = z.union([
  z.literal(''),
  z.record(z.string().max(40), z.union([text, z.number().transform(String)])),
]);
export const address = z.strictObject({
  city: text.optional(),
  country: text.optional(),
  line1: text.optional(),
  line2: text.optional(),
  postal_code: text.optional(),
  state: text.optional(),
});
export const seconds = z.union([
  time,
  z.strictObject({ gt: time.optional(), gte: time.optional(), lt: time.optional(), lte: time.optional() }),
]);

/** Parameters every route takes. */
const COMMON = { expand: z.array(z.string()).max(20).optional() };

/** Parameters every list takes. */
export const PAGE = {
  limit: int.refine((value) => value >= 1 && value <= 100, 'limit').optional(),
  starting_after: id.optional(),
  ending_before: id.optional(),
};

/**
 * The parameters of a route that are understood here; each name must be one of the SDK's own (`P`). What is not listed
 * is refused as Stripe refuses an unknown parameter: nothing is silently ignored.
 */
export function params<P>() {
  return <S extends z.ZodRawShape>(shape: S & Record<Exclude<keyof S, keyof P>, never>) =>
    z.strictObject({ ...(shape as S), ...COMMON });
}

/** Parses what was sent. @throws StripeError naming the parameter in bracket form. */
export function parse<T>(schema: z.ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = deepest(result.error.issues);
  const at = (path: PropertyKey[]) =>
    path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join('');
  const param = at(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const unknown = at([...issue.path, issue.keys[0] ?? '']);
    throw invalid(
      `Received unknown parameter: ${unknown} (or one that stripe-local does not support)`,
      unknown,
      'parameter_unknown',
    );
  }
  if (valueAt(given, issue.path) === undefined) {
    throw invalid(`Missing required param: ${param}.`, param, 'parameter_missing');
  }
  const value = valueAt(given, issue.path);
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  if (value === '')
    throw invalid(`You passed an empty string for '${param}'.`, param, 'parameter_invalid_empty');
  if (issue.code === 'invalid_value') {
    throw invalid(`Invalid ${param}: must be one of ${issue.values.map(String).join(', ')}`, param);
  }
  if (issue.message === 'integer')
    throw invalid(`Invalid integer: ${shown}`, param, 'parameter_invalid_integer');
  throw invalid(`Invalid ${param}: ${shown} (${issue.message})`, param);
}

/** Of a union, the branch that came furthest tells what is wrong. */
function deepest(issues: z.core.$ZodIssue[]): z.core.$ZodIssue {
  const [issue] = issues;
  if (!issue) throw new Error('no issue');
  if (issue.code !== 'invalid_union') return issue;
  const candidates = issue.errors.filter((branch) => branch.length > 0).map(deepest);
  const best = candidates.toSorted((a, b) => b.path.length - a.path.length || rank(b) - rank(a))[0];
  return best ? { ...best, path: [...issue.path, ...best.path] } : issue;
}

function rank(issue: z.core.$ZodIssue): number {
  return issue.code === 'invalid_type' ? 0 : 1;
}

function valueAt(given: unknown, path: PropertyKey[]): unknown {
  let at = given;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<PropertyKey, unknown>)[part];
  }
  return at;
}

/** Metadata after `given` was merged into `old`. */
export function mergeMetadata(
  old: Record<string, string> | null,
  given: z.output<typeof metadata> | undefined,
): Record<string, string> {
  if (given === '') return {};
  const merged = { ...old, ...given };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
}

/** `''` unsets; absent keeps `old`. */
export function unsettable(given: string | undefined, old: string | null): string | null {
  return given === undefined ? old : given === '' ? null : given;
}
