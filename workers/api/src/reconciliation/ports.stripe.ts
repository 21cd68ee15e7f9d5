import type { Stripe } from 'stripe';
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
