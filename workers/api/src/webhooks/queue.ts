import type { Env } from '../platform/env.ts';
import { logEvent } from '../platform/logging.ts';
import type { DeliveryMessage } from './attempts.ts';
import { LONGEST_QUEUE_DELAY } from './schedule.ts';

/** Messages that a queue takes in one call. */
const AT_ONCE = 100;

/**
 * Tells the queue of deliveries and when they are due. The queue is only the faster way: the due time stands in the
 * database, and `sweepDeliveries` finds what the queue was never told or has forgotten. So a queue that does not take
 * messages fails nobody's request.
 * @param due milliseconds since the epoch
 */
export async function enqueue(
  env: Env,
  deliveries: { id: string; due: number }[],
  now: number,
): Promise<void> {
  const messages = deliveries.map(({ id, due }): MessageSendRequest<DeliveryMessage> => {
    const delaySeconds = Math.min(Math.max(0, Math.ceil((due - now) / 1000)), LONGEST_QUEUE_DELAY);
    return { body: { deliveryId: id }, delaySeconds };
  });
  try {
    for (let at = 0; at < messages.length; at += AT_ONCE) {
      await env.WEBHOOK_DELIVERIES.sendBatch(messages.slice(at, at + AT_ONCE));
    }
  } catch (error) {
    logEvent('warn', 'webhook_queue_behind', { deliveries: messages.length, error: String(error) });
  }
}
