import type { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openShop, type Shop, START, subscribe } from './testing/shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.local.close());

async function downgrade(subscription: string) {
  const { stripe, starter } = shop;
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscription });
  const [now] = schedule.phases;
  if (!now) throw new Error('no phase');
  return stripe.subscriptionSchedules.update(schedule.id, {
    end_behavior: 'release',
    phases: [
      {
        start_date: now.start_date,
        end_date: now.end_date,
        items: now.items.map(({ price, quantity }) => ({
          price: price as string,
          ...(quantity === undefined ? {} : { quantity }),
        })),
      },
      {
        items: [{ price: starter.id, quantity: 1 }],
        duration: { interval: 'month', interval_count: 1 },
        proration_behavior: 'none',
      },
    ],
  });
}

describe('a downgrade by schedule', () => {
  test('comes with the next period: the old plan to the end, then the new price, nothing prorated', async () => {
    const { subscription, customer } = await subscribe(shop, shop.professional);
    const schedule = await downgrade(subscription.id);
    expect((await shop.stripe.subscriptions.retrieve(subscription.id)).schedule).toBe(schedule.id);
    shop.local.clock.advance({ days: 30 });
    const before = await shop.stripe.subscriptions.retrieve(subscription.id);
    expect(before.items.data[0]?.price.id).toBe(shop.professional.id);
    shop.local.clock.advance({ days: 1, seconds: 3_600 });
    const after = await shop.stripe.subscriptions.retrieve(subscription.id);
    expect(after.items.data[0]?.price.id).toBe(shop.starter.id);
    const [renewal] = (await shop.stripe.invoices.list({ customer })).data;
    expect(renewal).toMatchObject({ status: 'paid', total: 2_900, billing_reason: 'subscription_cycle' });
    expect(renewal?.lines.data).toHaveLength(1);
  });

  test('lets go after its last phase: the subscription goes on without it', async () => {
    const { subscription } = await subscribe(shop, shop.professional);
    const { id } = await downgrade(subscription.id);
    shop.local.clock.advance({ days: 62 });
    expect((await shop.stripe.subscriptionSchedules.retrieve(id)).status).toBe('completed');
    const after = await shop.stripe.subscriptions.retrieve(subscription.id);
    expect(after).toMatchObject({ status: 'active', schedule: null });
  });

  test('can be taken back: a released schedule changes nothing', async () => {
    const { subscription } = await subscribe(shop, shop.professional);
    const { id } = await downgrade(subscription.id);
    await shop.stripe.subscriptionSchedules.release(id);
    shop.local.clock.advance({ days: 40 });
    const after = await shop.stripe.subscriptions.retrieve(subscription.id);
    expect(after.items.data[0]?.price.id).toBe(shop.professional.id);
  });

  test('cannot move the phase that runs, nor leave gaps', async () => {
    const { subscription } = await subscribe(shop, shop.professional);
    const schedule = await downgrade(subscription.id);
    const items = [{ price: shop.starter.id }];
    const moved = shop.stripe.subscriptionSchedules.update(schedule.id, {
      phases: [{ items, start_date: START + 5, end_date: START + 500 }],
    });
    await expect(moved).rejects.toMatchObject({ param: 'phases[0][start_date]' });
  });
});

