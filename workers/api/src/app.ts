import { OpenAPIHono } from '@hono/zod-openapi';
import type { AppEnv } from './platform/env.ts';

export const app = new OpenAPIHono<AppEnv>();
