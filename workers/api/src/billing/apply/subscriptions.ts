import type { Stripe } from 'stripe';
import { type PlanId, planOf } from '../plans.ts';
import type { BillingPorts } from '../ports.ts';
import { GRACE, planInForce, revenueOf } from '../state.ts';
import type { Change, SubscriptionRow } from '../store.ts';
import { unwrap } from '../../platform/errors.ts';
import { idOf, isMissing } from '../stripe.ts';
import type { Hold } from './lease.ts';

const ENDED = ['canceled', 'incomplete_expired'];

/** Brings what is known of a workspace's subscription, and what its ledger allows, to what Stripe says now. */
export async function applySubscriptions(
  ports: BillingPorts,
  hold: Hold,
): Promise<SubscriptionRow | undefined> {
  const { workspaceId } = hold;
  const before = await ports.store.subscription(workspaceId);
  const governing = await governingOf(ports, workspaceId, before);
  if (!governing) return undefined;
  const after = await project(ports, workspaceId, governing);
  if (!after) return undefined;
  await hold.confirm();
  if (!before || JSON.stringify(sorted(before)) !== JSON.stringify(sorted(after))) {
    await ports.tell(before, after);
    await ports.store.putSubscription(after, changeBetween(before, after, governing, ports.now()));
  }
  await setPolicy(ports, after);
  return after;
}

/** The one subscription that counts: the oldest that lives, else the one that ended last. */
async function governingOf(
  { stripe, store }: BillingPorts,
  workspaceId: string,
  known: SubscriptionRow | undefined,
): Promise<Stripe.Subscription | undefined> {
  const customer = await store.customerOf(workspaceId);
  const found: Stripe.Subscription[] = [];
  if (customer !== undefined) {
    try {
      found.push(...(await listOf(stripe, customer)));
    } catch (error) {
      // Deleted, and the news of it is still on its way.
      if (!isMissing(error)) throw error;
    }
  }
  // Of a customer who was deleted meanwhile.
  if (known && !found.some(({ id }) => id === known.subscriptionId)) {
    found.push(await stripe.subscriptions.retrieve(known.subscriptionId, { expand: ['schedule'] }));
  }
  const alive = found.filter(({ status }) => !ENDED.includes(status));
  const confirmed = alive.filter(({ status }) => status !== 'incomplete');
  const oldest = (list: Stripe.Subscription[]) =>
    list.toSorted((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1))[0];
  if (confirmed.length > 1) {
    await store.notice({
      id: `duplicate:${confirmed
        .map(({ id }) => id)
        .sort()
        .join(',')}`,
      workspaceId: null,
      kind: 'duplicate_subscription',
      detail: `${workspaceId} has ${confirmed.length} subscriptions: ${confirmed.map(({ id }) => id).join(', ')}. Only the oldest counts: cancel and refund the others.`,
      at: Math.max(...confirmed.map(({ created }) => created)) * 1_000,
    });
  }
  return (
    oldest(confirmed) ??
    oldest(alive) ??
    found.toSorted(
      (a, b) => (b.ended_at ?? b.created) - (a.ended_at ?? a.created) || (a.id < b.id ? 1 : -1),
    )[0]
  );
}

async function listOf(stripe: Stripe, customer: string): Promise<Stripe.Subscription[]> {
  const { data } = await stripe.subscriptions.list({
    customer,
    status: 'all',
    limit: 100,
    expand: ['data.schedule'],
  });
  return data;
}

async function project(
  ports: BillingPorts,
  workspaceId: string,
  subscription: Stripe.Subscription,
): Promise<SubscriptionRow | null> {
  const item = await planItem(ports, subscription.items.data);
  if (!item) return null;
  const { periodStart, periodEnd } = periodOf(item.item, subscription);
  const pending = await planItem(ports, subscription.pending_update?.subscription_items ?? []);
  const owed = await owedBy(ports, subscription);
  const { cancel_at: cancelAt, cancel_at_period_end: atEnd, trial_end: trialEnd } = subscription;
  const ends = cancelAt !== null ? cancelAt * 1_000 : atEnd ? periodEnd : null;
  return {
    workspaceId,
    subscriptionId: subscription.id,
    plan: item.plan,
    state: stateOf(subscription, owed?.since ?? null, ports.now()),
    monthlyCents: item.unitAmount * (item.item.quantity ?? 1),
    periodStart,
    periodEnd,
    trialEnd: trialEnd === null ? null : trialEnd * 1_000,
    cancelAt: ENDED.includes(subscription.status) ? null : ends,
    nextPlan: await nextPlanOf(ports, subscription),
    pastDueSince: owed?.since ?? null,
    pendingPlan: pending?.plan ?? null,
    actionUrl: owed?.url ?? null,
  };
}

interface PlanItem {
  item: Stripe.SubscriptionItem;
  plan: PlanId;
  unitAmount: number;
}

