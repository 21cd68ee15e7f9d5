import type { MiddlewareHandler } from 'hono';
import type { AppEnv, Env } from '../platform/env.ts';
import { ApiError } from '../platform/errors.ts';
import { logEvent } from '../platform/logging.ts';
import { type PlanId, planOf } from './plans.ts';
import { planInForce } from './state.ts';
import { billingStore } from './store.ts';

/** Seconds that the limits of wrangler.jsonc look back. */
const WINDOW = 60;
/** A change of plan counts after that at the latest. Milliseconds. */
const REMEMBERED = 30_000;
const MAX_ENTRIES = 5_000;

const plans = new Map<string, { plan: PlanId; until: number }>();

/** Middleware after `authenticate`: lets a workspace make as many requests as its plan allows. */
export const limitRate: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { principal } = c.var;
  if (principal.kind === 'operator') return next();
  const { workspaceId } = principal;
  const plan = await planFor(c.env, workspaceId);
  const { name, requestsPerMinute } = planOf(plan);
  c.set('ratePolicy', `"${plan}";q=${requestsPerMinute};w=${WINDOW}`);
  const { success } = await limiterOf(c.env, plan).limit({ key: workspaceId });
  if (!success) {
    throw new ApiError(
      'rate_limited',
      `The ${name} plan allows ${requestsPerMinute} requests a minute. Wait, or change the plan.`,
      { retryAfter: WINDOW },
    );
  }
  return next();
};

function limiterOf(env: Env, plan: PlanId): RateLimit {
  switch (plan) {
    case 'free':
      return env.RATE_FREE;
    case 'starter':
      return env.RATE_STARTER;
    case 'professional':
      return env.RATE_PROFESSIONAL;
    case 'enterprise':
      return env.RATE_ENTERPRISE;
  }
}

/** The plan in force, remembered for a while; what is not known for now counts as it last was. */
async function planFor(env: Env, workspaceId: string): Promise<PlanId> {
  const now = Date.now();
  const known = plans.get(workspaceId);
  if (known && known.until > now && known.until <= now + REMEMBERED) return known.plan;
  let plan = known?.plan ?? 'free';
  try {
    plan = planInForce(await billingStore(env).subscription(workspaceId));
  } catch (error) {
    logEvent('error', 'plan_unknown', { workspaceId, error: String(error) });
  }
  if (plans.size >= MAX_ENTRIES) plans.clear();
  plans.set(workspaceId, { plan, until: now + REMEMBERED });
  return plan;
}
