import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './env.ts';
import { ApiError } from './errors.ts';

const METHODS = 'GET, POST, PUT, PATCH, DELETE';
const REQUEST_HEADERS = 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID';
const EXPOSED = 'X-Request-Id, Retry-After, RateLimit-Policy, Idempotency-Replayed, Location';

/**
 * Cross-origin rules. A preflight carries no credential, so it cannot be judged by one; the request itself is: a
 * client token that names origins is answered to these alone (`authenticate` refuses the rest before any effect).
 * Cookies are never allowed along, and the opaque origin `null` never gets an answer.
 */
export const cors: MiddlewareHandler<AppEnv> = async (c, next) => {
  const origin = c.req.header('Origin');
  if (origin === undefined || origin === 'null') return next();
  if (c.req.method === 'OPTIONS' && c.req.header('Access-Control-Request-Method') !== undefined) {
    return c.body(null, 204, {
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Methods': METHODS,
      'Access-Control-Allow-Headers': REQUEST_HEADERS,
      'Access-Control-Max-Age': '600',
      Vary: 'Origin',
    });
  }
  await next();
  if (c.res.status === 101) return;
  c.header('Vary', 'Origin', { append: true });
  if (c.error instanceof ApiError && c.error.code === 'origin_not_allowed') return;
  c.header('Access-Control-Allow-Origin', origin);
  c.header('Access-Control-Expose-Headers', EXPOSED);
};
