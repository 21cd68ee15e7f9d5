import { OpenAPIHono } from '@hono/zod-openapi';
import type { AppEnv } from './env.ts';
import { ApiError } from './errors.ts';

/** A router of one capability. What its schemas refuse becomes 422 `invalid_request` with the path of each fault. */
export function createRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      // An id that cannot exist is an id that does not exist.
      if (result.target === 'param') throw new ApiError('not_found', 'There is no such object.');
      const issues = result.error.issues.map(({ path, message }: { path: PropertyKey[]; message: string }) => ({
        path: path.map(String).join('.'),
        message,
      }));
      const [first] = issues;
      const detail = issues.length === 1 && first
        ? `${first.path || 'The request'}: ${first.message}.`
        : `${issues.length} fields are wrong: see issues.`;
      throw new ApiError('invalid_request', detail, { issues, ...(first?.path && { param: first.path }) });
    },
  });
}
