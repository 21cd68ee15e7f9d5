import type { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openShop, type Shop, START, subscribe } from './testing/shop.ts';

const DAY = 86_400;
let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.local.close());

const eventTypes = async () =>
  (await shop.stripe.events.list({ limit: 100 })).data.map(({ type }) => type).toReversed();
const invoices = async (customer: string) =>
  (await shop.stripe.invoices.list({ customer })).data.map(({ status, total, billing_reason }) => ({
    status,
    total,
    billing_reason,
  }));

describe('a subscription', () => {
  test('is paid at once and active; the period stands on its items', async () => {
    const { subscription, customer } = await subscribe(shop, shop.starter);
    expect(subscription.status).toBe('active');
    expect(subscription.items.data[0]).toMatchObject({
      current_period_start: START,
      current_period_end: Date.UTC(2027, 1, 1, 12) / 1_000,
    });
    expect(await invoices(customer)).toEqual([
      { status: 'paid', total: 2_900, billing_reason: 'subscription_create' },
    ]);
  });

  test('renews by the clock: an hour as a draft, then paid; months do not drift', async () => {
    const { subscription, customer } = await subscribe(shop, shop.starter);
    shop.local.clock.advance({ to: Date.UTC(2027, 1, 1, 12) / 1_000 });
    expect((await invoices(customer))[0]).toMatchObject({
      status: 'draft',
      billing_reason: 'subscription_cycle',
    });
    shop.local.clock.advance({ seconds: 3_600 });
    expect((await invoices(customer))[0]).toMatchObject({ status: 'paid', total: 2_900 });
    shop.local.clock.advance({ days: 365 });
    const after = await shop.stripe.subscriptions.retrieve(subscription.id);
    expect(after.items.data[0]?.current_period_start).toBe(Date.UTC(2028, 1, 1, 12) / 1_000);
    expect(await invoices(customer)).toHaveLength(10);
  });

  test('begun on the 31st renews on the last day of shorter months and returns to the 31st', async () => {
    shop.local.clock.advance({ to: Date.UTC(2027, 0, 31, 9) / 1_000 });
    const { subscription } = await subscribe(shop, shop.starter);
    const ends = async () =>
      (await shop.stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.current_period_end;
    expect(await ends()).toBe(Date.UTC(2027, 1, 28, 9) / 1_000);
    shop.local.clock.advance({ days: 30 });
    expect(await ends()).toBe(Date.UTC(2027, 2, 31, 9) / 1_000);
  });

  test('whose first payment is declined is incomplete, and gone after 23 hours', async () => {
    const { subscription } = await subscribe(shop, shop.starter, 'pm_card_chargeCustomerFail');
    expect(subscription.status).toBe('incomplete');
    shop.local.clock.advance({ seconds: 23 * 3_600 });
    const after = await shop.stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] });
    expect(after.status).toBe('incomplete_expired');
    expect((after.latest_invoice as Stripe.Invoice).status).toBe('void');
  });
});

describe('a change of plan', () => {
  test('upward is prorated to the second and billed at once', async () => {
    const { subscription, item } = await subscribe(shop, shop.starter);
    shop.local.clock.advance({ seconds: (31 * DAY) / 2 });
    const after = await shop.stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, price: shop.professional.id }],
      proration_behavior: 'always_invoice',
      payment_behavior: 'pending_if_incomplete',
      expand: ['latest_invoice'],
    });
    expect(after.items.data[0]?.price.id).toBe(shop.professional.id);
    expect(after.pending_update).toBeNull();
    const invoice = after.latest_invoice as Stripe.Invoice;
    expect(invoice).toMatchObject({ status: 'paid', billing_reason: 'subscription_update', total: 3_500 });
    expect(invoice.lines.data.map(({ amount }) => amount)).toEqual([-1_450, 4_950]);
  });

  test('whose payment fails waits as a pending update, is made when it is paid, and says so', async () => {
    const { subscription, item, customer } = await subscribe(shop, shop.starter);
    const bad = await shop.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
    const waiting = await shop.stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, price: shop.professional.id }],
      proration_behavior: 'always_invoice',
      payment_behavior: 'pending_if_incomplete',
    });
    expect(waiting).toMatchObject({ status: 'active' });
    expect(waiting.items.data[0]?.price.id).toBe(shop.starter.id);
    expect(waiting.pending_update?.subscription_items?.[0]?.price.id).toBe(shop.professional.id);
    const good = await shop.stripe.paymentMethods.attach('pm_card_visa', { customer });
    await shop.stripe.invoices.pay(waiting.latest_invoice as string, { payment_method: good.id });
    const after = await shop.stripe.subscriptions.retrieve(subscription.id);
    expect(after.items.data[0]?.price.id).toBe(shop.professional.id);
    expect(await eventTypes()).toContain('customer.subscription.pending_update_applied');
  });

  test('that is never paid lapses after 23 hours with its invoice void', async () => {
    const { subscription, item, customer } = await subscribe(shop, shop.starter);
    const bad = await shop.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
    await shop.stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, price: shop.professional.id }],
      proration_behavior: 'always_invoice',
      payment_behavior: 'pending_if_incomplete',
    });
    shop.local.clock.advance({ seconds: 23 * 3_600 });
    const after = await shop.stripe.subscriptions.retrieve(subscription.id);
    expect(after.pending_update).toBeNull();
    expect(after.items.data[0]?.price.id).toBe(shop.starter.id);
    expect((await invoices(customer))[0]).toMatchObject({ status: 'void' });
    expect(await eventTypes()).toContain('customer.subscription.pending_update_expired');
  });

  test('can be previewed to the cent without leaving a trace', async () => {
    const { subscription, item, customer } = await subscribe(shop, shop.starter);
    shop.local.clock.advance({ seconds: (31 * DAY) / 2 });
    const events = await eventTypes();
    const preview = await shop.stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: {
        items: [{ id: item, price: shop.professional.id }],
        proration_behavior: 'always_invoice',
      },
    });
    expect(preview.total).toBe(3_500);
    expect(await invoices(customer)).toHaveLength(1);
    expect(await eventTypes()).toEqual(events);
  });
});

