import { z } from '@hono/zod-openapi';
import { memberOf } from '../identity/principal.ts';
import { BODY_LIMITS } from '../platform/body.ts';
import { operationId } from '../platform/idempotency.ts';
import { decodeCursor } from '../platform/pagination.ts';
import { defineRoute, json, jsonBody } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { flowGuard } from './guard.ts';
import {
  createFlowBody,
  flowPage,
  flowParams,
  flowSchema,
  getFlowQuery,
  listFlowsQuery,
  updateFlowBody,
} from './schemas.ts';
import { flowService } from './service.ts';

/** Creating, listing, reading, renaming, deleting and importing flows. */
export const flowsRoutes = createRouter();

const FLOW_ERRORS = ['limit_exceeded', 'dangling_reference', 'frame_cycle'] as const;
const cursorKey = z.tuple([z.string()]);

const createFlow = defineRoute({
  method: 'post',
  path: '/v1/flows',
  operationId: 'createFlow',
  tags: ['Flows'],
  summary: 'Create a flow',
  description:
    "Empty, or from a `document` or a `mermaid` flowchart or state diagram. A client token needs `edit` on `*` or on `tenant:<its tenant>`; the flow belongs to the token's tenant.",
  access: ['key', 'client'],
  errors: FLOW_ERRORS,
  bodyLimit: BODY_LIMITS.document,
  request: { body: jsonBody(createFlowBody) },
  responses: { 201: json(flowSchema, 'The flow.') },
});

flowsRoutes.openapi(createFlow, async (c) => {
  const principal = memberOf(c.var.principal);
  const flow = await flowService(c.env).create(principal, operationId(c, 'flw'), c.req.valid('json'));
  return c.json(flow, 201, { Location: `/v1/flows/${flow.id}` });
});

const listFlows = defineRoute({
  method: 'get',
  path: '/v1/flows',
  operationId: 'listFlows',
  tags: ['Flows'],
  summary: 'List flows',
  description: 'Newest first, without documents. A client token sees the flows that it may view.',
  access: ['key', 'client'],
  request: { query: listFlowsQuery },
  responses: { 200: json(flowPage, 'A page of flows.') },
});

flowsRoutes.openapi(listFlows, async (c) => {
  const { limit, cursor, q, tenantId } = c.req.valid('query');
  const page = await flowService(c.env).list(memberOf(c.var.principal), {
    limit,
    ...(q !== undefined && { q }),
    ...(tenantId !== undefined && { tenantId }),
    ...(cursor !== undefined && { before: decodeCursor(cursor, cursorKey)[0] }),
  });
  return c.json(page, 200);
});

const getFlow = defineRoute({
  method: 'get',
  path: '/v1/flows/{flowId}',
  operationId: 'getFlow',
  tags: ['Flows'],
  summary: 'Read a flow',
  description:
    'With `at` as it stood at that clock, from the retained log or a version of that clock; else `not_retained` names the oldest clock in `oldestClock`.',
  access: ['key', 'client'],
  guards: [flowGuard('view')],
  errors: ['not_retained', 'storage_unavailable'],
  request: { params: flowParams, query: getFlowQuery },
  responses: { 200: json(flowSchema, 'The flow with its document.') },
});

flowsRoutes.openapi(getFlow, async (c) => {
  return c.json(await flowService(c.env).get(c.var.flow, c.req.valid('query').at), 200);
});

const updateFlow = defineRoute({
  method: 'patch',
  path: '/v1/flows/{flowId}',
  operationId: 'updateFlow',
  tags: ['Flows'],
  summary: 'Rename a flow',
  description: 'Everything else is changed through commits.',
  access: ['key', 'client'],
  guards: [flowGuard('edit')],
  request: { params: flowParams, body: jsonBody(updateFlowBody) },
  responses: { 200: json(flowSchema, 'The flow.') },
});

flowsRoutes.openapi(updateFlow, async (c) => {
  const { name } = c.req.valid('json');
  return c.json(await flowService(c.env).rename(memberOf(c.var.principal), c.var.flow, name), 200);
});

const deleteFlow = defineRoute({
  method: 'delete',
  path: '/v1/flows/{flowId}',
  operationId: 'deleteFlow',
  tags: ['Flows'],
  summary: 'Delete a flow',
  description: 'Open sockets are closed. It can be restored.',
  access: ['key', 'client'],
  guards: [flowGuard('edit')],
  request: { params: flowParams },
  responses: { 204: { description: 'Deleted.' } },
});

flowsRoutes.openapi(deleteFlow, async (c) => {
  await flowService(c.env).delete(c.var.flow);
  return c.body(null, 204);
});

const restoreFlow = defineRoute({
  method: 'post',
  path: '/v1/flows/{flowId}/restore',
  operationId: 'restoreFlow',
  tags: ['Flows'],
  summary: 'Restore a deleted flow',
  access: ['key', 'client'],
  guards: [flowGuard('edit', { deleted: true })],
  request: { params: flowParams },
  responses: { 200: json(flowSchema, 'The flow, as it was.') },
});

flowsRoutes.openapi(restoreFlow, async (c) => c.json(await flowService(c.env).restore(c.var.flow), 200));
