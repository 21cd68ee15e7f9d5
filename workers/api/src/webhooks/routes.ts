import { z } from '@hono/zod-openapi';
import { keyOf } from '../identity/principal.ts';
import { operationId } from '../platform/idempotency.ts';
import { decodeCursor, pageQuery } from '../platform/pagination.ts';
import { defineRoute, json, jsonBody } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { webhookEventSchema } from './event-schemas.ts';
import {
  createEndpointBody,
  deliveryPage,
  deliveryParams,
  deliverySchema,
  endpointPage,
  endpointParams,
  endpointSchema,
  listDeliveriesQuery,
  newEndpointSchema,
  rotateSecretBody,
  updateEndpointBody,
} from './schemas.ts';
import { webhookService } from './service.ts';

export const webhookRoutes = createRouter();
webhookRoutes.openAPIRegistry.register('WebhookEvent', webhookEventSchema);

const tags: [string] = ['Webhooks'];
const cursorKey = z.tuple([z.string()]);
const before = (cursor: string | undefined): string | undefined =>
  cursor === undefined ? undefined : decodeCursor(cursor, cursorKey)[0];

const listWebhookEndpoints = defineRoute({
  method: 'get',
  path: '/v1/webhook-endpoints',
  operationId: 'listWebhookEndpoints',
  tags,
  summary: 'List webhook endpoints',
  access: ['key'],
  request: { query: z.strictObject(pageQuery) },
  responses: { 200: json(endpointPage, 'Newest first. Secrets are not shown.') },
});

webhookRoutes.openapi(listWebhookEndpoints, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  const { limit, cursor } = c.req.valid('query');
  return c.json(await webhookService(c.env).list(workspaceId, before(cursor), limit), 200);
});

const createWebhookEndpoint = defineRoute({
  method: 'post',
  path: '/v1/webhook-endpoints',
  operationId: 'createWebhookEndpoint',
  tags,
  summary: 'Create a webhook endpoint',
  description:
    'Events of the workspace are POSTed to it as `WebhookEvent`, signed by Standard Webhooks, until it answers 2xx.',
  access: ['key'],
  idempotency: 'secret',
  errors: ['secret_already_shown', 'limit_exceeded'],
  request: { body: jsonBody(createEndpointBody) },
  responses: { 201: json(newEndpointSchema, 'The endpoint with its secret, shown this once.') },
});

webhookRoutes.openapi(createWebhookEndpoint, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  const id = operationId(c, 'whk');
  return c.json(await webhookService(c.env).create(workspaceId, id, c.req.valid('json')), 201);
});

const updateWebhookEndpoint = defineRoute({
  method: 'patch',
  path: '/v1/webhook-endpoints/{endpointId}',
  operationId: 'updateWebhookEndpoint',
  tags,
  summary: 'Change, disable or enable a webhook endpoint',
  description: 'Disabling ends what is still on its way to it.',
  access: ['key'],
  request: { params: endpointParams, body: jsonBody(updateEndpointBody) },
  responses: { 200: json(endpointSchema, 'The endpoint as it now is.') },
});

webhookRoutes.openapi(updateWebhookEndpoint, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  const { endpointId } = c.req.valid('param');
  return c.json(await webhookService(c.env).update(workspaceId, endpointId, c.req.valid('json')), 200);
});

const deleteWebhookEndpoint = defineRoute({
  method: 'delete',
  path: '/v1/webhook-endpoints/{endpointId}',
  operationId: 'deleteWebhookEndpoint',
  tags,
  summary: 'Delete a webhook endpoint and its delivery log',
  access: ['key'],
  request: { params: endpointParams },
  responses: { 204: { description: 'Deleted.' } },
});

webhookRoutes.openapi(deleteWebhookEndpoint, async (c) => {
  const { endpointId } = c.req.valid('param');
  await webhookService(c.env).remove(keyOf(c.var.principal).workspaceId, endpointId);
  return c.body(null, 204);
});

const rotateWebhookSecret = defineRoute({
  method: 'post',
  path: '/v1/webhook-endpoints/{endpointId}/rotate-secret',
  operationId: 'rotateWebhookSecret',
  tags,
  summary: 'Replace the secret of a webhook endpoint',
  description: 'Both secrets sign for `overlapSeconds`, so that receivers can change over.',
  access: ['key'],
  idempotency: 'secret',
  errors: ['secret_already_shown'],
  request: { params: endpointParams, body: jsonBody(rotateSecretBody) },
  responses: { 201: json(newEndpointSchema, 'The endpoint with its new secret, shown this once.') },
});

webhookRoutes.openapi(rotateWebhookSecret, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  const { endpointId } = c.req.valid('param');
  const { overlapSeconds } = c.req.valid('json');
  const rotation = operationId(c, 'req');
  const rotated = await webhookService(c.env).rotateSecret(workspaceId, endpointId, rotation, overlapSeconds);
  return c.json(rotated, 201);
});

const testWebhookEndpoint = defineRoute({
  method: 'post',
  path: '/v1/webhook-endpoints/{endpointId}/test',
  operationId: 'testWebhookEndpoint',
  tags,
  summary: 'Send a test event',
  description: '`webhook.test`, to this endpoint alone. The answer comes at once: look at its deliveries.',
  access: ['key'],
  errors: ['conflict'],
  request: { params: endpointParams },
  responses: { 202: json(deliverySchema, 'The delivery, on its way.') },
});

webhookRoutes.openapi(testWebhookEndpoint, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  const { endpointId } = c.req.valid('param');
  const eventId = operationId(c, 'evt');
  return c.json(await webhookService(c.env).test(workspaceId, endpointId, eventId), 202);
});

const listWebhookDeliveries = defineRoute({
  method: 'get',
  path: '/v1/webhook-endpoints/{endpointId}/deliveries',
  operationId: 'listWebhookDeliveries',
  tags,
  summary: 'Read the delivery log of a webhook endpoint',
  description: 'Kept for 30 days.',
  access: ['key'],
  request: { params: endpointParams, query: listDeliveriesQuery },
  responses: { 200: json(deliveryPage, 'Newest first.') },
});

webhookRoutes.openapi(listWebhookDeliveries, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  const { endpointId } = c.req.valid('param');
  const { limit, cursor, state } = c.req.valid('query');
  const page = await webhookService(c.env).deliveries(workspaceId, endpointId, before(cursor), limit, state);
  return c.json(page, 200);
});

const retryWebhookDelivery = defineRoute({
  method: 'post',
  path: '/v1/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/retry',
  operationId: 'retryWebhookDelivery',
  tags,
  summary: 'Send a delivery again',
  description: 'At once, with the same `webhook-id`; when that fails, all further attempts follow anew.',
  access: ['key'],
  errors: ['conflict'],
  request: { params: deliveryParams },
  responses: { 202: json(deliverySchema, 'The delivery, on its way.') },
});

webhookRoutes.openapi(retryWebhookDelivery, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  const { endpointId, deliveryId } = c.req.valid('param');
  return c.json(await webhookService(c.env).retry(workspaceId, endpointId, deliveryId), 202);
});
