import { z } from '@hono/zod-openapi';
import { operationId } from '../platform/idempotency.ts';
import { decodeCursor, pageQuery } from '../platform/pagination.ts';
import { defineRoute, json, jsonBody } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { keyOf } from './principal.ts';
import {
  apiKeyPage,
  clientTokenSchema,
  createKeyBody,
  keyParams,
  mintTokenBody,
  newApiKeySchema,
  revokeTokenBody,
  rotateKeyBody,
} from './schemas.ts';
import { identityService } from './service.ts';

export const identityRoutes = createRouter();

const cursorKey = z.tuple([z.string()]);

const listApiKeys = defineRoute({
  method: 'get',
  path: '/v1/api-keys',
  operationId: 'listApiKeys',
  tags: ['Credentials'],
  summary: 'List secret keys',
  access: ['key'],
  request: { query: z.strictObject(pageQuery) },
  responses: { 200: json(apiKeyPage, 'Newest first. Values are not kept and not shown.') },
});

identityRoutes.openapi(listApiKeys, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  const { limit, cursor } = c.req.valid('query');
  const before = cursor === undefined ? undefined : decodeCursor(cursor, cursorKey)[0];
  return c.json(await identityService(c.env).listKeys(workspaceId, before, limit), 200);
});

const createApiKey = defineRoute({
  method: 'post',
  path: '/v1/api-keys',
  operationId: 'createApiKey',
  tags: ['Credentials'],
  summary: 'Create a secret key',
  access: ['key'],
  idempotency: 'secret',
  errors: ['secret_already_shown'],
  request: { body: jsonBody(createKeyBody) },
  responses: { 201: json(newApiKeySchema, 'The key with its value, shown this once.') },
});

identityRoutes.openapi(createApiKey, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  const id = operationId(c, 'key');
  return c.json(await identityService(c.env).createKey({ id, workspaceId, ...c.req.valid('json') }), 201);
});

const rotateApiKey = defineRoute({
  method: 'post',
  path: '/v1/api-keys/{keyId}/rotate',
  operationId: 'rotateApiKey',
  tags: ['Credentials'],
  summary: 'Replace a secret key',
  description: 'The old value works `overlapSeconds` longer, so that servers can change over.',
  access: ['key'],
  idempotency: 'secret',
  errors: ['secret_already_shown', 'conflict'],
  request: { params: keyParams, body: jsonBody(rotateKeyBody) },
  responses: { 201: json(newApiKeySchema, 'The new key with its value, shown this once.') },
});

identityRoutes.openapi(rotateApiKey, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  const { keyId } = c.req.valid('param');
  const { overlapSeconds } = c.req.valid('json');
  const rotated = await identityService(c.env).rotateKey(
    workspaceId,
    keyId,
    operationId(c, 'key'),
    overlapSeconds,
  );
  return c.json(rotated, 201);
});

const revokeApiKey = defineRoute({
  method: 'delete',
  path: '/v1/api-keys/{keyId}',
  operationId: 'revokeApiKey',
  tags: ['Credentials'],
  summary: 'Revoke a secret key',
  description: 'It and every client token it minted are refused within 60 s, open sockets included.',
  access: ['key'],
  request: { params: keyParams },
  responses: { 204: { description: 'Revoked.' } },
});

identityRoutes.openapi(revokeApiKey, async (c) => {
  await identityService(c.env).revokeKey(keyOf(c.var.principal).workspaceId, c.req.valid('param').keyId);
  return c.body(null, 204);
});

const createClientToken = defineRoute({
  method: 'post',
  path: '/v1/client-tokens',
  operationId: 'createClientToken',
  tags: ['Credentials'],
  summary: 'Mint a client token',
  description: 'For one of your end users, to be handed to their page. Nothing is stored.',
  access: ['key'],
  idempotency: 'secret',
  errors: ['secret_already_shown'],
  request: { body: jsonBody(mintTokenBody) },
  responses: { 201: json(clientTokenSchema, 'The token and when it ends, at most 15 minutes from now.') },
});

identityRoutes.openapi(createClientToken, async (c) => {
  return c.json(await identityService(c.env).mintToken(keyOf(c.var.principal), c.req.valid('json')), 201);
});

const revokeClientTokens = defineRoute({
  method: 'post',
  path: '/v1/client-tokens/revoke',
  operationId: 'revokeClientTokens',
  tags: ['Credentials'],
  summary: 'Revoke client tokens',
  description:
    'One by its `jti`, or all that a user holds now. Effective within 60 s, open sockets included.',
  access: ['key'],
  request: { body: jsonBody(revokeTokenBody) },
  responses: { 204: { description: 'Revoked.' } },
});

identityRoutes.openapi(revokeClientTokens, async (c) => {
  await identityService(c.env).revokeTokens(keyOf(c.var.principal).workspaceId, c.req.valid('json'));
  return c.body(null, 204);
});
