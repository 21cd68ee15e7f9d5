import type { components, operations } from '../generated/openapi.ts';

type Schemas = components['schemas'];

/** What is POSTed to an endpoint: `type` tells which `data` it has. Types may be added later. */
export type WebhookEvent = Schemas['WebhookEvent'];
export type WebhookEventType = WebhookEvent['type'];

export type WebhookEndpoint = Schemas['WebhookEndpoint'];
/** `secret` is shown this once. */
export type NewWebhookEndpoint = Schemas['NewWebhookEndpoint'];
export type WebhookEndpointCreateParams = Pick<Schemas['CreateWebhookEndpoint'], 'url'> &
  Partial<Schemas['CreateWebhookEndpoint']>;
export type WebhookEndpointUpdateParams = Schemas['UpdateWebhookEndpoint'];
export type WebhookDelivery = Schemas['WebhookDelivery'];
export type WebhookAttempt = Schemas['WebhookAttempt'];
export type WebhookDeliveryListParams = NonNullable<
  operations['listWebhookDeliveries']['parameters']['query']
>;
