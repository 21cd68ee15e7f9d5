import { memberOf, keyOf } from '../identity/principal.ts';
import { defineRoute, json, jsonBody } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { lintConfigSchema, putLintConfigBody } from './schemas.ts';
import { lintConfigService } from './service.ts';

export const lintRoutes = createRouter();

const getLintConfig = defineRoute({
  method: 'get',
  path: '/v1/lint-config',
  operationId: 'getLintConfig',
  tags: ['Editing'],
  summary: 'Read how flows are checked',
  description: 'What the workspace has changed, and every rule there is, with its rationale and its source.',
  access: ['key', 'client'],
  responses: { 200: json(lintConfigSchema, 'The configuration of the workspace.') },
});

lintRoutes.openapi(getLintConfig, async (c) => {
  const { workspaceId } = memberOf(c.var.principal);
  return c.json(await lintConfigService(c.env).get(workspaceId), 200);
});

const putLintConfig = defineRoute({
  method: 'put',
  path: '/v1/lint-config',
  operationId: 'putLintConfig',
  tags: ['Editing'],
  summary: 'Set how flows are checked',
  description: 'Replaces the whole configuration; `{"rules": {}}` goes back to the rules as they come.',
  access: ['key'],
  request: { body: jsonBody(putLintConfigBody) },
  responses: { 200: json(lintConfigSchema, 'The configuration as it now is.') },
});

lintRoutes.openapi(putLintConfig, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  return c.json(await lintConfigService(c.env).put(workspaceId, c.req.valid('json')), 200);
});