describe('dunning', () => {
  test('retries a failed renewal after 3, 5 and 7 days, past_due meanwhile, then cancels', async () => {
    const { subscription, customer } = await subscribe(shop, shop.starter);
    const bad = await shop.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
    shop.local.clock.advance({ to: Date.UTC(2027, 1, 1, 13) / 1_000 });
    const status = async () => (await shop.stripe.subscriptions.retrieve(subscription.id)).status;
    const attempts = async () => (await shop.stripe.invoices.list({ customer })).data[0]?.attempt_count;
    expect([await status(), await attempts()]).toEqual(['past_due', 1]);
    for (const [days, count] of [
      [3, 2],
      [5, 3],
    ] as const) {
      shop.local.clock.advance({ days });
      expect([await status(), await attempts()]).toEqual(['past_due', count]);
    }
    shop.local.clock.advance({ days: 7 });
    expect([await status(), await attempts()]).toEqual(['canceled', 4]);
  });

  test('ends when the invoice is paid with another card: active again, no further attempt', async () => {
    const { subscription, customer } = await subscribe(shop, shop.starter);
    const bad = await shop.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await shop.stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
    shop.local.clock.advance({ to: Date.UTC(2027, 1, 1, 13) / 1_000 });
    const [open] = (await shop.stripe.invoices.list({ customer, status: 'open' })).data;
    const good = await shop.stripe.paymentMethods.attach('pm_card_visa', { customer });
    const paid = await shop.stripe.invoices.pay(open?.id ?? '', { payment_method: good.id });
    expect(paid).toMatchObject({ status: 'paid', next_payment_attempt: null });
    expect((await shop.stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });
});

describe('the end', () => {
  test('at period end comes with the period, and can be taken back before', async () => {
    const { subscription } = await subscribe(shop, shop.starter);
    const { id } = subscription;
    await shop.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    const kept = await shop.stripe.subscriptions.update(id, { cancel_at_period_end: false });
    expect(kept).toMatchObject({ cancel_at: null, canceled_at: null });
    await shop.stripe.subscriptions.update(id, { cancel_at_period_end: true });
    shop.local.clock.advance({ days: 30 });
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe('active');
    shop.local.clock.advance({ days: 1 });
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe('canceled');
    expect(await eventTypes()).toContain('customer.subscription.deleted');
  });

  test('now is now, and is said once', async () => {
    const { subscription } = await subscribe(shop, shop.starter);
    expect((await shop.stripe.subscriptions.cancel(subscription.id)).status).toBe('canceled');
    expect((await eventTypes()).filter((type) => type === 'customer.subscription.deleted')).toHaveLength(1);
  });
});

describe('a trial', () => {
  test('costs nothing, says three days before that it ends, then bills', async () => {
    const customer = await shop.stripe.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    const trial = await shop.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: shop.starter.id }],
      trial_period_days: 14,
    });
    expect(trial.status).toBe('trialing');
    shop.local.clock.advance({ days: 11 });
    expect((await eventTypes()).filter((type) => type.endsWith('trial_will_end'))).toHaveLength(1);
    shop.local.clock.advance({ days: 3, seconds: 0 });
    shop.local.clock.advance({ seconds: 3_600 });
    expect((await shop.stripe.subscriptions.retrieve(trial.id)).status).toBe('active');
    expect((await invoices(customer.id)).map(({ total }) => total)).toEqual([2_900, 0]);
  });

  test('without a card pauses when told so, and resumes with a payment', async () => {
    const customer = await shop.stripe.customers.create({});
    const trial = await shop.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: shop.starter.id }],
      trial_period_days: 7,
      trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
    });
    shop.local.clock.advance({ days: 8 });
    expect((await shop.stripe.subscriptions.retrieve(trial.id)).status).toBe('paused');
    expect(await eventTypes()).toContain('customer.subscription.paused');
    const card = await shop.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await shop.stripe.customers.update(customer.id, {
      invoice_settings: { default_payment_method: card.id },
    });
    expect((await shop.stripe.subscriptions.resume(trial.id)).status).toBe('active');
  });
});
