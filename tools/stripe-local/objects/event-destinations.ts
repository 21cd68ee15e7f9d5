import type { Stripe } from 'stripe';
import { z } from 'zod';
import { invalid } from '../errors.ts';
import type { Objects } from '../kinds.ts';
import { id, int, mergeMetadata, metadata, text } from '../params.ts';
import { route } from '../route.ts';
import { API_VERSION, type World } from '../world.ts';

type Destination = Objects['event_destination'];

const INCLUDES = ['webhook_endpoint.signing_secret', 'webhook_endpoint.url'] as const;
const include = z.union([z.enum(INCLUDES).transform((one) => [one]), z.array(z.enum(INCLUDES))]).optional();
const reading = z.strictObject({ include });

/** URL and secret are shown only where they are asked for. */
function shown(world: World, destination: Destination, wanted: readonly string[] = []) {
  const secret = world.store.get('secret', destination.id)?.secret ?? '';
  const { webhook_endpoint: endpoint, ...rest } = destination;
  return {
    ...rest,
    webhook_endpoint: {
      ...(wanted.includes('webhook_endpoint.url') && endpoint?.url ? { url: endpoint.url } : {}),
      ...(wanted.includes('webhook_endpoint.signing_secret') ? { signing_secret: secret } : {}),
    },
  } satisfies Destination;
}

function setStatus(world: World, destinationId: string, status: 'enabled' | 'disabled') {
  const updated = new Date(world.now() * 1_000).toISOString();
  const after = world.update('event_destination', destinationId, {
    status,
    updated,
    ...(status === 'disabled'
      ? { status_details: { disabled: { reason: 'user' } } }
      : { status_details: {} }),
  });
  return shown(world, after);
}

const create = z.strictObject({
  name: id,
  type: z.literal('webhook_endpoint'),
  event_payload: z.enum(['snapshot', 'thin']),
  enabled_events: z.array(text).min(1),
  description: text.optional(),
  events_from: z.array(text).optional(),
  include,
  metadata: metadata.optional(),
  snapshot_api_version: text.optional(),
  webhook_endpoint: z.strictObject({ url: text }),
});

/** Registers where thin (or snapshot) events go. */
export function createDestination(
  world: World,
  input: z.output<typeof create>,
  secret?: string,
): Destination {
  if (!/^https?:\/\//.test(input.webhook_endpoint.url))
    throw invalid('Not a valid URL', 'webhook_endpoint.url');
  const now = new Date(world.now() * 1_000).toISOString();
  const destination = {
    id: world.newId('ed_test'),
    object: 'v2.core.event_destination',
    created: now,
    description: input.description ?? '',
    enabled_events: input.enabled_events,
    event_payload: input.event_payload,
    events_from: ['self'],
    livemode: false,
    metadata: mergeMetadata(null, input.metadata),
    name: input.name,
    ...(input.event_payload === 'snapshot'
      ? { snapshot_api_version: input.snapshot_api_version ?? API_VERSION }
      : {}),
    status: 'enabled',
    type: 'webhook_endpoint',
    updated: now,
    webhook_endpoint: { url: input.webhook_endpoint.url },
  } satisfies Destination;
  world.store.put('event_destination', destination);
  const whsec = secret ?? `whsec_${world.newId('x').slice(2)}${world.newId('x').slice(2)}`;
  world.store.put('secret', { id: destination.id, secret: whsec });
  return destination;
}

export const eventDestinationRoutes = [
  route('POST', '/v2/core/event_destinations', create, (world, input) =>
    shown(world, createDestination(world, input), input.include),
  ),
  route('GET', '/v2/core/event_destinations/:id', reading, (world, input, { id }) =>
    shown(world, world.store.need('event_destination', id), input.include),
  ),
  route(
    'GET',
    '/v2/core/event_destinations',
    z.strictObject({ include, limit: int.optional() }),
    (world, input) =>
      ({
        data: world.store.all('event_destination').map((each) => shown(world, each, input.include)),
        next_page_url: null,
        previous_page_url: null,
      }) satisfies Stripe.V2List<Destination>,
  ),
  route(
    'POST',
    '/v2/core/event_destinations/:id',
    z.strictObject({
      name: id.optional(),
      description: text.optional(),
      enabled_events: z.array(text).min(1).optional(),
      include,
      metadata: metadata.optional(),
      webhook_endpoint: z.strictObject({ url: text }).optional(),
    }),
    (world, input, { id }) => {
      const before = world.store.need('event_destination', id);
      const after = world.update('event_destination', id, {
        name: input.name ?? before.name,
        description: input.description ?? before.description,
        enabled_events: input.enabled_events ?? before.enabled_events,
        metadata: mergeMetadata(before.metadata ?? null, input.metadata),
        updated: new Date(world.now() * 1_000).toISOString(),
        ...(input.webhook_endpoint ? { webhook_endpoint: input.webhook_endpoint } : {}),
      });
      return shown(world, after, input.include);
    },
  ),
  route('DELETE', '/v2/core/event_destinations/:id', z.strictObject({}), (world, _input, { id }) => {
    world.store.need('event_destination', id);
    world.store.remove('event_destination', id);
    world.store.remove('secret', id);
    return { id, object: 'v2.core.event_destination' };
  }),
  route('POST', '/v2/core/event_destinations/:id/enable', reading, (world, _input, { id }) =>
    setStatus(world, id, 'enabled'),
  ),
  route('POST', '/v2/core/event_destinations/:id/disable', reading, (world, _input, { id }) =>
    setStatus(world, id, 'disabled'),
  ),
];
