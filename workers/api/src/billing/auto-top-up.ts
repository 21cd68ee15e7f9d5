import type { Stripe } from 'stripe';
import { underLease } from './apply/lease.ts';
import { applyPayment } from './apply/payments.ts';
import { type AutoTopUpRow, type autoTopUpStore } from './auto-top-up.store.ts';
import { topUpMetadata } from './checkout.ts';
import { TOP_UPS } from './plans.ts';
import type { BillingPorts } from './ports.ts';
import { idOf, isDecline } from './stripe.ts';

const HOUR = 3_600_000;
/** The first wait after a decline; each further one in a row doubles it. */
const FIRST_WAIT = HOUR;
const LONGEST_WAIT = 24 * 7 * HOUR;

export interface AutoTopUpPorts extends BillingPorts {
  settings: ReturnType<typeof autoTopUpStore>;
}

/** Calendar month in UTC, e.g. `2026-11`. */
export const monthOf = (now: number): string => new Date(now).toISOString().slice(0, 7);

/**
 * Buys a pack when the balance is below the workspace's threshold: one attempt at a time, within the month's cap, and
 * after a decline not again for an hour, then two, four…
 * @param available micro-credits left
 */
export async function topUpWhenLow(
  ports: AutoTopUpPorts,
  workspaceId: string,
  available: number,
): Promise<boolean> {
  const { settings, store, now } = ports;
  const wish = await settings.get(workspaceId);
  if (!wish?.enabled || available >= wish.threshold) return false;
  if ((await store.account(workspaceId))?.fraudWarningAt) return false;
  const at = now();
  const claimed = await settings.claim(workspaceId, {
    now: at,
    month: monthOf(at),
    price: TOP_UPS[wish.topUp].price,
  });
  return claimed ? attempt(ports, claimed) : false;
}

/** Makes, or makes again, the attempt of this row: its key towards Stripe is the attempt's number. */
export async function attempt(ports: AutoTopUpPorts, row: AutoTopUpRow): Promise<boolean> {
  const { stripe, store, settings, now } = ports;
  const { workspaceId, topUp, attempt: number } = row;
  const { price } = TOP_UPS[topUp];
  const declined = async (why: string): Promise<false> => {
    const declines = row.declines + 1;
    const notBefore = now() + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** row.declines);
    await settings.end(row, { paid: false, price, declines, notBefore });
    await store.notice({
      id: `auto-top-up:${workspaceId}:${number}`,
      workspaceId,
      kind: 'auto_top_up_failed',
      detail: `The automatic top-up failed: ${why}. It is tried again after ${new Date(notBefore).toISOString()}.`,
      at: now(),
    });
    return false;
  };

  const customer = await store.customerOf(workspaceId);
  const method = customer === undefined ? null : await paymentMethodOf(stripe, customer);
  if (customer === undefined || method === null) return declined('there is no card on file');
  let intent: Stripe.PaymentIntent;
  try {
    intent = await stripe.paymentIntents.create(
      {
        amount: price,
        currency: 'usd',
        customer,
        payment_method: method,
        off_session: true,
        confirm: true,
        description: `Automatic top-up: ${TOP_UPS[topUp].name}`,
        metadata: topUpMetadata(workspaceId, topUp, `auto:${number}`),
      },
      { idempotencyKey: `auto-top-up:${workspaceId}:${number}` },
    );
  } catch (error) {
    if (isDecline(error)) return declined(error.message);
    // Whether it was paid is not known: the attempt stays in flight and is made again under the same key.
    throw error;
  }
  if (intent.status !== 'succeeded') return declined(`the payment is ${intent.status}`);
  await underLease(ports, workspaceId, (hold) => applyPayment(ports, hold, intent.id));
  await settings.end(row, { paid: true });
  return true;
}

/** The card that the customer has chosen, else the newest one. */
async function paymentMethodOf(stripe: Stripe, customerId: string): Promise<string | null> {
  const customer = await stripe.customers.retrieve(customerId);
  if (customer.deleted) return null;
  const chosen = idOf(customer.invoice_settings.default_payment_method);
  if (chosen !== null) return chosen;
  const { data } = await stripe.customers.listPaymentMethods(customerId, { limit: 1 });
  return data[0]?.id ?? null;
}
