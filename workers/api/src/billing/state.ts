import type { SubscriptionRow } from './store.ts';
import { type PlanId, planOf } from './plans.ts';

const DAY = 86_400_000;
/** How long a plan works on after a failed renewal (ms). */
export const GRACE = 7 * DAY;

/** The plan whose limits count now: what is paid for, or was until a few days ago. */
export function planInForce(subscription: Pick<SubscriptionRow, 'state' | 'plan'> | undefined): PlanId {
  if (!subscription) return 'free';
  const { state, plan } = subscription;
  return state === 'active' || state === 'trialing' || state === 'past_due' ? plan : 'free';
}

/** Cents a month that count as revenue: a trial and what is owed for long bring none. */
export function revenueOf(subscription: SubscriptionRow | undefined): number {
  if (!subscription) return 0;
  const { state, monthlyCents } = subscription;
  return state === 'active' || state === 'past_due' ? monthlyCents : 0;
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** One or two sentences for the people who pay. */
export function inWords(subscription: SubscriptionRow | undefined): string {
  if (!subscription) return 'You are on the Free plan.';
  const { state, plan, periodEnd, trialEnd, cancelAt, nextPlan, pendingPlan, pastDueSince } = subscription;
  const { name } = planOf(plan);
  switch (state) {
    case 'trialing':
      return cancelAt === null
        ? `You are trying ${name}. The first payment is due on ${day(trialEnd ?? periodEnd)}.`
        : `You are trying ${name}. It ends on ${day(cancelAt)} and nothing will be charged.`;
    case 'active': {
      const sentences = [`You are on ${name}.`];
      if (cancelAt !== null) sentences.push(`It ends on ${day(cancelAt)} and will not be renewed.`);
      else if (nextPlan) sentences.push(`It changes to ${planOf(nextPlan).name} on ${day(periodEnd)}.`);
      else sentences.push(`It renews on ${day(periodEnd)}.`);
      if (pendingPlan) {
        sentences.push(`The change to ${planOf(pendingPlan).name} waits for its payment to be confirmed.`);
      }
      return sentences.join(' ');
    }
    case 'past_due':
      return `The last payment for ${name} failed. Pay it or change the card by ${day((pastDueSince ?? periodEnd) + GRACE)}, or the limits of the Free plan apply.`;
    case 'suspended':
      return `${name} is suspended because a payment is owed, so the limits of the Free plan apply. Pay the open invoice to have it back.`;
    case 'incomplete':
      return `The first payment for ${name} is not confirmed yet. The Free plan applies until it is.`;
    case 'paused':
      return `${name} is paused, so the limits of the Free plan apply. Resume it or add a card to have it back.`;
    case 'canceled':
      return `${name} has ended. You are on the Free plan; credits that you bought are yours as before.`;
  }
}