/** The item that is the plan itself; the one beside it only measures overage. */
async function planItem(
  { prices }: BillingPorts,
  items: Stripe.SubscriptionItem[],
): Promise<PlanItem | null> {
  for (const item of items) {
    const sold = await prices.what(item.price.id);
    if (sold?.kind === 'plan') return { item, plan: sold.plan, unitAmount: sold.unitAmount };
  }
  return null;
}

function periodOf(item: Stripe.SubscriptionItem, subscription: Stripe.Subscription) {
  return {
    periodStart: (item.current_period_start ?? subscription.start_date) * 1_000,
    periodEnd: (item.current_period_end ?? subscription.start_date) * 1_000,
  };
}

function stateOf(
  { status, pause_collection: paused }: Stripe.Subscription,
  owedSince: number | null,
  now: number,
): SubscriptionRow['state'] {
  switch (status) {
    case 'trialing':
      return paused ? 'paused' : 'trialing';
    case 'active':
      return paused ? 'paused' : 'active';
    case 'past_due':
      return now > (owedSince ?? now) + GRACE ? 'suspended' : 'past_due';
    case 'unpaid':
      return 'suspended';
    case 'incomplete':
      return 'incomplete';
    case 'paused':
      return 'paused';
    default:
      return 'canceled';
  }
}

const MAY_OWE = ['past_due', 'unpaid', 'incomplete'];

/** Since when a payment is owed, and the page on which it is paid or confirmed. */
async function owedBy(
  { stripe }: BillingPorts,
  { id, status, pending_update: pending }: Stripe.Subscription,
): Promise<{ since: number | null; url: string | null } | null> {
  if (!MAY_OWE.includes(status) && !pending) return null;
  const { data } = await stripe.invoices.list({ subscription: id, status: 'open', limit: 100 });
  const [first] = data.toSorted((a, b) => a.created - b.created);
  const since = pending && !MAY_OWE.includes(status) ? null : (first?.created ?? null);
  return { since: since === null ? null : since * 1_000, url: first?.hosted_invoice_url ?? null };
}

/** The plan that a schedule changes to after the present phase. */
async function nextPlanOf(
  ports: BillingPorts,
  { schedule, status }: Stripe.Subscription,
): Promise<PlanId | null> {
  if (!schedule || ENDED.includes(status)) return null;
  const { phases, current_phase: current } =
    typeof schedule === 'string' ? await ports.stripe.subscriptionSchedules.retrieve(schedule) : schedule;
  const next = current && phases.find((phase) => phase.start_date >= current.end_date);
  for (const { price } of next?.items ?? []) {
    const sold = await ports.prices.what(idOf(price) ?? '');
    if (sold?.kind === 'plan') return sold.plan;
  }
  return null;
}

/** What has changed in what is paid a month, for reports; null when nothing has. */
function changeBetween(
  before: SubscriptionRow | undefined,
  after: SubscriptionRow,
  { created, ended_at: ended, canceled_at: canceled }: Stripe.Subscription,
  now: number,
): Change | null {
  const [fromPlan, toPlan] = [
    revenueOf(before) > 0 ? (before?.plan ?? 'free') : 'free',
    revenueOf(after) > 0 ? after.plan : 'free',
  ] as const;
  const [from, to] = [revenueOf(before), revenueOf(after)];
  if (from === to && fromPlan === toPlan) return null;
  const seconds = to === 0 && after.state === 'canceled' ? (ended ?? canceled) : before ? null : created;
  return {
    at: seconds === null ? now : seconds * 1_000,
    fromPlan,
    toPlan,
    monthlyCents: to,
    reason: reasonOf(before, after, from, to),
  };
}

function reasonOf(
  before: SubscriptionRow | undefined,
  after: SubscriptionRow,
  from: number,
  to: number,
): Change['reason'] {
  if (from === 0) {
    if (before?.state === 'suspended') return 'recovered';
    return before?.state === 'paused' ? 'resumed' : 'new';
  }
  if (to === 0) {
    if (after.state === 'suspended') return 'unpaid';
    return after.state === 'paused' ? 'paused' : 'canceled';
  }
  if (before?.plan === after.plan) return 'price';
  return to > from ? 'upgrade' : 'downgrade';
}

/** The whole of what the plan in force allows, which the ledger enforces. */
async function setPolicy(ports: BillingPorts, row: SubscriptionRow): Promise<void> {
  const plan = planInForce(row);
  const { concurrentRuns, overage } = planOf(plan);
  // Credit is given to who pays: not while trying, and not while a payment is owed.
  const allowed = overage !== null && row.state === 'active';
  unwrap(
    await ports.ledger(row.workspaceId).setPolicy({
      plan,
      concurrentRuns,
      overage: { allowed, capPerPeriod: allowed ? overage.capPerPeriod : 0 },
      periodStart: row.periodStart,
      periodEnd: row.periodEnd,
    }),
  );
}

function sorted(row: SubscriptionRow): [string, unknown][] {
  return Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1));
}
