import type { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openShop, type Shop } from './testing/shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.local.close());

const URLS = {
  success_url: 'https://shop.example/done?id={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://shop.example/no',
};
const types = async () =>
  (await shop.stripe.events.list({ limit: 100 })).data.map(({ type }) => type).toReversed();

function topUp(more: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  return shop.stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [
      {
        price_data: { currency: 'usd', unit_amount: 1_000, product_data: { name: '1,000 credits' } },
        quantity: 2,
      },
    ],
    metadata: { top_up_id: 'tu_1' },
    payment_intent_data: { metadata: { top_up_id: 'tu_1' }, setup_future_usage: 'off_session' },
    invoice_creation: { enabled: true },
    ...URLS,
    ...more,
  });
}

describe('Checkout', () => {
  test('in subscription mode starts the subscription with its metadata and the saved card', async () => {
    const customer = await shop.stripe.customers.create({ email: 'ada@example.com' });
    const session = await shop.stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: customer.id,
      client_reference_id: 'ws_1',
      line_items: [{ price: shop.starter.id, quantity: 1 }],
      subscription_data: { metadata: { workspace: 'ws_1' } },
      ...URLS,
    });
    expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 2_900 });
    expect(shop.local.pay(session.id)).toEqual({ kind: 'done' });
    const done = await shop.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['subscription', 'invoice'],
    });
    expect(done).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      client_reference_id: 'ws_1',
      url: null,
    });
    expect(done.subscription).toMatchObject({
      status: 'active',
      metadata: { workspace: 'ws_1' },
      customer: customer.id,
    });
    expect((done.subscription as Stripe.Subscription).default_payment_method).toMatch(/^pm_/);
    expect(done.invoice).toMatchObject({ status: 'paid', amount_paid: 2_900 });
    expect((await types()).at(-1)).toBe('checkout.session.completed');
  });

  test('in payment mode pays once, keeps the card for later and writes an invoice', async () => {
    const session = await topUp({ customer_email: 'ada@example.com' });
    shop.local.pay(session.id);
    const done = await shop.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent', 'invoice.payments', 'line_items'],
    });
    expect(done).toMatchObject({ payment_status: 'paid', metadata: { top_up_id: 'tu_1' } });
    const intent = done.payment_intent as Stripe.PaymentIntent;
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 2_000,
      metadata: { top_up_id: 'tu_1' },
    });
    const invoice = done.invoice as Stripe.Invoice;
    expect(invoice).toMatchObject({ status: 'paid', total: 2_000, amount_paid: 2_000 });
    expect(invoice.payments?.data[0]?.payment.payment_intent).toBe(intent.id);
    expect(done.line_items?.data[0]).toMatchObject({ quantity: 2, amount_total: 2_000 });
    const again = await shop.stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      customer: intent.customer as string,
      payment_method: intent.payment_method as string,
      off_session: true,
      confirm: true,
    });
    expect(again.status).toBe('succeeded');
  });

  test('a declined card leaves the session open, and another card completes it', async () => {
    const session = await topUp();
    expect(shop.local.pay(session.id, { card: 'pm_card_chargeDeclinedInsufficientFunds' })).toEqual({
      kind: 'refused',
      message: 'Your card has insufficient funds.',
    });
    expect((await shop.stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
    expect(shop.local.pay(session.id)).toEqual({ kind: 'done' });
    const intents = await shop.stripe.paymentIntents.list();
    expect(intents.data).toHaveLength(1);
  });

  test('a card that wants 3-D Secure is charged once its owner has agreed', async () => {
    const session = await topUp();
    const card = '4000 0027 6000 3184';
    expect(shop.local.pay(session.id, { card })).toEqual({ kind: 'ask' });
    expect(await types()).toContain('payment_intent.requires_action');
    expect(shop.local.pay(session.id, { card, authenticate: true })).toEqual({ kind: 'done' });
  });

  test('can be paid once: a paid session refuses a second payment', async () => {
    const session = await topUp();
    shop.local.pay(session.id);
    expect(() => shop.local.pay(session.id)).toThrow('complete');
  });

  test('expires on request, and by the clock after a day', async () => {
    const first = await topUp();
    expect((await shop.stripe.checkout.sessions.expire(first.id)).status).toBe('expired');
    const second = await topUp();
    shop.local.clock.advance({ days: 1 });
    expect((await shop.stripe.checkout.sessions.retrieve(second.id)).status).toBe('expired');
    expect((await types()).filter((type) => type === 'checkout.session.expired')).toHaveLength(2);
    expect(() => shop.local.pay(second.id)).toThrow('expired');
  });

  test('refuses what Stripe refuses: a recurring price in payment mode, no success_url', async () => {
    const recurring = topUp({ line_items: [{ price: shop.starter.id, quantity: 1 }] });
    await expect(recurring).rejects.toMatchObject({ param: 'line_items[0][price]' });
    const nowhere = shop.stripe.checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price: shop.starter.id, quantity: 1 }],
    });
    await expect(nowhere).rejects.toMatchObject({ param: 'success_url' });
  });
});

describe('a refund', () => {
  test('in parts adds up, and never beyond what was paid', async () => {
    const session = await topUp();
    shop.local.pay(session.id);
    const { payment_intent: id } = await shop.stripe.checkout.sessions.retrieve(session.id);
    const payment_intent = id as string;
    await shop.stripe.refunds.create({ payment_intent, amount: 1_500 });
    const tooMuch = shop.stripe.refunds.create({ payment_intent, amount: 501 });
    await expect(tooMuch).rejects.toMatchObject({ param: 'amount' });
    await shop.stripe.refunds.create({ payment_intent });
    const [charge] = (await shop.stripe.charges.list({ payment_intent })).data;
    expect(charge).toMatchObject({ amount_refunded: 2_000, refunded: true });
    await expect(shop.stripe.refunds.create({ payment_intent })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
    expect((await types()).filter((type) => type === 'charge.refunded')).toHaveLength(2);
  });

  test('that the bank sends back puts the money where it was', async () => {
    const session = await topUp();
    shop.local.pay(session.id, { card: '4000000000005126' });
    const { payment_intent } = await shop.stripe.checkout.sessions.retrieve(session.id);
    const refund = await shop.stripe.refunds.create({ payment_intent: payment_intent as string });
    expect(refund.status).toBe('failed');
    const charge = await shop.stripe.charges.retrieve(refund.charge as string);
    expect(charge).toMatchObject({ amount_refunded: 0, refunded: false });
    expect(await types()).toContain('refund.failed');
  });
});
