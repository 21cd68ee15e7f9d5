import type { Env } from '../platform/env.ts';
import { logEvent } from '../platform/logging.ts';
import { agentRun } from '../platform/objects.ts';
import type { Ledger } from './ledger/ledger.ts';

/** Runs taken out of the outbox at once. */
const BATCH = 50;

/**
 * Tells runs that have waited in the queue that they have their slot now. One that is told twice, or too late, asks the
 * ledger and learns the same; one that is not reached asks by itself after a while.
 */
export async function startRuns(ledger: Ledger, env: Env, workspaceId: string): Promise<void> {
  try {
    for (;;) {
      const rows = ledger.pending('start', BATCH);
      const last = rows.at(-1);
      if (!last) return;
      await Promise.all(rows.map(({ run_id }) => agentRun(env, workspaceId, run_id).proceed()));
      ledger.markDelivered('start', last.seq);
    }
  } catch (error) {
    ledger.markFailed('start');
    logEvent('error', 'queued_runs_not_told', { workspaceId, error: String(error) });
  }
}
