import { Stripe } from 'stripe';
import type { MeterRow } from '../credits/ledger/outbox.ts';
import type { BillingPorts } from './ports.ts';
import { METER_EVENT } from './prices.ts';

/** Stripe takes usage that is up to 35 days old. Milliseconds. */
const OLDEST = 35 * 86_400_000 - 3_600_000;

/**
 * Reports one piece of overage to Stripe's meter, which adds it to the next invoice. May be called again for the same
 * row: its identifier is counted once, and the refusal of a repeat means that it has arrived. What can never be billed
 * is told to the operator and counts as reported.
 */
export async function reportOverage(
  { stripe, store, now }: Pick<BillingPorts, 'stripe' | 'store' | 'now'>,
  workspaceId: string,
  { seq, amount, at }: Pick<MeterRow, 'seq' | 'amount' | 'at'>,
): Promise<void> {
  const identifier = `${workspaceId}:meter:${seq}`;
  const unbillable = (why: string): Promise<void> =>
    store.notice({
      id: `overage:${identifier}`,
      workspaceId: null,
      kind: 'overage_unbillable',
      detail: `${amount} micro-credits of overage of ${workspaceId} cannot be billed: ${why}.`,
      at: now(),
    });
  const customer = await store.customerOf(workspaceId);
  if (customer === undefined) return unbillable('it has no customer in Stripe');
  if (at < now() - OLDEST) return unbillable('it is older than what Stripe takes');
  try {
    await stripe.billing.meterEvents.create(
      {
        event_name: METER_EVENT,
        identifier,
        timestamp: Math.floor(at / 1_000),
        payload: { stripe_customer_id: customer, value: String(amount) },
      },
      { idempotencyKey: identifier },
    );
  } catch (error) {
    if (!isRepeat(error)) throw error;
  }
}

function isRepeat(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    (error.code === 'duplicate_meter_event' || error.message.includes('already exists with identifier'))
  );
}
