import type { z } from 'zod';
import type { Env } from '../platform/env.ts';
import { ApiError } from '../platform/errors.ts';
import { outboundUrlFault } from '../platform/outbound-url.ts';
import { toPage } from '../platform/pagination.ts';
import { deliveryStore, type DeliveryRow } from './delivery.store.ts';
import { publishTo } from './publish.ts';
import { enqueue } from './queue.ts';
import type {
  createEndpointBody,
  deliverySchema,
  endpointSchema,
  newEndpointSchema,
  updateEndpointBody,
} from './schemas.ts';
import { currentSecret, sealSecret } from './secrets.ts';
import { newWebhookSecret } from './signature.ts';
import { type EndpointRow, endpointStore } from './store.ts';

type Endpoint = z.infer<typeof endpointSchema>;
type NewEndpoint = z.infer<typeof newEndpointSchema>;
type Delivery = z.infer<typeof deliverySchema>;

const ENDPOINTS_PER_WORKSPACE = 20;
/** What an endpoint's record says when it works. */
const HEALTHY = { disabledReason: null, disabledAt: null, failures: 0, failingSince: null };

/** Webhook endpoints of a workspace and what was sent to them. */
export function webhookService(env: Env) {
  const store = endpointStore(env);
  const deliveries = deliveryStore(env);

  async function require(workspaceId: string, id: string): Promise<EndpointRow> {
    const row = await store.find(workspaceId, id);
    if (!row) throw new ApiError('not_found', 'There is no such webhook endpoint.');
    return row;
  }

  async function requireEnabled(workspaceId: string, id: string): Promise<EndpointRow> {
    const row = await require(workspaceId, id);
    if (row.state === 'disabled') {
      throw new ApiError('conflict', 'This endpoint is disabled. Set its state to "enabled" first.');
    }
    return row;
  }

  return {
    async list(workspaceId: string, before: string | undefined, limit: number) {
      return toPage(await store.list(workspaceId, before, limit + 1), limit, (row) => [row.id], toEndpoint);
    },

    /** @throws ApiError `invalid_request` for a URL that must not be called, `limit_exceeded` */
    async create(
      workspaceId: string,
      id: string,
      body: z.output<typeof createEndpointBody>,
    ): Promise<NewEndpoint> {
      requireUrl(env, body.url);
      if (
        (await store.count(workspaceId)) >= ENDPOINTS_PER_WORKSPACE &&
        !(await store.find(workspaceId, id))
      ) {
        throw new ApiError(
          'limit_exceeded',
          `A workspace has at most ${ENDPOINTS_PER_WORKSPACE} webhook endpoints.`,
        );
      }
      const now = Date.now();
      const secret = newWebhookSecret();
      const row: EndpointRow = {
        id,
        workspaceId,
        ...body,
        ...HEALTHY,
        state: 'enabled',
        secret: await sealSecret(env, { id, workspaceId }, 'secret', secret),
        previousSecret: null,
        previousUntil: null,
        rotation: id,
        lastSuccessAt: null,
        createdAt: now,
        updatedAt: now,
      };
      await store.upsert(row);
      return { ...toEndpoint(row), secret };
    },

    async update(
      workspaceId: string,
      id: string,
      { url, description, eventTypes, state }: z.output<typeof updateEndpointBody>,
    ): Promise<Endpoint> {
      const known = await require(workspaceId, id);
      if (url !== undefined) requireUrl(env, url);
      const now = Date.now();
      const row = await store.update(workspaceId, id, {
        ...(url !== undefined && { url }),
        ...(description !== undefined && { description }),
        ...(eventTypes && { eventTypes }),
        ...(state === 'enabled' && known.state === 'disabled' && { state, ...HEALTHY }),
        ...(state === 'disabled' &&
          known.state === 'enabled' && { state, disabledReason: 'request' as const, disabledAt: now }),
        updatedAt: now,
      });
      if (!row) throw new ApiError('not_found', 'There is no such webhook endpoint.');
      if (row.state === 'disabled') await deliveries.failPending(id, now);
      return toEndpoint(row);
    },

    async remove(workspaceId: string, id: string): Promise<void> {
      await require(workspaceId, id);
      await store.remove(workspaceId, id);
    },

    /** @param rotation names the call: made again under the same name, it replaces the secret that nobody has seen. */
    async rotateSecret(
      workspaceId: string,
      id: string,
      rotation: string,
      overlapSeconds: number,
    ): Promise<NewEndpoint> {
      const known = await require(workspaceId, id);
      const now = Date.now();
      const secret = newWebhookSecret();
      const previous =
        known.rotation === rotation
          ? {}
          : {
              previousSecret: await sealSecret(
                env,
                known,
                'previous_secret',
                await currentSecret(env, known),
              ),
              previousUntil: now + overlapSeconds * 1000,
            };
      const row = await store.update(workspaceId, id, {
        ...previous,
        secret: await sealSecret(env, known, 'secret', secret),
        rotation,
        updatedAt: now,
      });
      if (!row) throw new ApiError('not_found', 'There is no such webhook endpoint.');
      return { ...toEndpoint(row), secret };
    },

    async deliveries(
      workspaceId: string,
      id: string,
      before: string | undefined,
      limit: number,
      state: DeliveryRow['state'] | undefined,
    ) {
      await require(workspaceId, id);
      const rows = await deliveries.list(workspaceId, id, before, limit + 1, state);
      return toPage(rows, limit, (row) => [row.id], toDelivery);
    },

    /** Sends it again at once, also one that has succeeded; when that fails, all further attempts follow anew. */
    async retry(workspaceId: string, endpointId: string, deliveryId: string): Promise<Delivery> {
      await require(workspaceId, endpointId);
      if (!(await deliveries.find(workspaceId, endpointId, deliveryId))) {
        throw new ApiError('not_found', 'There is no such delivery.');
      }
      await requireEnabled(workspaceId, endpointId);
      const now = Date.now();
      const row = await deliveries.restart(workspaceId, endpointId, deliveryId, now);
      if (!row) throw new ApiError('not_found', 'There is no such delivery.');
      await enqueue(env, [{ id: row.id, due: now }], now);
      return toDelivery(row);
    },

    /** Sends `webhook.test` to this endpoint alone, whatever it asks for. */
    async test(workspaceId: string, endpointId: string, eventId: string): Promise<Delivery> {
      const endpoint = await requireEnabled(workspaceId, endpointId);
      const [delivery] = await publishTo(env, [endpoint], {
        id: eventId,
        key: `webhook.test:${eventId}`,
        type: 'webhook.test',
        data: { message: 'This endpoint hears UX Flow Engine.' },
      });
      const row = delivery ?? (await deliveries.list(workspaceId, endpointId, undefined, 1, undefined))[0];
      if (!row) throw new ApiError('conflict', 'The test event could not be kept. Try again.');
      return toDelivery(row);
    },
  };
}

