import { Hono } from 'hono';
import type { Env } from './env.ts';

export const app = new Hono<{ Bindings: Env }>();

app.get('/healthz', async (c) =>
  c.json({ ok: true, build: c.env.BUILD ?? 'dev', api: await c.env.API.build() }),
);

app.notFound((c) => {
  const problem = {
    type: 'urn:uxflow:error:not_found',
    title: 'Not found',
    status: 404,
    code: 'not_found',
    detail: `There is nothing at ${c.req.path}.`,
    requestId: crypto.randomUUID(),
  };
  return c.body(JSON.stringify(problem), 404, {
    'Content-Type': 'application/problem+json',
    'X-Request-Id': problem.requestId,
  });
});
