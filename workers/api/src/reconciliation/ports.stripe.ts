import type { Stripe } from 'stripe';
import { METER_EVENT } from '../billing/prices.ts';
import { isMissing } from '../billing/stripe.ts';
import type { Payment, PaymentsPort } from './ports.ts';

/** Payments of one workspace's customers for packs of credits. */
export function stripePayments(
  stripe: Stripe,
  workspaceId: string,
  customers: readonly string[],
): PaymentsPort {
  return {
    paid: async (since) => {
      const payments: Payment[] = [];
      for (const customer of customers) {
        // Newest first.
        for await (const intent of stripe.paymentIntents.list({ customer, limit: 100 })) {
          if (intent.created * 1_000 < since) break;
          const payment = purchase(intent, workspaceId);
          if (payment) payments.push(payment);
        }
      }
      return payments;
    },
    metered: async (from, to) => {
      if (customers.length === 0) return 0;
      const meters = await stripe.billing.meters.list({ limit: 100 });
      const meter = meters.data.find(({ event_name: name }) => name === METER_EVENT);
      let sum = 0;
      for (const customer of meter ? customers : []) {
        const range = { customer, start_time: from / 1_000, end_time: to / 1_000, limit: 100 };
        for await (const summary of stripe.billing.meters.listEventSummaries(meter?.id ?? '', range)) {
          sum += summary.aggregated_value;
        }
      }
      return sum;
    },
    find: async (paymentIntent) => {
      try {
        return purchase(await stripe.paymentIntents.retrieve(paymentIntent), workspaceId);
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
  };
}

/** Null for what is not paid, or buys no credits, e.g. pays for a plan. */
function purchase(
  { id, status, metadata, created }: Stripe.PaymentIntent,
  workspaceId: string,
): Payment | null {
  if (status !== 'succeeded' || !metadata['top_up_id'] || metadata['workspace_id'] !== workspaceId)
    return null;
  return { paymentIntent: id, credits: Number(metadata['credits']), createdAt: created * 1_000 };
}
