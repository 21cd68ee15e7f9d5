import { z } from '@hono/zod-openapi';
import { operationId } from '../platform/idempotency.ts';
import { newId } from '../platform/ids.ts';
import { decodeCursor, pageQuery } from '../platform/pagination.ts';
import { defineRoute, json, jsonBody } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import {
  createWorkspaceBody,
  grantBody,
  grantSchema,
  newWorkspaceSchema,
  workspacePage,
  workspaceParams,
} from './schemas.ts';
import { operatorService } from './service.ts';

export const operatorRoutes = createRouter();

const cursorKey = z.tuple([z.string()]);

const createWorkspace = defineRoute({
  method: 'post',
  path: '/v1/admin/workspaces',
  operationId: 'createWorkspace',
  tags: ['Operator'],
  summary: 'Create a workspace and its first secret key',
  access: ['operator'],
  idempotency: 'secret',
  errors: ['secret_already_shown'],
  request: { body: jsonBody(createWorkspaceBody) },
  responses: { 201: json(newWorkspaceSchema, 'The workspace and its key, whose value is shown this once.') },
});

operatorRoutes.openapi(createWorkspace, async (c) => {
  const ids = { id: operationId(c, 'ws'), keyId: operationId(c, 'key') };
  return c.json(await operatorService(c.env).createWorkspace({ ...ids, ...c.req.valid('json') }), 201);
});

const listWorkspaces = defineRoute({
  method: 'get',
  path: '/v1/admin/workspaces',
  operationId: 'listWorkspaces',
  tags: ['Operator'],
  summary: 'List workspaces',
  access: ['operator'],
  request: { query: z.strictObject(pageQuery) },
  responses: { 200: json(workspacePage, 'Oldest first.') },
});

operatorRoutes.openapi(listWorkspaces, async (c) => {
  const { limit, cursor } = c.req.valid('query');
  const after = cursor === undefined ? undefined : decodeCursor(cursor, cursorKey)[0];
  return c.json(await operatorService(c.env).listWorkspaces(after, limit), 200);
});

const grantCredits = defineRoute({
  method: 'post',
  path: '/v1/admin/workspaces/{workspaceId}/grants',
  operationId: 'grantCredits',
  tags: ['Operator'],
  summary: 'Grant credits to a workspace',
  access: ['operator'],
  errors: ['credits_unavailable'],
  request: { params: workspaceParams, body: jsonBody(grantBody) },
  responses: { 201: json(grantSchema, 'The ledger entry and what is available after it, in micro-credits.') },
});

operatorRoutes.openapi(grantCredits, async (c) => {
  const { workspaceId } = c.req.valid('param');
  const key = `operator:${c.var.operation?.seed ?? newId('evt')}`;
  return c.json(await operatorService(c.env).grant(workspaceId, { key, ...c.req.valid('json') }), 201);
});
