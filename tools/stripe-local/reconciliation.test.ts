import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METER_EVENT } from '../../workers/api/src/billing/prices.ts';
import { reconcilePayments } from '../../workers/api/src/reconciliation/payments.core.ts';
import { stripePayments } from '../../workers/api/src/reconciliation/ports.stripe.ts';
import type { Grant } from '../../workers/api/src/reconciliation/ports.ts';
import { openShop, START, type Shop } from './testing/shop.ts';

const WORKSPACE = 'ws_1';
const HOUR = 3_600_000;
/** Two hours after the payments: none of them is too young to have been granted. */
const NOW = START * 1_000 + 2 * HOUR;

let shop: Shop;
let customers: string[];
let bought: string[];

beforeAll(async () => {
  shop = await openShop();
  const made = [await shop.stripe.customers.create({}), await shop.stripe.customers.create({})];
  customers = made.map(({ id }) => id);
  bought = [];
  for (const customer of customers) bought.push(await pay(customer, { top_up_id: 'cs_1', credits: '5000' }));
  // What must not be taken for a purchase: a declined one, one without credits, one of another workspace.
  await pay(customers[0] ?? '', { top_up_id: 'cs_2', credits: '5000' }, 'pm_card_chargeDeclined').catch(
    String,
  );
  await pay(customers[0] ?? '', {});
});
afterAll(() => shop.local.close());

async function pay(
  customer: string,
  metadata: Record<string, string>,
  card = 'pm_card_visa',
): Promise<string> {
  const intent = await shop.stripe.paymentIntents.create({
    amount: 1_000,
    currency: 'usd',
    customer,
    payment_method: card,
    confirm: true,
    off_session: true,
    metadata: { workspace_id: WORKSPACE, ...metadata },
  });
  return intent.id;
}

function drifts(grants: Grant[]) {
  const purchases = () => Promise.resolve(grants);
  return reconcilePayments({ purchases }, stripePayments(shop.stripe, WORKSPACE, customers), NOW);
}
const granted = () => bought.map((paymentIntent) => ({ paymentIntent, amount: 5_000 }));

describe('reconciliation of payments, as the local Stripe tells of them', () => {
  it('finds nothing where every paid pack of every customer was granted', async () => {
    expect(await drifts(granted())).toEqual([]);
  });

  it('reads what the meter has counted for all customers, in whole days', async () => {
    const { stripe } = shop;
    const port = stripePayments(stripe, WORKSPACE, customers);
    const today = Math.floor(START / 86_400) * 86_400;
    expect(await port.metered(today * 1_000, (today + 86_400) * 1_000)).toBe(0);
    await stripe.billing.meters.create({
      display_name: 'Overage',
      event_name: METER_EVENT,
      default_aggregation: { formula: 'sum' },
    });
    for (const [i, customer] of customers.entries()) {
      const payload = { stripe_customer_id: customer, value: String(1_000 + i) };
      await stripe.billing.meterEvents.create({ event_name: METER_EVENT, timestamp: START, payload });
    }
    expect(await port.metered(today * 1_000, (today + 86_400) * 1_000)).toBe(2_001);
    expect(await port.metered((today - 86_400) * 1_000, today * 1_000)).toBe(0);
  });

  it('finds the payment that was never granted', async () => {
    expect(await drifts(granted().slice(1))).toMatchObject([
      { kind: 'payment_without_grant', subject: bought[0], expected: '5000' },
    ]);
  });

  it('finds grants of payments that Stripe does not know, or that another workspace made', async () => {
    const [customer = ''] = customers;
    const elsewhere = await pay(customer, { workspace_id: 'ws_2', top_up_id: 'cs_3', credits: '5000' });
    const foreign = ['pi_never', elsewhere].map((paymentIntent) => ({ paymentIntent, amount: 5_000 }));
    expect(await drifts([...granted(), ...foreign])).toMatchObject([
      { kind: 'grant_without_payment', subject: 'pi_never' },
      { kind: 'grant_without_payment', subject: elsewhere },
    ]);
  });

  it('finds a payment that was granted twice over', async () => {
    const [first, ...rest] = granted();
    expect(
      await drifts([{ paymentIntent: first?.paymentIntent ?? '', amount: 10_000 }, ...rest]),
    ).toMatchObject([{ kind: 'payment_amount', subject: bought[0], expected: '5000', found: '10000' }]);
  });
});
