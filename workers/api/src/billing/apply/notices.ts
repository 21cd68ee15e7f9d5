import type { NoticeRow } from '../store.ts';
import type { ReceivedEvent } from './events.ts';

/** Moments that people should hear of. They are told once for each event; what holds now is in the state itself. */
const TELL: Record<string, string> = {
  'checkout.session.async_payment_failed': 'A payment that was under way has failed. Nothing was bought.',
  'customer.subscription.trial_will_end': 'The trial ends in three days. After that the plan is charged.',
  'customer.subscription.paused': 'The plan was paused.',
  'customer.subscription.resumed': 'The plan was resumed.',
  'customer.subscription.deleted': 'The plan has ended.',
  'customer.subscription.pending_update_expired':
    'The change of plan was not paid for in time and was dropped.',
  'invoice.payment_failed': 'A payment failed. Change the card, or pay the open invoice.',
  'invoice.payment_action_required': 'A payment has to be confirmed by the card holder.',
  'invoice.finalization_failed': 'An invoice could not be completed. Check the address and tax details.',
  'invoice.marked_uncollectible': 'An invoice was written off.',
  'charge.refunded': 'A payment was refunded, and the credits it had bought were taken back.',
  'refund.failed': 'A refund failed. Its credits were given back.',
  'charge.dispute.created': 'A payment is disputed. Its credits are taken back while that lasts.',
  'charge.dispute.funds_reinstated': 'A dispute was decided in our favour. Its credits were given back.',
  'charge.dispute.closed': 'A dispute was closed.',
  'radar.early_fraud_warning.created': 'A bank warns of fraud. Automatic top-ups are stopped.',
};

export function noticeOf({ id, type, created }: ReceivedEvent): Omit<NoticeRow, 'workspaceId'> | null {
  const detail = TELL[type];
  return detail === undefined ? null : { id: `event:${id}`, kind: type, detail, at: created * 1_000 };
}
