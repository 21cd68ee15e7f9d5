import { app } from './app.ts';
import { sweepBilling } from './billing/sweep.ts';
import { identityStore } from './identity/store.ts';
import type { Env } from './platform/env.ts';
import { purgeIdempotency } from './platform/idempotency.ts';
import { logEvent } from './platform/logging.ts';
import { reconciliationService } from './reconciliation/service.ts';
import { purgeDeliveries, sweepDeliveries } from './webhooks/deliveries.ts';

export { AgentRun } from './agents/run.do.ts';
export { ApiEntrypoint } from './entrypoint.ts';
export { WorkspaceAccount } from './credits/account.do.ts';
export { FlowRoom } from './flows/room.do.ts';

/** As in wrangler.jsonc. */
const DAILY = '17 3 * * *';
const RECONCILIATION = '7-59/10 * * * *';
const BILLING = '*/15 * * * *';

export default {
  fetch: app.fetch,
  /**
   * Drops rows whose keeping time has passed; what billing has left to do; webhooks that the queue has lost; the next
   * workspaces to reconcile.
   */
  async scheduled({ cron }, env) {
    const now = Date.now();
    if (cron === BILLING) return sweepBilling(env, now);
    if (cron === RECONCILIATION) return void (await reconciliationService(env).next());
    if (cron !== DAILY) return void (await sweepDeliveries(env, now));
    await Promise.all([
      purgeIdempotency(env, now),
      identityStore(env).purgeRevocations(now),
      purgeDeliveries(env, now),
    ]);
    logEvent('info', 'purged', {});
  },
} satisfies ExportedHandler<Env>;
