import type { Hono, MiddlewareHandler } from 'hono';
import type { AppEnv } from './env.ts';
import { ApiError } from './errors.ts';
import { newId } from './ids.ts';
import { log } from './logging.ts';

/** Gives each request its id, one log line, and the headers that every response bears. */
export const envelope: MiddlewareHandler<AppEnv> = async (c, next) => {
  const started = Date.now();
  c.set('requestId', newId('req'));
  await next();
  const { status } = c.res;
  // The answer to a WebSocket upgrade must pass as it is.
  if (status !== 101) {
    // A copy: a response from a binding has immutable headers.
    c.res = new Response(c.res.body, c.res);
    const { headers } = c.res;
    headers.set('X-Request-Id', c.var.requestId);
    if (c.var.ratePolicy !== undefined) headers.set('RateLimit-Policy', c.var.ratePolicy);
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('Referrer-Policy', 'no-referrer');
    headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
    if (!headers.has('Content-Security-Policy')) {
      headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    }
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  }
  log(c, status >= 500 ? 'error' : 'info', 'request', {
    method: c.req.method,
    path: c.req.path,
    status,
    ms: Date.now() - started,
  });
};

/** Answers a path that no route matched: 405 with `Allow` when the path exists for other methods, else 404. */
export function notFound(app: Hono<AppEnv>, method: string, path: string): ApiError {
  const allowed = new Set(
    app.routes
      .filter((route) => route.method !== 'ALL' && matches(route.path, path))
      .map((route) => route.method),
  );
  if (allowed.size === 0) return new ApiError('not_found', `There is nothing at ${path}.`);
  const allow = [...allowed].sort().join(', ');
  return new ApiError('method_not_allowed', `${method} is not possible here; allowed: ${allow}.`, {
    extra: { allow },
  });
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => (part.startsWith(':') ? given[at] !== '' : part === given[at]))
  );
}
