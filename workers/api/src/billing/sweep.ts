import { config } from '../platform/config.ts';
import type { Env } from '../platform/env.ts';
import { logEvent } from '../platform/logging.ts';
import { Busy, underLease } from './apply/lease.ts';
import { applySubscriptions } from './apply/subscriptions.ts';
import { autoTopUpStore } from './auto-top-up.store.ts';
import { attempt, type AutoTopUpPorts } from './auto-top-up.ts';
import { stripeInbox } from './inbox.ts';
import { billingPorts } from './ports.ts';
import { GRACE } from './state.ts';

const MINUTE = 60_000;

/**
 * What no event will bring: events whose message was lost, subscriptions whose days of grace are over, and automatic
 * top-ups whose Worker was killed. Each by itself, so that one that fails keeps no other from its turn.
 */
export async function sweepBilling(env: Env, now: number): Promise<void> {
  if (config(env).STRIPE_SECRET_KEY === undefined) return;
  const ports = { ...billingPorts(env), settings: autoTopUpStore(env) };
  await sweepWith(ports, stripeInbox(env), now);
}

/** `sweepBilling` over whatever stands in for the outside. */
export async function sweepWith(
  ports: AutoTopUpPorts,
  inbox: ReturnType<typeof stripeInbox>,
  now: number,
): Promise<void> {
  for (const id of await inbox.left(now - 15 * MINUTE)) {
    const applied = await inbox.apply(() => ports, id);
    logEvent(applied.state === 'done' ? 'info' : 'error', 'stripe_event_swept', { id, state: applied.state });
  }
  for (const { workspaceId } of await ports.store.overdue(now - GRACE)) {
    await eachByItself('suspend', workspaceId, () =>
      underLease(ports, workspaceId, (hold) => applySubscriptions(ports, hold)),
    );
  }
  for (const row of await ports.settings.stuck(now - 5 * MINUTE)) {
    await eachByItself('auto_top_up', row.workspaceId, () => attempt(ports, row));
  }
}

async function eachByItself(what: string, workspaceId: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // The next sweep tries again.
    logEvent(error instanceof Busy ? 'info' : 'error', 'billing_sweep_failed', {
      what,
      workspaceId,
      error: String(error),
    });
  }
}
