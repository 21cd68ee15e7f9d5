import { z } from '@hono/zod-openapi';
import { rotateKeyBody } from '../identity/schemas.ts';
import { idPattern } from '../platform/ids.ts';
import { MAX_OUTBOUND_URL } from '../platform/outbound-url.ts';
import { pageOf, pageQuery } from '../platform/pagination.ts';
import { EVENT_TYPES, eventFilter } from './event-schemas.ts';

const time = z.iso.datetime();
const state = z.enum(['enabled', 'disabled']);
const url = z.string().min(1).max(MAX_OUTBOUND_URL).openapi({
  format: 'uri',
  description: 'https, with a public host name. Redirects are not followed.',
  example: 'https://app.acme.example/webhooks/uxflow',
});
const description = z.string().trim().max(500);
const eventTypes = z
  .array(eventFilter)
  .min(1)
  .max(100)
  .openapi({
    description: `Events by name, families such as \`flow.*\`, or \`*\`. There are: ${EVENT_TYPES.join(', ')}.`,
    example: ['run.*', 'credits.exhausted'],
  });

export const endpointSchema = z
  .object({
    id: z.string().openapi({ example: 'whk_01KA3…' }),
    url: z.string(),
    description: z.string(),
    eventTypes: z.array(z.string()),
    state,
    disabledReason: z.enum(['request', 'failing', 'gone']).nullable().openapi({
      description:
        '`failing`: every attempt of five days has failed. `gone`: it answered 410. `request`: you did it.',
    }),
    disabledAt: time.nullable(),
    failures: z.int().openapi({ description: 'Attempts that failed since the last one that succeeded.' }),
    failingSince: time.nullable(),
    lastSuccessAt: time.nullable(),
    previousSecretUntil: time
      .nullable()
      .openapi({ description: 'Until then the secret before the present one signs along.' }),
    createdAt: time,
    updatedAt: time,
  })
  .openapi('WebhookEndpoint');

export const endpointPage = pageOf(endpointSchema, 'WebhookEndpointPage');

export const newEndpointSchema = endpointSchema
  .extend({
    secret: z
      .string()
      .openapi({ description: 'Verifies what we send. Shown this once.', example: 'whsec_…' }),
  })
  .openapi('NewWebhookEndpoint');

export const createEndpointBody = z
  .strictObject({ url, description: description.default(''), eventTypes: eventTypes.default(['*']) })
  .openapi('CreateWebhookEndpoint');

export const updateEndpointBody = z
  .strictObject({
    url: url.optional(),
    description: description.optional(),
    eventTypes: eventTypes.optional(),
    state: state.optional().openapi({
      description: 'Enabling it again forgets its failures; events of the time between are not sent.',
    }),
  })
  .refine((body) => Object.keys(body).length > 0, { message: 'name at least one field to change' })
  .openapi('UpdateWebhookEndpoint');

export const rotateSecretBody = z
  .strictObject({
    overlapSeconds: rotateKeyBody.shape.overlapSeconds.openapi({
      description: 'How long the old secret still signs beside the new one. Two are active at most.',
    }),
  })
  .openapi('RotateWebhookSecret');

export const endpointParams = z.object({
  endpointId: z.string().regex(idPattern('whk')).openapi({ example: 'whk_01KA3…' }),
});

export const deliveryParams = endpointParams.extend({
  deliveryId: z.string().regex(idPattern('dlv')).openapi({ example: 'dlv_01KA3…' }),
});

const deliveryState = z.enum(['pending', 'succeeded', 'failed']);

export const listDeliveriesQuery = z.strictObject({ ...pageQuery, state: deliveryState.optional() });

const attemptSchema = z
  .object({
    at: time,
    durationMs: z.int(),
    status: z.int().optional().openapi({ description: 'Absent when no answer came.' }),
    error: z.string().optional().openapi({ description: 'Why it counts as failed.' }),
    response: z.string().optional().openapi({ description: "How the answer's body began." }),
  })
  .openapi('WebhookAttempt');

export const deliverySchema = z
  .object({
    id: z.string().openapi({ example: 'dlv_01KA3…' }),
    endpointId: z.string(),
    eventId: z.string().openapi({ description: '`webhook-id` of every attempt.' }),
    eventType: z.string(),
    state: deliveryState,
    attempts: z.array(attemptSchema).openapi({ description: 'Oldest first; the last 40 are kept.' }),
    nextAttemptAt: time.nullable().openapi({ description: 'While pending.' }),
    createdAt: time,
    endedAt: time.nullable(),
  })
  .openapi('WebhookDelivery');

export const deliveryPage = pageOf(deliverySchema, 'WebhookDeliveryPage');
