import { Hono } from 'hono';
import type { Env } from './env.ts';
import { problem } from './problem.ts';
import { stripeRoutes } from './stripe/receive.ts';

export const app = new Hono<{ Bindings: Env }>();

app.get('/healthz', async (c) =>
  c.json({ ok: true, build: c.env.BUILD ?? 'dev', api: await c.env.API.build() }),
);

app.route('/', stripeRoutes);

app.notFound((c) => problem(c, 404, 'not_found', `There is nothing at ${c.req.path}.`));
