import type { BillingPorts } from '../ports.ts';

/** Notes that a customer was deleted in Stripe; the workspace gets a new one with its next purchase. */
export async function applyCustomer({ stripe, store, now }: BillingPorts, customerId: string): Promise<void> {
  const customer = await stripe.customers.retrieve(customerId);
  if (customer.deleted) await store.markDeleted(customerId, now());
}
