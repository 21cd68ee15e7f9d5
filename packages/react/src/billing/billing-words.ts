import { UXFlowError } from '@uxflow/sdk';
import type { Plan, Subscription } from '@uxflow/sdk/billing';
import { formatCredits } from '../chrome/credits.ts';
import { explain, type Explanation } from '../chrome/words.ts';

/** Cents as money, without `.00`. */
export function money(cents: number, currency = 'usd'): string {
  const digits = cents % 100 === 0 ? 0 : 2;
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(cents / 100);
}

/** A day as the API means it: UTC. */
export function day(iso: string): string {
  return new Date(iso).toLocaleDateString('en', { dateStyle: 'medium', timeZone: 'UTC' });
}

/** Micro-credits, e.g. `3,000 credits`. */
export const creditsOf = (micro: number): string =>
  `${formatCredits(micro)} ${micro === 1_000_000 ? 'credit' : 'credits'}`;

export interface Badge {
  text: string;
  tone: 'good' | 'care' | 'bad' | 'quiet';
}

/** The state in a word or two; the sentence is `Subscription.message`. */
export function badgeOf({ state, subscription }: Subscription): Badge {
  switch (state) {
    case 'none':
      return { text: 'No subscription', tone: 'quiet' };
    case 'trialing':
      return subscription?.endsAt ? { text: 'Trial, ending', tone: 'care' } : { text: 'Trial', tone: 'good' };
    case 'active':
      if (subscription?.endsAt) return { text: 'Ending', tone: 'care' };
      if (subscription?.pendingPlan) return { text: 'Waiting for a payment', tone: 'care' };
      return subscription?.nextPlan ? { text: 'Changing', tone: 'care' } : { text: 'Active', tone: 'good' };
    case 'past_due':
      return { text: 'Payment overdue', tone: 'bad' };
    case 'suspended':
      return { text: 'Suspended', tone: 'bad' };
    case 'incomplete':
      return { text: 'Waiting for the first payment', tone: 'care' };
    case 'paused':
      return { text: 'Paused', tone: 'care' };
    case 'canceled':
      return { text: 'Ended', tone: 'quiet' };
  }
}

/** What can be done about a plan now. */
export type Offer =
  | { kind: 'current' }
  /** It is on this one and something else was planned: takes that back. */
  | { kind: 'keep' }
  | { kind: 'resume' }
  | { kind: 'subscribe'; trialDays: number | null }
  | { kind: 'upgrade' }
  | { kind: 'downgrade'; on: string }
  | { kind: 'cancel'; on: string }
  | { kind: 'planned'; on: string }
  | { kind: 'blocked'; why: string };

/** Id of the plan that is subscribed to; Free where nothing is. */
export function presentPlan({ state, subscription }: Subscription): Plan['id'] {
  return subscription && state !== 'canceled' ? subscription.plan : 'free';
}

/** @param present the plan of `presentPlan` */
export function offerOf(plan: Plan, present: Plan, { state, subscription }: Subscription): Offer {
  if (!subscription || state === 'canceled') {
    if (plan.id === 'free') return { kind: 'current' };
    // A trial is for the first time alone.
    return { kind: 'subscribe', trialDays: state === 'none' ? (plan.trial?.days ?? null) : null };
  }
  const owed = state === 'past_due' || state === 'suspended' || state === 'incomplete';
  const next = subscription.endsAt === null ? subscription.nextPlan : 'free';
  const on = day(subscription.endsAt ?? subscription.periodEnd);
  if (plan.id === present.id) {
    if (state === 'paused') return { kind: 'resume' };
    return next !== null && !owed ? { kind: 'keep' } : { kind: 'current' };
  }
  if (plan.id === next) return { kind: 'planned', on };
  if (state === 'incomplete') return { kind: 'blocked', why: 'Possible once the first payment is confirmed' };
  if (plan.id === 'free') return { kind: 'cancel', on };
  if (owed) return { kind: 'blocked', why: 'Possible once the open invoice is paid' };
  if (plan.id === subscription.pendingPlan) return { kind: 'blocked', why: 'Waits for its payment' };
  return plan.pricePerMonth > present.pricePerMonth ? { kind: 'upgrade' } : { kind: 'downgrade', on };
}

export interface Question {
  title: string;
  text: string;
  yes: string;
  no: string;
}

/** What is asked before a change that costs money or ends something; null for one that does neither. */
export function questionFor(
  offer: Offer,
  plan: Plan,
  present: Plan,
  { state, subscription }: Subscription,
): Question | null {
  const { name } = plan;
  switch (offer.kind) {
    case 'upgrade':
      return {
        title: `Upgrade to ${name}?`,
        text:
          state === 'trialing' && subscription?.trialEndsAt
            ? `Nothing is charged now. From ${day(subscription.trialEndsAt)} on it costs ${money(plan.pricePerMonth)} a month instead of ${money(present.pricePerMonth)}.`
            : `The difference for the rest of this period, at most ${money(plan.pricePerMonth - present.pricePerMonth)}, is charged to your card now and brings its credits at once. From then on it is ${money(plan.pricePerMonth)} a month.`,
        yes: 'Upgrade now',
        no: 'Not now',
      };
    case 'downgrade':
      return {
        title: `Change to ${name}?`,
        text: `${present.name} stays until ${offer.on}. Then ${name} begins: ${creditsOf(plan.monthlyCredits)} for ${money(plan.pricePerMonth)} a month. Nothing is charged now, and you can take it back until then.`,
        yes: `Change on ${offer.on}`,
        no: `Stay on ${present.name}`,
      };
    case 'cancel':
      return {
        title: `Cancel ${present.name}?`,
        text: `It stays until ${offer.on} and is not renewed. The plan’s credits end with it; credits that you bought stay yours. You can take it back until then.`,
        yes: `Cancel ${present.name}`,
        no: `Keep ${present.name}`,
      };
    default:
      return null;
  }
}

/** What a refusal means for the people who pay, and what they can do. */
export function explainBilling(error: unknown): Explanation {
  if (!(error instanceof UXFlowError)) return explain(error);
  switch (error.code) {
    case 'payment_failed':
      return {
        title: 'The payment did not go through',
        text: `${error.message.replace(/\.?$/, '.')} Nothing was changed. Use another card, or try again.`,
        retry: false,
      };
    case 'conflict':
      return {
        title: 'That is not possible as things stand',
        text: 'The plan has changed meanwhile, or a payment is still owed. What you see now is up to date.',
        retry: false,
      };
    case 'billing_unavailable':
      return {
        title: 'Billing cannot be reached right now',
        text: 'Nothing was changed or charged. Try again in a moment.',
        retry: true,
      };
    case 'forbidden':
    case 'origin_not_allowed':
      return {
        title: 'This is for the people who look after billing',
        text: 'Ask one of them, or ask to become one.',
        retry: false,
      };
    case 'unauthenticated':
    case 'token_expired':
      return { title: 'You are not signed in', text: 'Sign in again, then come back here.', retry: true };
    case 'connection_error':
    case 'timeout':
      return {
        title: 'No connection',
        text: 'It is not known whether this took effect. Look at what is shown once it is back.',
        retry: true,
      };
    default:
      return explain(error);
  }
}
