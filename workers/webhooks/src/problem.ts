import type { Context } from 'hono';

/** An RFC 9457 problem document, as the API answers too. */
export function problem(c: Context, status: 400 | 404 | 413 | 503, code: string, detail: string): Response {
  const requestId = crypto.randomUUID();
  const body = {
    type: `urn:uxflow:error:${code}`,
    title: TITLES[status],
    status,
    code,
    detail,
    requestId,
  };
  return c.body(JSON.stringify(body), status, {
    'Content-Type': 'application/problem+json',
    'X-Request-Id': requestId,
    ...(status === 503 && { 'Retry-After': '30' }),
  });
}

const TITLES = {
  400: 'The request cannot be trusted',
  404: 'Not found',
  413: 'Too many bytes',
  503: 'Not available right now',
} as const;
