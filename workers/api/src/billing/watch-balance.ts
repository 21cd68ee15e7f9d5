import { config } from '../platform/config.ts';
import type { Env } from '../platform/env.ts';
import { logEvent } from '../platform/logging.ts';
import { Busy } from './apply/lease.ts';
import { autoTopUpStore } from './auto-top-up.store.ts';
import { topUpWhenLow } from './auto-top-up.ts';
import { billingPorts } from './ports.ts';

/**
 * Told of a balance that a run has just seen: buys more where the workspace wants that. Never throws, because the run
 * must not care; an attempt that was cut off is made again by the sweep.
 * @param available micro-credits left
 */
export async function watchBalance(env: Env, workspaceId: string, available: number): Promise<void> {
  if (config(env).STRIPE_SECRET_KEY === undefined) return;
  try {
    await topUpWhenLow({ ...billingPorts(env), settings: autoTopUpStore(env) }, workspaceId, available);
  } catch (error) {
    logEvent(error instanceof Busy ? 'info' : 'error', 'auto_top_up_failed', {
      workspaceId,
      error: String(error),
    });
  }
}
