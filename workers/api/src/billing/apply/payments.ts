import type { Stripe } from 'stripe';
import { ApiError, unwrap } from '../../platform/errors.ts';
import type { BillingPorts } from '../ports.ts';
import { idOf } from '../stripe.ts';
import { applyInvoice } from './invoices.ts';
import type { Hold } from './lease.ts';

/** Disputes in which the bank has the money: it is back with us once won. An inquiry alone moves nothing. */
const WITHDRAWN = ['needs_response', 'under_review', 'lost'];

/**
 * Brings the ledger in step with one payment: what it bought is granted once, and of that as much is taken back as of
 * the money, by refunds and disputes as they stand now. The target is absolute, so repeats and any order end alike.
 */
export async function applyPayment(ports: BillingPorts, hold: Hold, paymentIntent: string): Promise<void> {
  const { stripe } = ports;
  const intent = await stripe.paymentIntents.retrieve(paymentIntent, { expand: ['latest_charge'] });
  if (intent.status !== 'succeeded') return;
  const granted = intent.metadata['top_up_id']
    ? await grantTopUp(ports, hold, intent)
    : await grantInvoice(ports, hold, intent);
  if (granted === 0) return;
  const { taken, reason } = await takenBack(stripe, intent);
  const share = Math.min(1, taken / intent.amount_received);
  await hold.confirm();
  unwrap(
    await ports
      .ledger(hold.workspaceId)
      .reverse({ paymentIntent, target: Math.round(granted * share), reason }),
  );
}

async function grantTopUp(ports: BillingPorts, hold: Hold, intent: Stripe.PaymentIntent): Promise<number> {
  const amount = Number(intent.metadata['credits']);
  if (!Number.isSafeInteger(amount) || amount <= 0) {
    throw new ApiError('conflict', `Payment ${intent.id} does not say how many credits it buys.`);
  }
  await hold.confirm();
  unwrap(
    await ports.ledger(hold.workspaceId).grant({
      key: intent.id,
      source: 'purchase',
      amount,
      paymentIntent: intent.id,
    }),
  );
  return amount;
}

async function grantInvoice(ports: BillingPorts, hold: Hold, { id }: Stripe.PaymentIntent): Promise<number> {
  const { data } = await ports.stripe.invoicePayments.list({
    payment: { type: 'payment_intent', payment_intent: id },
    limit: 10,
  });
  let granted = 0;
  for (const payment of data) {
    const invoiceId = idOf(payment.invoice);
    if (payment.status !== 'paid' || invoiceId === null) continue;
    granted += await applyInvoice(ports, hold, await readInvoice(ports.stripe, invoiceId));
  }
  return granted;
}

/** An invoice with what is needed of it. */
export function readInvoice(stripe: Stripe, id: string): Promise<Stripe.Invoice> {
  return stripe.invoices.retrieve(id, { expand: ['payments'] });
}

/** Cents that the customer has back or has taken back, now. */
async function takenBack(
  stripe: Stripe,
  intent: Stripe.PaymentIntent,
): Promise<{ taken: number; reason: string }> {
  const charge =
    typeof intent.latest_charge === 'string'
      ? await stripe.charges.retrieve(intent.latest_charge)
      : intent.latest_charge;
  const refunded = charge?.amount_refunded ?? 0;
  let disputed = 0;
  if (charge?.disputed) {
    const { data } = await stripe.disputes.list({ payment_intent: intent.id, limit: 100 });
    for (const { status, amount } of data) if (WITHDRAWN.includes(status)) disputed += amount;
  }
  return { taken: refunded + disputed, reason: disputed > 0 ? 'disputed' : 'refunded' };
}
