import type { Permission } from '@uxflow/flow/sync';
import type { MiddlewareHandler } from 'hono';
import { requireFlow } from '../flows/guard.ts';
import { memberOf } from '../identity/principal.ts';
import type { AppEnv } from '../platform/env.ts';
import { ApiError } from '../platform/errors.ts';
import { idPattern } from '../platform/ids.ts';
import { runStore } from './store.ts';

const RUN_ID = idPattern('run');

/** Guard of routes under `/v1/runs/{runId}`: the run exists and the caller holds `needed` on its flow. Sets `c.var.flow`. */
export function runGuard(needed: Permission): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const principal = memberOf(c.var.principal);
    const runId = c.req.param('runId') ?? '';
    const row = RUN_ID.test(runId) ? await runStore(c.env).find(principal.workspaceId, runId) : undefined;
    if (!row) throw new ApiError('not_found', 'There is no such run.');
    c.set('flow', await requireFlow(c.env, principal, row.flowId, needed));
    await next();
  };
}

/** Guard of routes that start agents: refuses client tokens that may run none, before anything else is looked at. */
export const agentsGuard: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { principal } = c.var;
  if (principal.kind === 'client' && !mayRunSome(principal.agents)) {
    throw new ApiError('forbidden', 'This client token may not run agents. Mint it with `agents`.');
  }
  await next();
};

function mayRunSome(agents: boolean | string[]): boolean {
  return Array.isArray(agents) ? agents.length > 0 : agents;
}
