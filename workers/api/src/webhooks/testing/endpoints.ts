import { env } from 'cloudflare:workers';
import { call, type Json, type Workspace } from '../../../test/client.ts';
import type { AttemptReport, DeliveryJob } from '../attempts.ts';
import { claimDeliveries, reportAttempts } from '../deliveries.ts';

/** An endpoint of the workspace, with its secret. */
export async function newEndpoint(
  { key }: Workspace,
  body: Record<string, unknown> = {},
): Promise<{ id: string; secret: string }> {
  const {
    status,
    body: made,
    text,
  } = await call('POST /v1/webhook-endpoints', {
    as: key,
    body: { url: 'https://acme.example/hook', ...body },
  });
  if (status !== 201) throw new Error(text);
  return { id: String(made.id), secret: String(made.secret) };
}

/** The delivery log, newest first. */
export async function deliveriesOf({ key }: Workspace, endpointId: string): Promise<Json[]> {
  const { body } = await call(`GET /v1/webhook-endpoints/${endpointId}/deliveries`, { as: key });
  return Object.values(body.data ?? {});
}

/** What the webhook Worker would be given of all deliveries of these endpoints now. */
export async function jobsFor(workspace: Workspace, ...endpointIds: string[]): Promise<DeliveryJob[]> {
  const logs = await Promise.all(endpointIds.map((id) => deliveriesOf(workspace, id)));
  return claimDeliveries(
    env,
    logs.flat().map(({ id }) => String(id)),
  );
}

/** Reports all jobs as having gone like this. */
export function report(jobs: DeliveryJob[], result: Partial<AttemptReport>): Promise<void> {
  return reportAttempts(
    env,
    jobs.map(({ deliveryId, lease }) => ({ deliveryId, lease, at: Date.now(), durationMs: 5, ...result })),
  );
}
