import type { BillingPorts } from '../ports.ts';
import type { ReceivedEvent } from './events.ts';

export function isMeterEvent(type: string): boolean {
  return type.startsWith('v1.billing.meter.');
}

/**
 * Stripe could not count some of the overage that we reported. Nothing of ours is wrong by it, but it would go unbilled:
 * the operator is told what Stripe says, and reconciliation sends what is missing.
 */
export async function applyMeterTrouble(
  { stripe, store }: BillingPorts,
  event: ReceivedEvent,
): Promise<void> {
  const { type, created } = await stripe.v2.core.events.retrieve(event.id);
  const detail =
    type === 'v1.billing.meter.no_meter_found'
      ? 'Usage was reported for a meter that Stripe does not have: run npm run stripe:setup.'
      : `Stripe could not count some reported usage (event ${event.id}).`;
  await store.notice({
    id: `event:${event.id}`,
    workspaceId: null,
    kind: type,
    detail,
    at: Date.parse(created),
  });
}