function requireUrl(env: Env, url: string): void {
  const fault = outboundUrlFault(env, url);
  if (fault === undefined) return;
  throw new ApiError('invalid_request', `url ${fault}.`, {
    param: 'url',
    issues: [{ path: 'url', message: fault }],
  });
}

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

function toEndpoint(row: EndpointRow): Endpoint {
  const { id, url, description, eventTypes, state, disabledReason, failures, previousUntil } = row;
  return {
    id,
    url,
    description,
    eventTypes,
    state,
    disabledReason,
    disabledAt: isoOrNull(row.disabledAt),
    failures,
    failingSince: isoOrNull(row.failingSince),
    lastSuccessAt: isoOrNull(row.lastSuccessAt),
    previousSecretUntil: previousUntil !== null && previousUntil > Date.now() ? iso(previousUntil) : null,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
  };
}

function toDelivery(row: DeliveryRow): Delivery {
  const { id, endpointId, eventId, eventType, state, attempts, dueAt, createdAt, endedAt } = row;
  return {
    id,
    endpointId,
    eventId,
    eventType,
    state,
    attempts: attempts.map((attempt) => ({ ...attempt, at: iso(attempt.at) })),
    nextAttemptAt: state === 'pending' ? iso(dueAt) : null,
    createdAt: iso(createdAt),
    endedAt: isoOrNull(endedAt),
  };
}
