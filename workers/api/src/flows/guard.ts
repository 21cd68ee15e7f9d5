import type { MiddlewareHandler } from 'hono';
import type { Permission } from '@uxflow/flow/sync';
import { allows, permissionOn, type Principal } from '../identity/principal.ts';
import type { AppEnv, Env } from '../platform/env.ts';
import { ApiError } from '../platform/errors.ts';
import { idPattern } from '../platform/ids.ts';
import { type FlowRow, flowStore } from './store.ts';

const FLOW_ID = idPattern('flw');

interface GuardOptions {
  /** Also lets deleted flows through (restore, delete). */
  deleted?: boolean;
}

/**
 * Guard of routes under `/v1/flows/{flowId}`: the flow exists, in the caller's workspace and within its reach (else
 * 404, whatever the reason), and the caller holds `needed` (else 403). Sets `c.var.flow`.
 */
export function flowGuard(needed: Permission, options: GuardOptions = {}): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    c.set('flow', await requireFlow(c.env, c.var.principal, c.req.param('flowId') ?? '', needed, options));
    await next();
  };
}

/** The flow, when `principal` may do `needed` with it. */
export async function requireFlow(
  env: Env,
  principal: Principal,
  flowId: string,
  needed: Permission,
  { deleted = false }: GuardOptions = {},
): Promise<FlowRow> {
  const row =
    principal.kind === 'operator' || !FLOW_ID.test(flowId)
      ? undefined
      : await flowStore(env).find(principal.workspaceId, flowId);
  const held = row ? permissionOn(principal, row) : null;
  if (!row || held === null || (row.deletedAt !== null && !deleted)) {
    throw new ApiError('not_found', 'There is no such flow.');
  }
  if (!allows(held, needed)) {
    throw new ApiError(
      'forbidden',
      `This needs the permission "${needed}" on the flow; the token has "${held}".`,
    );
  }
  return row;
}
