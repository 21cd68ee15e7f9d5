import type { ApiEntrypoint } from '@uxflow/api/entrypoint';
import { logEvent } from '../log.ts';
import type { StripeMessage } from './receive.ts';

/** Seconds a message may wait in a queue. */
const LONGEST_DELAY = 12 * 3_600;
/** Seconds until an event is tried again whose application did not even answer. */
const UNANSWERED = 30;

type Api = Pick<ApiEntrypoint, 'applyStripeEvent'>;

/**
 * Applies the events of a batch one after the other. One that does not work is tried again by itself, when the API says
 * so; one that the API has given up stays with it, to be replayed by an operator.
 */
export async function applyStripeEvents(
  messages: readonly Pick<Message<StripeMessage>, 'body' | 'retry'>[],
  api: Api,
): Promise<void> {
  for (const message of messages) {
    const id = message.body.stripeEventId;
    try {
      const applied = await api.applyStripeEvent(id);
      if (applied.state === 'retry') {
        message.retry({
          delaySeconds: Math.min(Math.max(1, Math.ceil(applied.afterSeconds)), LONGEST_DELAY),
        });
      }
      if (applied.state !== 'done') logEvent('warn', 'stripe_event_not_applied', { id, ...applied });
    } catch (error) {
      message.retry({ delaySeconds: UNANSWERED });
      logEvent('error', 'stripe_event_unanswered', { id, error: String(error) });
    }
  }
}

/** Messages that the queue has given up. Their events are kept by the API, whose sweep goes on with them. */
export function recordDead(messages: readonly Pick<Message<StripeMessage>, 'body'>[]): void {
  for (const { body } of messages) {
    logEvent('error', 'stripe_message_dead', { id: body.stripeEventId });
  }
}
