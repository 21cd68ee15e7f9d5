import { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openShop, receiver, type Shop, START } from './testing/shop.ts';

const DAY = 86_400;
let shop: Shop;
let endpoint: Awaited<ReturnType<typeof receiver>>;
beforeEach(async () => {
  endpoint = await receiver();
  shop = await openShop({ thinUrls: [endpoint.url], webhookSecret: 'whsec_thin' });
});
afterEach(async () => {
  await shop.local.close();
  endpoint.close();
});

async function meteredCustomer() {
  const { stripe, starter } = shop;
  const meter = await stripe.billing.meters.create({
    display_name: 'Overage',
    event_name: 'overage',
    default_aggregation: { formula: 'sum' },
  });
  const price = await stripe.prices.create({
    product: starter.product as string,
    currency: 'usd',
    unit_amount_decimal: Stripe.Decimal.from('0.5'),
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
  });
  const customer = await stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: starter.id }, { price: price.id }],
  });
  const send = (value: string, identifier: string, timestamp?: number, to = customer.id) =>
    stripe.billing.meterEvents.create({
      event_name: 'overage',
      identifier,
      payload: { stripe_customer_id: to, value },
      ...(timestamp === undefined ? {} : { timestamp }),
    });
  return { meter, customer: customer.id, subscription, send };
}

describe('a meter', () => {
  test('counts each identifier once: a duplicate is a 400 that says so', async () => {
    const { meter, customer, send } = await meteredCustomer();
    await send('3', 'ws:1');
    await expect(send('3', 'ws:1')).rejects.toMatchObject({ statusCode: 400, code: 'duplicate_meter_event' });
    await send('4', 'ws:2');
    const { data } = await shop.stripe.billing.meters.listEventSummaries(meter.id, {
      customer,
      start_time: START - 60,
      end_time: START + 60,
    });
    expect(data.map(({ aggregated_value }) => aggregated_value)).toEqual([7]);
  });

  test('takes timestamps of the last 35 days and the next 5 minutes, no other', async () => {
    const { send } = await meteredCustomer();
    await send('1', 'a', START - 35 * DAY);
    await send('1', 'b', START + 300);
    await expect(send('1', 'c', START - 35 * DAY - 1)).rejects.toMatchObject({ param: 'timestamp' });
    await expect(send('1', 'd', START + 301)).rejects.toMatchObject({ param: 'timestamp' });
  });

  test('is billed in arrears: what was used in a period stands on the invoice that ends it', async () => {
    const { customer, send } = await meteredCustomer();
    await send('1001', 'first', START + 200);
    shop.local.clock.advance({ to: Date.UTC(2027, 1, 1, 12) / 1_000 + 10 });
    await send('9', 'second');
    shop.local.clock.advance({ seconds: 3_600 });
    const [renewal] = (await shop.stripe.invoices.list({ customer })).data;
    expect(renewal?.lines.data.map(({ amount, quantity }) => [amount, quantity])).toEqual([
      [2_900, 1],
      [501, 1_001],
    ]);
    expect(renewal?.total).toBe(3_401);
  });

  test('reports what it could not count by a thin event that can be verified and looked up', async () => {
    const { meter, send } = await meteredCustomer();
    await send('1', 'lost', undefined, 'cus_nobody');
    await shop.stripe.billing.meterEvents.create({
      event_name: 'no_such',
      payload: { stripe_customer_id: 'cus_x', value: '1' },
    });
    await shop.local.deliveries.drain();
    const [first, second] = endpoint.received;
    const notice = await shop.stripe.parseEventNotificationAsync(
      first?.body ?? '',
      first?.signature ?? '',
      'whsec_thin',
    );
    expect(notice.type).toBe('v1.billing.meter.error_report_triggered');
    expect(JSON.parse(first?.body ?? '{}')).not.toHaveProperty('data');
    const whole = await shop.stripe.v2.core.events.retrieve(notice.id);
    if (whole.type !== 'v1.billing.meter.error_report_triggered') throw new Error(whole.type);
    expect(whole.related_object.id).toBe(meter.id);
    expect(whole.data.reason.error_types[0]).toMatchObject({
      code: 'meter_event_customer_not_found',
      sample_errors: [{ request: { identifier: 'lost' } }],
    });
    expect(second?.type).toBe('v1.billing.meter.no_meter_found');
  });

  test('counts nothing any more once it is deactivated', async () => {
    const { meter, send } = await meteredCustomer();
    await shop.stripe.billing.meters.deactivate(meter.id);
    await send('5', 'late');
    await shop.local.deliveries.drain();
    expect(endpoint.received.map(({ type }) => type)).toEqual(['v1.billing.meter.error_report_triggered']);
  });

  test('fed through the event stream accepts everything and reports later', async () => {
    await meteredCustomer();
    const session = await shop.stripe.v2.billing.meterEventSession.create();
    const answer = await fetch(`${shop.local.url}/v2/billing/meter_event_stream`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${session.authentication_token}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ events: [{ event_name: 'overage', payload: { value: '1' }, identifier: 'i' }] }),
    });
    expect(answer.status).toBe(200);
    await shop.local.deliveries.drain();
    expect(endpoint.received.map(({ type }) => type)).toEqual(['v1.billing.meter.error_report_triggered']);
  });
});

describe('an event destination', () => {
  test('shows its secret only where that is asked for, and can be switched off', async () => {
    const made = await shop.stripe.v2.core.eventDestinations.create({
      name: 'Thin',
      type: 'webhook_endpoint',
      event_payload: 'thin',
      enabled_events: ['v1.billing.meter.no_meter_found'],
      webhook_endpoint: { url: endpoint.url },
      include: ['webhook_endpoint.signing_secret'],
    });
    expect(made.webhook_endpoint?.signing_secret).toMatch(/^whsec_/);
    const read = await shop.stripe.v2.core.eventDestinations.retrieve(made.id);
    expect(read.webhook_endpoint?.signing_secret).toBeUndefined();
    expect((await shop.stripe.v2.core.eventDestinations.disable(made.id)).status).toBe('disabled');
    const all = await shop.stripe.v2.core.eventDestinations.list();
    expect(all.data.map(({ status }) => status).toSorted()).toEqual(['disabled', 'enabled']);
  });
});
