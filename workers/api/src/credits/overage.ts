import { reportOverage } from '../billing/metering.ts';
import { billingPorts } from '../billing/ports.ts';
import type { Env } from '../platform/env.ts';
import { logEvent } from '../platform/logging.ts';
import type { Ledger } from './ledger/ledger.ts';

/** Rows in one turn. Each is a request to Stripe. */
const BATCH = 50;

/** Brings overage to Stripe's meter, in order; when that fails, the outbox tries again later, by alarm. */
export async function deliverOverage(ledger: Ledger, env: Env, workspaceId: string): Promise<void> {
  const rows = ledger.pending('meter', BATCH);
  if (rows.length === 0) return;
  try {
    const ports = billingPorts(env);
    for (const row of rows) {
      await reportOverage(ports, workspaceId, row);
      ledger.markDelivered('meter', row.seq);
    }
  } catch (error) {
    ledger.markFailed('meter');
    logEvent('error', 'overage_not_reported', { workspaceId, error: String(error) });
  }
}
