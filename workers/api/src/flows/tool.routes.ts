import { z } from '@hono/zod-openapi';
import { memberOf } from '../identity/principal.ts';
import { BODY_LIMITS } from '../platform/body.ts';
import { operationId } from '../platform/idempotency.ts';
import { defineRoute, json, jsonBody } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { documentSchema } from './document-schema.ts';
import { flowGuard } from './guard.ts';
import {
  commitResultSchema,
  exportQuery,
  flowParams,
  importBody,
  importResultSchema,
  layoutBody,
  lintSchema,
} from './schemas.ts';
import { toolService } from './tool.service.ts';

/** What is computed from a flow: lint, layout, export, import. */
export const toolRoutes = createRouter();

const importFlow = defineRoute({
  method: 'post',
  path: '/v1/flows/import',
  operationId: 'importFlow',
  tags: ['Flows'],
  summary: 'Create a flow from a file',
  access: ['key', 'client'],
  errors: ['limit_exceeded', 'dangling_reference', 'frame_cycle'],
  bodyLimit: BODY_LIMITS.document,
  request: { body: jsonBody(importBody) },
  responses: { 201: json(importResultSchema, 'The flow, and what could not be taken over.') },
});

toolRoutes.openapi(importFlow, async (c) => {
  const principal = memberOf(c.var.principal);
  const result = await toolService(c.env).import(principal, operationId(c, 'flw'), c.req.valid('json'));
  return c.json(result, 201, { Location: `/v1/flows/${result.flow.id}` });
});

const lintFlow = defineRoute({
  method: 'get',
  path: '/v1/flows/{flowId}/lint',
  operationId: 'lintFlow',
  tags: ['Editing'],
  summary: 'Check a flow against the lint rules',
  access: ['key', 'client'],
  guards: [flowGuard('view')],
  request: { params: flowParams },
  responses: { 200: json(lintSchema, 'What is wrong, and the clock it was found at.') },
});

toolRoutes.openapi(lintFlow, async (c) => c.json(await toolService(c.env).lint(c.var.flow), 200));

const layoutFlow = defineRoute({
  method: 'post',
  path: '/v1/flows/{flowId}/layout',
  operationId: 'layoutFlow',
  tags: ['Editing'],
  summary: 'Place the nodes of a flow',
  description: 'Pinned nodes never move. One undoable step.',
  access: ['key', 'client'],
  guards: [flowGuard('edit')],
  errors: ['unknown_record'],
  request: { params: flowParams, body: jsonBody(layoutBody) },
  responses: { 200: json(commitResultSchema, 'The commit that moved them.') },
});

toolRoutes.openapi(layoutFlow, async (c) => {
  const result = await toolService(c.env).layout(memberOf(c.var.principal), c.var.flow, c.req.valid('json'));
  return c.json(result, 200);
});

const exportFlow = defineRoute({
  method: 'get',
  path: '/v1/flows/{flowId}/export',
  operationId: 'exportFlow',
  tags: ['Editing'],
  summary: 'Export a flow as a file',
  description:
    'Nothing is fetched, pictures of screens neither. A PNG has at most 6 megapixels and is drawn with Inter: characters that it does not have (Chinese, Japanese, Korean, Arabic, Hebrew, emoji) are boxes; a flow too large for one is `limit_exceeded`, an SVG takes any.',
  errors: ['limit_exceeded'],
  access: ['key', 'client'],
  guards: [flowGuard('view')],
  request: { params: flowParams, query: exportQuery },
  responses: {
    200: {
      description: 'The file; its name stands in Content-Disposition.',
      content: {
        'application/json': { schema: documentSchema },
        'text/vnd.mermaid': { schema: z.string() },
        'application/xml': { schema: z.string() },
        'image/svg+xml': { schema: z.string() },
        'image/png': { schema: z.string().openapi({ format: 'binary' }) },
        'text/markdown': { schema: z.string() },
        'text/plain': { schema: z.string() },
      },
    },
  },
});

toolRoutes.openapi(exportFlow, async (c) => {
  const { body, contentType, fileName } = await toolService(c.env).export(
    c.var.flow,
    c.req.valid('query').format,
  );
  return new Response(body, {
    headers: { 'Content-Type': contentType, 'Content-Disposition': `attachment; filename="${fileName}"` },
  });
});
