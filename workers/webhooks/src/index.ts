import type { DeliveryMessage } from '@uxflow/api/entrypoint';
import { app } from './app.ts';
import { deliver, TIMEOUT_MS } from './deliver.ts';
import type { Env } from './env.ts';
import { logEvent } from './log.ts';
import { applyStripeEvents, recordDead } from './stripe/apply.ts';
import type { StripeMessage } from './stripe/receive.ts';

/** As in wrangler.jsonc. */
const QUEUES = { deliveries: 'uxflow-webhook-deliveries', stripe: 'uxflow-stripe-events' };

export default {
  fetch: app.fetch,
  /** A batch that throws is given again by the queue. */
  async queue({ queue, messages }, env) {
    if (queue === QUEUES.deliveries) return sendDeliveries(messages as Message<DeliveryMessage>[], env);
    const stripe = messages as Message<StripeMessage>[];
    return queue === QUEUES.stripe ? applyStripeEvents(stripe, env.API) : recordDead(stripe);
  },
} satisfies ExportedHandler<Env>;

async function sendDeliveries(messages: Message<DeliveryMessage>[], env: Env): Promise<void> {
  const reports = await deliver(messages, env.API, Number(env.WEBHOOK_TIMEOUT_MS) || TIMEOUT_MS);
  if (reports.length === 0) return;
  const failed = reports.filter(
    ({ error, status = 0 }) => error !== undefined || status < 200 || status > 299,
  );
  logEvent('info', 'webhooks_sent', { sent: reports.length, failed: failed.length });
}
