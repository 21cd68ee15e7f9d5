import type { DeliveryMessage } from '@uxflow/api/entrypoint';
import { app } from './app.ts';
import { deliver, TIMEOUT_MS } from './deliver.ts';
import type { Env } from './env.ts';
import { logEvent } from './log.ts';

export default {
  fetch: app.fetch,
  /** Deliveries of partner webhooks. A batch that throws is given again by the queue. */
  async queue({ messages }, env) {
    const timeoutMs = Number(env.WEBHOOK_TIMEOUT_MS) || TIMEOUT_MS;
    const reports = await deliver(messages, env.API, timeoutMs);
    if (reports.length === 0) return;
    const failed = reports.filter(
      ({ error, status = 0 }) => error !== undefined || status < 200 || status > 299,
    );
    logEvent('info', 'webhooks_sent', { sent: reports.length, failed: failed.length });
  },
} satisfies ExportedHandler<Env, DeliveryMessage>;
