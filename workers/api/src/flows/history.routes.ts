import { z } from '@hono/zod-openapi';
import { memberOf } from '../identity/principal.ts';
import { operationId } from '../platform/idempotency.ts';
import { decodeCursor, pageQuery } from '../platform/pagination.ts';
import { defineRoute, json, jsonBody } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { commitKey } from './commit-key.ts';
import { flowGuard } from './guard.ts';
import {
  blameSchema,
  createVersionBody,
  diffQuery,
  diffSchema,
  versionPage,
  versionParams,
  versionSchema,
  versionSummarySchema,
} from './history.schemas.ts';
import { historyService } from './history.service.ts';
import { commitResultSchema, flowParams } from './schemas.ts';

/** What a flow has been: versions, differences, and who wrote what. */
export const historyRoutes = createRouter();

const cursorKey = z.tuple([z.int().min(1)]);

const listVersions = defineRoute({
  method: 'get',
  path: '/v1/flows/{flowId}/versions',
  operationId: 'listVersions',
  tags: ['History'],
  summary: 'List versions',
  description:
    'Newest first, without documents. Versions are made by name, and by themselves before an edit that ends a pause, after many edits, and before a version is restored; those are thinned out with time.',
  access: ['key', 'client'],
  guards: [flowGuard('view')],
  request: { params: flowParams, query: z.strictObject(pageQuery) },
  responses: { 200: json(versionPage, 'A page of versions.') },
});

historyRoutes.openapi(listVersions, async (c) => {
  const { limit, cursor } = c.req.valid('query');
  const before = cursor === undefined ? undefined : decodeCursor(cursor, cursorKey)[0];
  return c.json(await historyService(c.env).versions(c.var.flow, before, limit), 200);
});

const createVersion = defineRoute({
  method: 'post',
  path: '/v1/flows/{flowId}/versions',
  operationId: 'createVersion',
  tags: ['History'],
  summary: 'Name a version',
  description: 'Keeps the flow as it stands, or stood at a retained clock, for good.',
  access: ['key', 'client'],
  guards: [flowGuard('edit')],
  errors: ['not_retained', 'limit_exceeded'],
  request: { params: flowParams, body: jsonBody(createVersionBody) },
  responses: { 201: json(versionSummarySchema, 'The version.') },
});

historyRoutes.openapi(createVersion, async (c) => {
  const { flow, principal } = c.var;
  const id = operationId(c, 'ver');
  const version = await historyService(c.env).name(memberOf(principal), flow, id, c.req.valid('json'));
  return c.json(version, 201, { Location: `/v1/flows/${flow.id}/versions/${version.id}` });
});

const getVersion = defineRoute({
  method: 'get',
  path: '/v1/flows/{flowId}/versions/{versionId}',
  operationId: 'getVersion',
  tags: ['History'],
  summary: 'Read a version',
  access: ['key', 'client'],
  guards: [flowGuard('view')],
  errors: ['storage_unavailable'],
  request: { params: versionParams },
  responses: { 200: json(versionSchema, 'The version with its document.') },
});

historyRoutes.openapi(getVersion, async (c) => {
  return c.json(await historyService(c.env).version(c.var.flow, c.req.valid('param').versionId), 200);
});

const restoreVersion = defineRoute({
  method: 'post',
  path: '/v1/flows/{flowId}/versions/{versionId}/restore',
  operationId: 'restoreVersion',
  tags: ['History'],
  summary: 'Restore a version',
  description:
    'One commit of the caller that makes the flow what the version holds; it can be undone, and what stood before becomes a version too.',
  access: ['key', 'client'],
  guards: [flowGuard('edit')],
  errors: ['invalid_request', 'dangling_reference', 'frame_cycle', 'limit_exceeded', 'storage_unavailable'],
  idempotency: 'own',
  request: { params: versionParams },
  responses: { 200: json(commitResultSchema, 'What was applied.') },
});

historyRoutes.openapi(restoreVersion, async (c) => {
  const { flow, principal } = c.var;
  const { versionId } = c.req.valid('param');
  const { replayed, ...result } = await historyService(c.env).restore(
    memberOf(principal),
    flow,
    versionId,
    commitKey(c, 'restore'),
  );
  return c.json(result, 200, replayed === true ? { 'Idempotency-Replayed': 'true' } : {});
});

const diffFlow = defineRoute({
  method: 'get',
  path: '/v1/flows/{flowId}/diff',
  operationId: 'diffFlow',
  tags: ['History'],
  summary: 'Compare two states of a flow',
  description: 'What was added, removed and changed from one clock or version to another, field by field.',
  access: ['key', 'client'],
  guards: [flowGuard('view')],
  errors: ['not_retained', 'storage_unavailable'],
  request: { params: flowParams, query: diffQuery },
  responses: { 200: json(diffSchema, 'The difference.') },
});

historyRoutes.openapi(diffFlow, async (c) => {
  const { from, to } = c.req.valid('query');
  return c.json(await historyService(c.env).diff(c.var.flow, from, to), 200);
});

const blameFlow = defineRoute({
  method: 'get',
  path: '/v1/flows/{flowId}/blame',
  operationId: 'blameFlow',
  tags: ['History'],
  summary: 'Who last changed what',
  description:
    'For each record and field the commit that last wrote it, with its author and agent run. Undo and restore count for whoever did them.',
  access: ['key', 'client'],
  guards: [flowGuard('view')],
  request: { params: flowParams },
  responses: { 200: json(blameSchema, 'Clocks by record and field, and the authors of those commits.') },
});

historyRoutes.openapi(blameFlow, async (c) => c.json(await historyService(c.env).blame(c.var.flow), 200));
