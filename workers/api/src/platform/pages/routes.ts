import type { OpenAPIHono } from '@hono/zod-openapi';
import { config } from '../config.ts';
import type { AppEnv } from '../env.ts';
import type { openApiDocument } from '../openapi.ts';
import { landing } from './landing.ts';
import { page } from './page.ts';
import { reference } from './reference.ts';

/** Pages for people, and the OpenAPI document for machines. */
export function addPages(app: OpenAPIHono<AppEnv>, describe: () => ReturnType<typeof openApiDocument>): void {
  app.get('/', (c) => page(c, 'UX Flow Engine', landing(config(c.env).BUILD)));
  app.get('/docs', (c) => page(c, 'API reference · UX Flow Engine', reference(describe())));
  app.get('/openapi.json', (c) => c.json(describe(), 200, { 'Cache-Control': 'public, max-age=300' }));
}
