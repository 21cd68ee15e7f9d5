import type { Stripe } from 'stripe';
import { invalid } from '../errors.ts';
import type { Charge } from '../objects/charges.ts';
import { cardOf } from '../objects/payment-methods.ts';
import type { Wire } from '../wire.ts';
import { DAY, type World } from '../world.ts';

export type Dispute = Wire<Stripe.Dispute>;

export const NO_EVIDENCE: Dispute['evidence'] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

/** A payer's bank takes a payment back, or (an inquiry) asks about it first. */
export function openDispute(
  world: World,
  chargeId: string,
  how: { reason?: string | undefined; inquiry?: boolean | undefined; amount?: number | undefined } = {},
): Dispute {
  const charge = world.store.need('charge', chargeId, 'charge');
  if (charge.disputed) throw invalid(`Charge ${chargeId} is disputed already.`, 'charge');
  if (charge.status !== 'succeeded') throw invalid(`Charge ${chargeId} did not succeed.`, 'charge');
  const now = world.now(charge.customer);
  const dispute = {
    id: world.newId('du'),
    object: 'dispute',
    amount: how.amount ?? charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: now + 7 * DAY,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: how.inquiry ?? false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: how.reason ?? 'fraudulent',
    status: how.inquiry ? 'warning_needs_response' : 'needs_response',
  } satisfies Dispute;
  world.store.put('dispute', dispute);
  const disputed = world.update('charge', charge.id, { disputed: !how.inquiry });
  world.emit('charge.dispute.created', dispute);
  world.emitUpdate('charge.updated', disputed, charge);
  if (!how.inquiry) world.emit('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** The bank has decided. Giving up (`close`) is losing. */
export function closeDispute(world: World, id: string, outcome: 'won' | 'lost'): Dispute {
  const before = world.store.need('dispute', id);
  if (['won', 'lost', 'warning_closed'].includes(before.status)) {
    throw invalid(`This dispute is already closed (${before.status}).`, 'id', 'dispute_closed');
  }
  const inquiry = before.status.startsWith('warning_');
  const after = world.update('dispute', id, { status: inquiry ? 'warning_closed' : outcome });
  world.emit('charge.dispute.updated', after, before);
  world.emit('charge.dispute.closed', after);
  if (!inquiry && outcome === 'won') {
    world.emit('charge.dispute.funds_reinstated', after);
  }
  return after;
}

/** A card issuer suspects fraud; a dispute may follow. */
export function warnOfFraud(world: World, chargeId: string): Wire<Stripe.Radar.EarlyFraudWarning> {
  const charge = world.store.need('charge', chargeId, 'charge');
  const warning = {
    id: world.newId('issfr'),
    object: 'radar.early_fraud_warning',
    actionable: !charge.refunded && !charge.disputed,
    charge: charge.id,
    created: world.now(charge.customer),
    fraud_type: 'unauthorized_use_of_card',
    livemode: false,
    ...(charge.payment_intent === null ? {} : { payment_intent: charge.payment_intent }),
  } satisfies Wire<Stripe.Radar.EarlyFraudWarning>;
  world.store.put('radar.early_fraud_warning', warning);
  world.emit('radar.early_fraud_warning.created', warning);
  return warning;
}

/** Some test cards bring trouble after they were charged. */
export function disputeReactions(world: World): void {
  world.on('charge.succeeded', (charge: Charge) => {
    const after =
      charge.payment_method === null ? undefined : cardOf(world, { id: charge.payment_method })?.after;
    if (after === 'dispute') openDispute(world, charge.id);
    if (after === 'inquiry') openDispute(world, charge.id, { inquiry: true });
    if (after === 'early_fraud_warning') warnOfFraud(world, charge.id);
  });
}
