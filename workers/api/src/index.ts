import { app } from './app.ts';
import { sweepBilling } from './billing/sweep.ts';
import { identityStore } from './identity/store.ts';
import type { Env } from './platform/env.ts';
import { purgeIdempotency } from './platform/idempotency.ts';
import { logEvent } from './platform/logging.ts';

export { AgentRun } from './agents/run.do.ts';
export { ApiEntrypoint } from './entrypoint.ts';
export { WorkspaceAccount } from './credits/account.do.ts';
export { FlowRoom } from './flows/room.do.ts';

/** As in wrangler.jsonc. */
const DAILY = '17 3 * * *';

export default {
  fetch: app.fetch,
  /** Daily: drops rows whose keeping time has passed. Every quarter of an hour: what billing has left to do. */
  async scheduled({ cron }, env) {
    const now = Date.now();
    if (cron !== DAILY) return sweepBilling(env, now);
    await Promise.all([purgeIdempotency(env, now), identityStore(env).purgeRevocations(now)]);
    logEvent('info', 'purged', {});
  },
} satisfies ExportedHandler<Env>;