describe('a test clock', () => {
  test('carries its customers alone through time; others stay where they are', async () => {
    const { stripe, starter, local } = shop;
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: START });
    const onClock = await stripe.customers.create({
      test_clock: clock.id,
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    const moved = await stripe.subscriptions.create({ customer: onClock.id, items: [{ price: starter.id }] });
    const { subscription: other } = await subscribe(shop, starter);
    const answer = await stripe.testHelpers.testClocks.advance(clock.id, {
      frozen_time: START + 32 * 86_400,
    });
    expect(answer.status).toBe('advancing');
    expect(await stripe.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({
      status: 'ready',
      frozen_time: START + 32 * 86_400,
    });
    const period = async (id: string) =>
      (await stripe.subscriptions.retrieve(id)).items.data[0]?.current_period_start;
    expect(await period(moved.id)).toBe(Date.UTC(2027, 1, 1, 12) / 1_000);
    expect(await period(other.id)).toBe(START);
    expect(local.clock.now()).toBe(START);
    expect((await stripe.invoices.list({ customer: onClock.id })).data.map(({ status }) => status)).toEqual([
      'paid',
      'paid',
    ]);
  });
});

describe('collection', () => {
  test('that is paused voids renewals until it is taken up again', async () => {
    const { subscription, customer } = await subscribe(shop, shop.starter);
    await shop.stripe.subscriptions.update(subscription.id, { pause_collection: { behavior: 'void' } });
    shop.local.clock.advance({ days: 32 });
    await shop.stripe.subscriptions.update(subscription.id, { pause_collection: '' });
    shop.local.clock.advance({ days: 28 });
    const states = (await shop.stripe.invoices.list({ customer })).data.map(({ status }) => status);
    expect(states).toEqual(['paid', 'void', 'paid']);
  });

  test('off session of a card that always asks fails, and its owner can pay on the invoice page', async () => {
    const { subscription, customer } = await subscribe(shop, shop.starter);
    const card = await shop.stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer });
    await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
    shop.local.clock.advance({ to: Date.UTC(2027, 1, 1, 13) / 1_000 });
    expect((await shop.stripe.subscriptions.retrieve(subscription.id)).status).toBe('past_due');
    const [open] = (await shop.stripe.invoices.list({ customer, status: 'open' })).data;
    const page = open?.hosted_invoice_url ?? '';
    const asked = await fetch(page, {
      method: 'POST',
      body: new URLSearchParams({ saved: card.id }),
      redirect: 'manual',
    });
    const bank = `${shop.local.url}${asked.headers.get('Location')}`;
    expect(bank).toContain('/pay/authenticate/pi_');
    await fetch(bank, { method: 'POST', body: new URLSearchParams({ agreed: 'yes' }) });
    const paid = await shop.stripe.invoices.retrieve(open?.id ?? '', { expand: ['payments'] });
    expect(paid.status).toBe('paid');
    expect((await shop.stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });
});

describe('a dispute', () => {
  const disputed = async (card = 'pm_card_createDispute') => {
    const intent = await shop.stripe.paymentIntents.create({
      amount: 1_000,
      currency: 'usd',
      confirm: true,
      payment_method: card,
    });
    const [dispute] = (await shop.stripe.disputes.list({ payment_intent: intent.id })).data;
    if (!dispute) throw new Error('no dispute');
    return { intent, dispute };
  };
  const types = async () =>
    (await shop.stripe.events.list({ types: ['charge.dispute.*'] })).data
      .map(({ type }) => type)
      .toReversed();

  test('takes the money at once, and a refund is refused meanwhile', async () => {
    const { intent, dispute } = await disputed();
    expect(dispute).toMatchObject({ status: 'needs_response', amount: 1_000 });
    await expect(shop.stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: 'charge_disputed',
    });
    expect(await types()).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn']);
  });

  test('that is won gives the money back; one that is lost does not', async () => {
    const { dispute } = await disputed();
    const won = await shop.stripe.disputes.update(dispute.id, {
      evidence: { uncategorized_text: 'winning_evidence' },
      submit: true,
    });
    expect(won.status).toBe('won');
    expect((await types()).slice(-2)).toEqual(['charge.dispute.closed', 'charge.dispute.funds_reinstated']);
    const other = await disputed();
    expect((await shop.stripe.disputes.close(other.dispute.id)).status).toBe('lost');
    await expect(shop.stripe.disputes.close(other.dispute.id)).rejects.toMatchObject({
      code: 'dispute_closed',
    });
  });

  test('can be opened and decided by hand, on any charge', async () => {
    const intent = await shop.stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      confirm: true,
      payment_method: 'pm_card_visa',
    });
    const post = async (path: string, body: object) => {
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch(`${shop.local.url}/_local/${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return (await answer.json()) as Stripe.Dispute;
    };
    const opened = await post(`dispute/${intent.latest_charge as string}`, { reason: 'duplicate' });
    expect(opened).toMatchObject({ status: 'needs_response', reason: 'duplicate' });
    expect(await post(`close-dispute/${opened.id}`, { outcome: 'won' })).toMatchObject({ status: 'won' });
  });
});
