import type * as z from 'zod/mini';
import { FlowError, type FlowIssue } from '../document/errors.ts';
import { issueMessage } from './issue-message.ts';

/** Issues reported of one input; the first few are enough to mend it. */
const MOST_ISSUES = 50;

/** The parsed value, or what is wrong with it: dotted paths that begin with `root`, and messages that say the remedy. */
export function validate<T>(
  schema: z.ZodMiniType<T>,
  value: unknown,
  root = '',
): { ok: true; value: T } | { ok: false; issues: FlowIssue[] } {
  // Messages are given at each parse: zod's global configuration belongs to the application, not to a library.
  const result = schema.safeParse(value, { error: issueMessage });
  if (result.success) return { ok: true, value: result.data };
  const issues: FlowIssue[] = [];
  for (const issue of result.error.issues) {
    const path = root === '' ? issue.path : [root, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        issues.push({
          path: [...path, key].map(String).join('.'),
          message: 'Unknown field: remove it, own fields belong under data',
        });
      }
    } else if (issue.code === 'invalid_key') {
      issues.push({ path: path.map(String).join('.'), message: issue.issues[0]?.message ?? issue.message });
    } else {
      issues.push({ path: path.map(String).join('.'), message: issue.message });
    }
  }
  return { ok: false, issues: issues.slice(0, MOST_ISSUES) };
}

/** The parsed value. @throws FlowError `invalid_request` with the issues. */
export function parse<T>(schema: z.ZodMiniType<T>, value: unknown, root = ''): T {
  const result = validate(schema, value, root);
  if (result.ok) return result.value;
  throw new FlowError('invalid_request', result.issues);
}
