import type { AttemptReport, DeliveryMessage, DeliveryRpc } from '@uxflow/api/entrypoint';
import { send } from './send.ts';

/** Milliseconds that an endpoint gets to answer, unless told otherwise. */
export const TIMEOUT_MS = 15_000;

/**
 * Sends what of a batch is due. The API decides what that is and what comes next, so a message that comes twice, late or
 * for nothing does no harm; and one whose attempt could not be reported is not asked for again by us: its lease runs
 * out, and the API's sweep finds it.
 */
export async function deliver(
  messages: readonly Pick<Message<DeliveryMessage>, 'body'>[],
  api: DeliveryRpc,
  timeoutMs: number = TIMEOUT_MS,
): Promise<AttemptReport[]> {
  const jobs = await api.claimDeliveries([...new Set(messages.map(({ body }) => body.deliveryId))]);
  if (jobs.length === 0) return [];
  const reports = await Promise.all(jobs.map((job) => send(job, timeoutMs)));
  await api.reportAttempts(reports);
  return reports;
}
