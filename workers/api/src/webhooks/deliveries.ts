import { config } from '../platform/config.ts';
import type { Env } from '../platform/env.ts';
import { newId } from '../platform/ids.ts';
import { logEvent } from '../platform/logging.ts';
import { outboundUrlFault } from '../platform/outbound-url.ts';
import type { Attempt, AttemptReport, DeliveryJob } from './attempts.ts';
import { deliveryStore, type DeliveryRow, type EventRow, type Progress } from './delivery.store.ts';
import { judge } from './health.ts';
import { enqueue } from './queue.ts';
import { retryDelay, RETRY_SECONDS } from './schedule.ts';
import { activeSecrets } from './secrets.ts';
import { signedHeaders } from './signature.ts';
import { type EndpointRow, endpointStore } from './store.ts';

/** Milliseconds. */
const TIME = {
  /** A job that is not reported by then is lost: longer than a batch of jobs can take. */
  lease: 120_000,
  /** Messages may come that early. */
  slack: 5_000,
  /** Due for so long, and not taken: the queue has lost it. */
  overdue: 120_000,
};
const SWEPT_AT_ONCE = 1_000;
const KEPT_ATTEMPTS = 40;

/** See `DeliveryRpc`. */
export async function claimDeliveries(env: Env, ids: string[]): Promise<DeliveryJob[]> {
  const store = deliveryStore(env);
  const now = Date.now();
  const lease = newId('req');
  const claimed = await store.claim(ids, { now, slack: TIME.slack, lease, leaseMs: TIME.lease });
  if (claimed.length === 0) return [];
  const [endpoints, events] = await Promise.all([
    endpointStore(env).byIds([...new Set(claimed.map(({ endpointId }) => endpointId))]),
    store.events([...new Set(claimed.map(({ eventId }) => eventId))]),
  ]);
  const jobs: DeliveryJob[] = [];
  const refused: AttemptReport[] = [];
  for (const delivery of claimed) {
    const endpoint = endpoints.find(({ id }) => id === delivery.endpointId);
    const event = events.find(({ id }) => id === delivery.eventId);
    if (!endpoint || !event || endpoint.state === 'disabled') {
      await store.failPending(delivery.endpointId, now);
      continue;
    }
    // Judged again: what may be called can have become less since the endpoint was made.
    const fault = outboundUrlFault(env, endpoint.url);
    if (fault === undefined) jobs.push(await jobOf(env, { delivery, endpoint, event, lease, now }));
    else refused.push({ deliveryId: delivery.id, lease, at: now, durationMs: 0, error: `The URL ${fault}` });
  }
  if (refused.length > 0) await reportAttempts(env, refused);
  return jobs;
}

interface JobParts {
  delivery: DeliveryRow;
  endpoint: EndpointRow;
  event: EventRow;
  lease: string;
  now: number;
}

async function jobOf(env: Env, { delivery, endpoint, event, lease, now }: JobParts): Promise<DeliveryJob> {
  const secrets = await activeSecrets(env, endpoint, now);
  return {
    deliveryId: delivery.id,
    lease,
    url: endpoint.url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'UXFlow-Webhooks/1',
      ...(await signedHeaders(secrets, event.id, now, event.body)),
    },
    body: event.body,
  };
}

/** See `DeliveryRpc`. */
export async function reportAttempts(env: Env, reports: AttemptReport[]): Promise<void> {
  const store = deliveryStore(env);
  const now = Date.now();
  const rows = new Map(
    (await store.byIds(reports.map(({ deliveryId }) => deliveryId))).map((row) => [row.id, row]),
  );
  const known = reports.flatMap((report) => {
    const row = rows.get(report.deliveryId);
    return row?.lease === report.lease ? [{ row, report }] : [];
  });
  const steps = known.map(({ row, report }) => ({
    id: row.id,
    lease: report.lease,
    to: progressOf(env, row, report, now),
  }));
  await store.progress(steps);
  const again = steps.filter(({ to }) => to.state === 'pending');
  await enqueue(
    env,
    again.map(({ id, to }) => ({ id, due: to.dueAt })),
    now,
  );
  await judge(
    env,
    known.map(({ row, report }) => ({
      endpointId: row.endpointId,
      at: report.at,
      ok: isSuccess(report),
      gone: report.status === 410,
    })),
    now,
  );
}

function isSuccess({ status, error }: Attempt): boolean {
  return error === undefined && status !== undefined && status >= 200 && status < 300;
}

function progressOf(env: Env, row: DeliveryRow, report: AttemptReport, now: number): Progress {
  const attempt = attemptOf(report);
  const attempts = [...row.attempts, attempt].slice(-KEPT_ATTEMPTS);
  const tries = row.tries + 1;
  if (isSuccess(attempt)) return { state: 'succeeded', tries, dueAt: now, attempts, endedAt: now };
  const schedule = config(env).WEBHOOK_RETRY_SECONDS ?? RETRY_SECONDS;
  const delay = retryDelay(tries, schedule, Math.random(), report.retryAfter);
  if (delay === undefined) return { state: 'failed', tries, dueAt: now, attempts, endedAt: now };
  return { state: 'pending', tries, dueAt: now + delay, attempts, endedAt: null };
}

function attemptOf({ at, durationMs, status, error, response }: AttemptReport): Attempt {
  const told =
    error ?? (status !== undefined && (status < 200 || status >= 300) ? statusFault(status) : undefined);
  return {
    at,
    durationMs,
    ...(status !== undefined && { status }),
    ...(told !== undefined && { error: told }),
    ...(response !== undefined && { response }),
  };
}

function statusFault(status: number): string {
  return status >= 300 && status < 400
    ? `Answered ${status}: redirects are not followed`
    : `Answered ${status}, not 2xx`;
}

/** Minutely: tells the queue again of what is due and was not taken. */
export async function sweepDeliveries(env: Env, now: number): Promise<number> {
  const ids = await deliveryStore(env).overdue(now - TIME.overdue, now, SWEPT_AT_ONCE);
  await enqueue(
    env,
    ids.map((id) => ({ id, due: now })),
    now,
  );
  if (ids.length > 0) logEvent('warn', 'webhook_deliveries_overdue', { deliveries: ids.length });
  return ids.length;
}

/** Days that events and the delivery log are kept. */
const KEPT_DAYS = 30;

/** Daily: drops what is past its keeping time. */
export async function purgeDeliveries(env: Env, now: number): Promise<void> {
  await deliveryStore(env).purge(now - KEPT_DAYS * 86_400_000);
}
