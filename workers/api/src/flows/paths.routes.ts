import { defineRoute, json } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { flowGuard } from './guard.ts';
import { pathsQuery, pathsSchema } from './paths.schemas.ts';
import { pathsOf } from './paths.service.ts';
import { flowParams } from './schemas.ts';

/** The ways through a flow. */
export const pathsRoutes = createRouter();

const listPaths = defineRoute({
  method: 'get',
  path: '/v1/flows/{flowId}/paths',
  operationId: 'listPaths',
  tags: ['Editing'],
  summary: 'Find the ways through a flow',
  description:
    'A path leads from a start to where it first comes to an end. Measures of the whole flow come along.',
  access: ['key', 'client'],
  guards: [flowGuard('view')],
  errors: ['unknown_record'],
  request: { params: flowParams, query: pathsQuery },
  responses: { 200: json(pathsSchema, 'The paths, and the clock they were found at.') },
});

pathsRoutes.openapi(listPaths, async (c) =>
  c.json(await pathsOf(c.env, c.var.flow, c.req.valid('query')), 200),
);
