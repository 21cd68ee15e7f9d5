import type { Env } from '../platform/env.ts';
import { deliveryStore } from './delivery.store.ts';
import { publish } from './publish.ts';
import { type EndpointRow, endpointStore } from './store.ts';

/** Days of nothing but failed attempts after which an endpoint is disabled. */
const FAILING_DAYS = 5;

interface Verdict {
  endpointId: string;
  at: number;
  ok: boolean;
  /** It answered 410 Gone. */
  gone: boolean;
}

/** Notes how endpoints fare, and disables those that are gone or have only failed for days. */
export async function judge(env: Env, verdicts: Verdict[], now: number): Promise<void> {
  const store = endpointStore(env);
  for (const id of new Set(verdicts.map(({ endpointId }) => endpointId))) {
    const own = verdicts.filter(({ endpointId }) => endpointId === id);
    const failed = own.filter(({ ok }) => !ok);
    const gone = failed.some((verdict) => verdict.gone);
    if (failed.length < own.length && !gone) {
      await store.succeeded(id, now);
      continue;
    }
    const endpoint = await store.failed(id, failed.length, Math.min(...failed.map(({ at }) => at)));
    if (!endpoint || endpoint.state === 'disabled') continue;
    const since = endpoint.failingSince ?? now;
    if (gone) await disable(env, endpoint, 'gone', now);
    else if (now - since >= FAILING_DAYS * 86_400_000) await disable(env, endpoint, 'failing', now);
  }
}

/** The workspace learns of it in the endpoint's state, and by an event to its other endpoints. */
async function disable(
  env: Env,
  { id, workspaceId, url }: EndpointRow,
  reason: 'failing' | 'gone',
  now: number,
): Promise<void> {
  await endpointStore(env).update(workspaceId, id, {
    state: 'disabled',
    disabledReason: reason,
    disabledAt: now,
    updatedAt: now,
  });
  await deliveryStore(env).failPending(id, now);
  await publish(env, workspaceId, {
    type: 'webhook_endpoint.disabled',
    key: `webhook_endpoint.disabled:${id}:${now}`,
    data: { endpoint: { id, url, reason, disabledAt: new Date(now).toISOString() } },
  });
}
