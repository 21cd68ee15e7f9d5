import type { Stripe } from 'stripe';
import { z } from 'zod';
import { invalid } from '../errors.ts';
import type { Objects } from '../kinds.ts';
import { page } from '../list.ts';
import { bool, mergeMetadata, metadata, PAGE, params, text, unsettable } from '../params.ts';
import { route } from '../route.ts';
import { API_VERSION, type World } from '../world.ts';

type Endpoint = Objects['webhook_endpoint'];

const create = params<Stripe.WebhookEndpointCreateParams>()({
  url: text,
  enabled_events: z.array(text).min(1),
  api_version: text.optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  connect: z.literal('false').optional(),
});

/** Registers where events go. The secret is in this answer and never shown again. */
export function createEndpoint(world: World, given: z.output<typeof create>, secret?: string): Endpoint {
  if (!/^https?:\/\//.test(given.url)) throw invalid('Not a valid URL', 'url', 'url_invalid');
  const { api_version: version = API_VERSION } = given;
  if (version !== API_VERSION) {
    throw invalid(`stripe-local renders events in ${API_VERSION} alone, not in ${version}.`, 'api_version');
  }
  const endpoint = {
    id: world.newId('we'),
    object: 'webhook_endpoint',
    api_version: version,
    application: null,
    created: world.now(),
    description: given.description ?? null,
    enabled_events: given.enabled_events,
    livemode: false,
    metadata: mergeMetadata(null, given.metadata),
    status: 'enabled',
    url: given.url,
  } satisfies Endpoint;
  world.store.put('webhook_endpoint', endpoint);
  const whsec = secret ?? `whsec_${world.newId('x').slice(2)}${world.newId('x').slice(2)}`;
  world.store.put('secret', { id: endpoint.id, secret: whsec });
  return { ...endpoint, secret: whsec };
}

export const webhookEndpointRoutes = [
  route('POST', '/v1/webhook_endpoints', create, (world, input) => createEndpoint(world, input)),
  route('GET', '/v1/webhook_endpoints/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('webhook_endpoint', id),
  ),
  route(
    'POST',
    '/v1/webhook_endpoints/:id',
    params<Stripe.WebhookEndpointUpdateParams>()({
      description: text.optional(),
      disabled: bool.optional(),
      enabled_events: z.array(text).min(1).optional(),
      metadata: metadata.optional(),
      url: text.optional(),
    }),
    (world, input, { id }) => {
      const before = world.store.need('webhook_endpoint', id);
      return world.update('webhook_endpoint', id, {
        description: unsettable(input.description, before.description),
        enabled_events: input.enabled_events ?? before.enabled_events,
        metadata: mergeMetadata(before.metadata, input.metadata),
        status: input.disabled === undefined ? before.status : input.disabled ? 'disabled' : 'enabled',
        url: input.url ?? before.url,
      });
    },
  ),
  route('DELETE', '/v1/webhook_endpoints/:id', params<object>()({}), (world, _input, { id }) => {
    world.store.need('webhook_endpoint', id);
    world.store.remove('webhook_endpoint', id);
    world.store.remove('secret', id);
    return { id, object: 'webhook_endpoint', deleted: true } satisfies Stripe.DeletedWebhookEndpoint;
  }),
  route('GET', '/v1/webhook_endpoints', params<Stripe.WebhookEndpointListParams>()(PAGE), (world, input) =>
    page('/v1/webhook_endpoints', world.store.all('webhook_endpoint'), input),
  ),
];
