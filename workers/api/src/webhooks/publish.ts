import type { Env } from '../platform/env.ts';
import { newId } from '../platform/ids.ts';
import { deliveryStore, type DeliveryRow } from './delivery.store.ts';
import { type WebhookEventData, type WebhookEventType, wants } from './event-schemas.ts';
import { enqueue } from './queue.ts';
import { type EndpointRow, endpointStore } from './store.ts';

export interface Publication<T extends WebhookEventType> {
  type: T;
  data: WebhookEventData<T>;
  /** Names the happening in its workspace: published again under the same key, it is still one event. */
  key: string;
}

/**
 * The one door for events: tells every enabled endpoint of the workspace that wants this one. Returns when it is kept
 * in the database, before anything is sent. Throws when it could not be kept; the same call may then be repeated.
 */
export async function publish<T extends WebhookEventType>(
  env: Env,
  workspaceId: string,
  event: Publication<T>,
): Promise<void> {
  const endpoints = await endpointStore(env).enabled(workspaceId);
  const wanting = endpoints.filter(({ eventTypes }) => wants(eventTypes, event.type));
  if (wanting.length > 0) await publishTo(env, wanting, { id: newId('evt'), ...event });
}

/** Tells these endpoints of one workspace, whatever they ask for. */
export async function publishTo<T extends WebhookEventType>(
  env: Env,
  endpoints: EndpointRow[],
  { id, type, data, key }: Publication<T> & { id: string },
): Promise<DeliveryRow[]> {
  const [first] = endpoints;
  if (!first) return [];
  const { workspaceId } = first;
  const store = deliveryStore(env);
  const now = Date.now();
  const body = JSON.stringify({ id, type, timestamp: new Date(now).toISOString(), data });
  const deliveries = await store.insert(
    { id, workspaceId, key, type, body, createdAt: now },
    endpoints.map((endpoint) => ({
      id: newId('dlv'),
      workspaceId,
      endpointId: endpoint.id,
      eventType: type,
      state: 'pending',
      tries: 0,
      dueAt: now,
      lease: null,
      leasedUntil: 0,
      attempts: [],
      createdAt: now,
      endedAt: null,
    })),
  );
  await enqueue(
    env,
    deliveries.map((delivery) => ({ id: delivery.id, due: now })),
    now,
  );
  return deliveries;
}
