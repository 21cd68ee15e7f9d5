import { expect, it } from 'vitest';
import { GRACE, inWords, planInForce, revenueOf } from './state.ts';
import type { SubscriptionRow } from './store.ts';
import { SUBSCRIPTION_STATES } from './tables.ts';
import { eventOf } from './tell.ts';

const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
const row = (more: Partial<SubscriptionRow> = {}): SubscriptionRow => ({
  workspaceId: 'ws_1',
  subscriptionId: 'sub_1',
  plan: 'professional',
  state: 'active',
  monthlyCents: 9_900,
  periodStart: at('2026-11-05'),
  periodEnd: at('2026-12-05'),
  trialEnd: null,
  cancelAt: null,
  nextPlan: null,
  pastDueSince: null,
  pendingPlan: null,
  actionUrl: null,
  ...more,
});

it.each([
  [undefined, 'You are on the Free plan.'],
  [row(), 'You are on Professional. It renews on 2026-12-05.'],
  [row({ nextPlan: 'starter' }), 'You are on Professional. It changes to Starter on 2026-12-05.'],
  [
    row({ cancelAt: at('2026-12-05') }),
    'You are on Professional. It ends on 2026-12-05 and will not be renewed.',
  ],
  [
    row({ pendingPlan: 'enterprise' }),
    'You are on Professional. It renews on 2026-12-05. The change to Enterprise waits for its payment to be confirmed.',
  ],
  [
    row({ state: 'trialing', trialEnd: at('2026-11-19') }),
    'You are trying Professional. The first payment is due on 2026-11-19.',
  ],
  [
    row({ state: 'past_due', pastDueSince: at('2026-11-20') }),
    'The last payment for Professional failed. Pay it or change the card by 2026-11-27, or the limits of the Free plan apply.',
  ],
])('%j is told in words', (subscription, words) => {
  expect(inWords(subscription)).toBe(words);
});

it('every state has words, and whoever owes for longer than the days of grace has the Free plan', () => {
  for (const state of SUBSCRIPTION_STATES) {
    expect(inWords(row({ state, pastDueSince: at('2026-11-20') }))).toContain('Professional');
    const inForce =
      state === 'active' || state === 'trialing' || state === 'past_due' ? 'professional' : 'free';
    expect(planInForce(row({ state })), state).toBe(inForce);
  }
  expect(GRACE).toBe(7 * 86_400_000);
});

it('a trial and what is long owed bring no revenue', () => {
  expect(SUBSCRIPTION_STATES.filter((state) => revenueOf(row({ state })) > 0)).toEqual([
    'active',
    'past_due',
  ]);
});

it.each([
  [undefined, row({ state: 'trialing' }), 'subscription.created'],
  [undefined, row({ state: 'incomplete' }), null],
  [row({ state: 'incomplete' }), row(), 'subscription.created'],
  [row({ state: 'canceled' }), row(), 'subscription.created'],
  [row({ state: 'trialing' }), row(), 'subscription.updated'],
  [row(), row({ plan: 'enterprise' }), 'subscription.updated'],
  [row(), row({ cancelAt: at('2026-12-05') }), 'subscription.updated'],
  [row(), row({ actionUrl: 'https://pay.example' }), null],
  [row(), row({ state: 'past_due' }), 'subscription.past_due'],
  [row({ state: 'past_due' }), row({ state: 'suspended' }), 'subscription.updated'],
  [row({ state: 'suspended' }), row({ state: 'canceled' }), 'subscription.ended'],
])('from %j to %j endpoints hear %s', (before, after, type) => {
  expect(eventOf(before, after)).toBe(type);
});
