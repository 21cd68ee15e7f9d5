import type { Env } from '../platform/env.ts';
import { logEvent } from '../platform/logging.ts';
import { publish } from '../webhooks/publish.ts';
import type { LedgerEvent } from './account.rpc.ts';
import type { Ledger } from './ledger/ledger.ts';

/** Events taken out of the outbox at once. */
const BATCH = 50;

/**
 * Hands the ledger's events to the workspace's webhook endpoints, in order. Each is named by its number, so one that is
 * handed over again is still one event. When that fails, the outbox tries again later, by alarm.
 */
export async function announceEvents(ledger: Ledger, env: Env, workspaceId: string): Promise<void> {
  try {
    for (;;) {
      const rows = ledger.pending('event', BATCH);
      if (rows.length === 0) return;
      for (const { seq, type, data } of rows) {
        const event = { type, data: JSON.parse(data) as unknown } as LedgerEvent;
        await publish(env, workspaceId, { ...event, key: `ledger:${seq}` });
        ledger.markDelivered('event', seq);
      }
    }
  } catch (error) {
    ledger.markFailed('event');
    logEvent('error', 'ledger_events_failed', { workspaceId, error: String(error) });
  }
}
