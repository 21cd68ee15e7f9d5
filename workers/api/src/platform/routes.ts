import { z } from '@hono/zod-openapi';
import { config } from './config.ts';
import { defineRoute, json } from './route.ts';
import { createRouter } from './router.ts';

export const platformRoutes = createRouter();

const health = defineRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'getHealth',
  tags: ['Service'],
  summary: 'Is the service up, and which build is it?',
  access: 'public',
  responses: {
    200: json(z.object({ ok: z.literal(true), build: z.string() }).openapi('Health'), 'It is up.'),
  },
});

platformRoutes.openapi(health, (c) => c.json({ ok: true as const, build: config(c.env).BUILD }, 200));
