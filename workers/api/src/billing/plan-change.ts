import type { Stripe } from 'stripe';
import { ApiError } from '../platform/errors.ts';
import { applyInvoice } from './apply/invoices.ts';
import { Busy, underLease } from './apply/lease.ts';
import { readInvoice } from './apply/payments.ts';
import { applySubscriptions } from './apply/subscriptions.ts';
import { comparePlans, type PaidPlanId, type PlanId, planOf } from './plans.ts';
import type { BillingPorts } from './ports.ts';
import { LOOKUP_KEYS } from './prices.ts';
import { idOf } from './stripe.ts';

interface PlanChange {
  workspaceId: string;
  plan: PlanId;
  /** Names this call towards Stripe. */
  operation: string;
}

/**
 * Changes the plan of a workspace that has a subscription. Dearer: at once, with the difference charged now. Cheaper, or
 * `free`, which cancels: at the end of the period, so that going up and straight down again brings nobody free credits.
 * The plan that it is on already: takes back whatever change or end was planned, and resumes what was paused.
 */
export async function changePlan(
  ports: BillingPorts,
  { workspaceId, plan, operation }: PlanChange,
): Promise<void> {
  const { stripe, store } = ports;
  const known = await store.subscription(workspaceId);
  if (!known || known.state === 'canceled' || known.state === 'incomplete') {
    throw new ApiError(
      'conflict',
      'There is no subscription to change. Buy a plan with POST /v1/billing/checkout.',
    );
  }
  const steps = new Steps(ports, `plan:${workspaceId}:${operation}`);
  const subscription = await stripe.subscriptions.retrieve(known.subscriptionId);
  if (subscription.status === 'past_due' || subscription.status === 'unpaid') {
    if (plan !== 'free') {
      throw new ApiError('conflict', 'A payment is owed. Pay the open invoice first, then change the plan.');
    }
  }
  const rises = comparePlans(known.plan, plan);
  await steps.dropSchedule(subscription);
  if (plan === 'free') await steps.cancelAtEnd(subscription);
  else {
    await steps.keep(subscription);
    if (rises > 0) await steps.upgrade(subscription, plan);
    else if (rises < 0) await steps.downgradeAtEnd(subscription, plan);
    else if (subscription.status === 'paused') await steps.resume(subscription);
  }
  await showAtOnce(ports, workspaceId, known.subscriptionId);
}

/** What a change consists of; each call to Stripe bears a key made from that of the whole. */
class Steps {
  readonly #ports: BillingPorts;
  readonly #key: string;

  constructor(ports: BillingPorts, key: string) {
    this.#ports = ports;
    this.#key = key;
  }

  async dropSchedule({ schedule }: Stripe.Subscription): Promise<void> {
    const id = idOf(schedule);
    if (id !== null) await this.#stripe.subscriptionSchedules.release(id, {}, this.#once('release'));
  }

  async cancelAtEnd({ id }: Stripe.Subscription): Promise<void> {
    await this.#stripe.subscriptions.update(id, { cancel_at_period_end: true }, this.#once('cancel'));
  }

  async keep({
    id,
    cancel_at_period_end: ends,
    cancel_at: at,
    pause_collection: paused,
  }: Stripe.Subscription): Promise<void> {
    if (ends)
      await this.#stripe.subscriptions.update(id, { cancel_at_period_end: false }, this.#once('keep'));
    else if (at !== null) await this.#stripe.subscriptions.update(id, { cancel_at: '' }, this.#once('keep'));
    if (paused) await this.#stripe.subscriptions.update(id, { pause_collection: '' }, this.#once('unpause'));
  }

  async resume({ id }: Stripe.Subscription): Promise<void> {
    await this.#stripe.subscriptions.resume(id, {}, this.#once('resume'));
  }

  async upgrade(subscription: Stripe.Subscription, plan: PaidPlanId): Promise<void> {
    await this.#stripe.subscriptions.update(
      subscription.id,
      {
        items: await this.#changedItems(subscription.items.data, plan),
        proration_behavior: 'always_invoice',
        payment_behavior: 'pending_if_incomplete',
      },
      this.#once('upgrade'),
    );
  }

  async downgradeAtEnd(subscription: Stripe.Subscription, plan: PaidPlanId): Promise<void> {
    const schedule = await this.#stripe.subscriptionSchedules.create(
      { from_subscription: subscription.id },
      this.#once('schedule'),
    );
    const [present] = schedule.phases;
    if (!present) throw new Error(`Schedule ${schedule.id} has no phase`);
    const items = present.items.map(({ price, quantity }) => ({
      price: idOf(price) ?? '',
      ...(quantity !== undefined && { quantity }),
    }));
    await this.#stripe.subscriptionSchedules.update(
      schedule.id,
      {
        end_behavior: 'release',
        phases: [
          { items, start_date: present.start_date, end_date: present.end_date },
          {
            items: await this.#itemsOf(plan),
            duration: { interval: 'month', interval_count: 1 },
            proration_behavior: 'none',
          },
        ],
      },
      this.#once('phases'),
    );
  }

  /** The items of a plan: its price, and the one that measures overage. */
  async #itemsOf(plan: PaidPlanId): Promise<{ price: string; quantity?: number }[]> {
    const keys = [LOOKUP_KEYS.plan(plan), ...(planOf(plan).overage ? [LOOKUP_KEYS.overage(plan)] : [])];
    const [flat = '', metered] = await this.#ports.prices.present(keys, this.#ports.now());
    return [{ price: flat, quantity: 1 }, ...(metered === undefined ? [] : [{ price: metered }])];
  }

  async #changedItems(
    present: Stripe.SubscriptionItem[],
    plan: PaidPlanId,
  ): Promise<Stripe.SubscriptionUpdateParams.Item[]> {
    const [flat, metered] = await this.#itemsOf(plan);
    const changed: Stripe.SubscriptionUpdateParams.Item[] = [];
    for (const { id, price } of present) {
      const sold = await this.#ports.prices.what(price.id);
      if (sold?.kind === 'plan') changed.push({ id, price: flat?.price ?? '', quantity: 1 });
      if (sold?.kind === 'overage')
        changed.push(metered ? { id, price: metered.price } : { id, deleted: true });
    }
    if (metered && changed.length === 1) changed.push({ price: metered.price });
    return changed;
  }

  get #stripe(): Stripe {
    return this.#ports.stripe;
  }

  #once(step: string): { idempotencyKey: string } {
    return { idempotencyKey: `${this.#key}:${step}` };
  }
}

/** Milliseconds between looks at whether somebody else is done with the workspace, and how often to look. */
const PATIENCE = { wait: 200, times: 25 };

/** Shows the change without waiting for Stripe's events, which bring the same. */
async function showAtOnce(ports: BillingPorts, workspaceId: string, subscriptionId: string): Promise<void> {
  for (let time = 1; ; time++) {
    try {
      await underLease(ports, workspaceId, async (hold) => {
        const { latest_invoice: latest } = await ports.stripe.subscriptions.retrieve(subscriptionId);
        const invoice = idOf(latest);
        if (invoice !== null) await applyInvoice(ports, hold, await readInvoice(ports.stripe, invoice));
        await applySubscriptions(ports, hold);
      });
      return;
    } catch (error) {
      if (!(error instanceof Busy)) throw error;
      // Whoever is at it for so long brings this change too, or the event of it does.
      if (time === PATIENCE.times) return;
    }
    await new Promise((resolve) => setTimeout(resolve, PATIENCE.wait));
  }
}
