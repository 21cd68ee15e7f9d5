import { OpenAPIHono, type z } from '@hono/zod-openapi';
import type { AppEnv } from './env.ts';
import { ApiError, type Issue } from './errors.ts';

/** A router of one capability. What its schemas refuse becomes 422 `invalid_request` with the path of each fault. */
export function createRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      // An id that cannot exist is an id that does not exist.
      if (result.target === 'param') throw new ApiError('not_found', 'There is no such object.');
      const issues = (result.error as z.ZodError).issues.flatMap(issuesOf);
      const [first] = issues;
      const detail =
        issues.length === 1 && first
          ? `${first.path || 'The request'}: ${first.message}.`
          : `${issues.length} fields are wrong: see issues.`;
      throw new ApiError('invalid_request', detail, { issues, ...(first?.path && { param: first.path }) });
    },
  });
}

function issuesOf(issue: z.core.$ZodIssue): Issue[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key].join('.'),
      message: 'is not known here: remove it',
    }));
  }
  return [{ path: path.join('.'), message: issue.message }];
}
