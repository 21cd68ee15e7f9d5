import type { Stripe } from 'stripe';
import type { BillingPorts } from '../ports.ts';
import { idOf } from '../stripe.ts';
import { applyCustomer } from './customers.ts';
import { applyInvoice } from './invoices.ts';
import { type Hold, underLease } from './lease.ts';
import { applyMeterTrouble, isMeterEvent } from './meters.ts';
import { noticeOf } from './notices.ts';
import { applyPayment, readInvoice } from './payments.ts';
import { applySubscriptions } from './subscriptions.ts';
import { SNAPSHOT_EVENTS, THIN_EVENTS } from './types.ts';

/** What an event came in as: its type and the id of what it is about. Nothing else of a payload is believed. */
export interface ReceivedEvent {
  id: string;
  type: string;
  /** Seconds since the epoch. */
  created: number;
  objectId: string;
}

/** What the object says of itself now: whose it is, and what else has to be looked at. */
interface Subject {
  customer: string | null;
  work: (hold: Hold) => Promise<void>;
}

/** An account may send more than it was asked to. */
const HANDLED = new Set<string>([...SNAPSHOT_EVENTS, ...THIN_EVENTS]);

/**
 * Brings our state to what Stripe says *now* of the object that an event names. Events may come twice, late and in any
 * order: each one only says where to look.
 * @returns the workspace it was about, null for what is none of ours
 */
export async function applyEvent(ports: BillingPorts, event: ReceivedEvent): Promise<string | null> {
  if (!HANDLED.has(event.type)) return null;
  if (isMeterEvent(event.type)) {
    await applyMeterTrouble(ports, event);
    return null;
  }
  const subject = await subjectOf(ports, event);
  if (!subject?.customer) return null;
  const workspaceId = await ports.store.workspaceOf(subject.customer);
  if (workspaceId === undefined) return null;
  await underLease(ports, workspaceId, async (hold) => {
    await subject.work(hold);
    const notice = noticeOf(event);
    if (notice) await ports.store.notice({ ...notice, workspaceId });
  });
  return workspaceId;
}

async function subjectOf(
  ports: BillingPorts,
  { type, objectId, created }: ReceivedEvent,
): Promise<Subject | null> {
  const { stripe } = ports;
  if (type.startsWith('checkout.session.')) {
    const session = await stripe.checkout.sessions.retrieve(objectId);
    return { customer: idOf(session.customer), work: (hold) => applyCheckout(ports, hold, session.id) };
  }
  if (type.startsWith('customer.subscription.')) {
    const { customer } = await stripe.subscriptions.retrieve(objectId);
    return { customer: idOf(customer), work: async (hold) => void (await applySubscriptions(ports, hold)) };
  }
  if (type.startsWith('invoice.')) {
    const { customer } = await stripe.invoices.retrieve(objectId);
    return {
      customer: idOf(customer),
      work: async (hold) => {
        await applyInvoice(ports, hold, await readInvoice(stripe, objectId));
        await applySubscriptions(ports, hold);
      },
    };
  }
  if (type === 'customer.updated' || type === 'customer.deleted') {
    return {
      customer: objectId,
      work: async (hold) => {
        await applyCustomer(ports, objectId);
        await applySubscriptions(ports, hold);
      },
    };
  }
  const payment = await paymentBehind(stripe, type, objectId);
  if (payment === null) return null;
  const { customer } = await stripe.paymentIntents.retrieve(payment);
  return {
    customer: idOf(customer),
    work: async (hold) => {
      await applyPayment(ports, hold, payment);
      if (type === 'radar.early_fraud_warning.created') {
        await ports.store.noteFraudWarning(hold.workspaceId, created * 1_000);
      }
    },
  };
}

/** A Checkout session that was paid: the payment it made, or the subscription with its first invoice. */
async function applyCheckout(ports: BillingPorts, hold: Hold, sessionId: string): Promise<void> {
  const session = await ports.stripe.checkout.sessions.retrieve(sessionId);
  const payment = idOf(session.payment_intent);
  if (payment !== null) await applyPayment(ports, hold, payment);
  const invoice = idOf(session.invoice);
  if (session.mode !== 'subscription') return;
  if (invoice !== null) await applyInvoice(ports, hold, await readInvoice(ports.stripe, invoice));
  await applySubscriptions(ports, hold);
}

/** The payment that a charge, refund, dispute or warning is about. */
async function paymentBehind(stripe: Stripe, type: string, id: string): Promise<string | null> {
  if (type.startsWith('payment_intent.')) return id;
  if (type.startsWith('charge.dispute.')) return idOf((await stripe.disputes.retrieve(id)).payment_intent);
  // `charge.refund.updated` is about a refund, like `refund.updated`.
  if (type.startsWith('refund.') || type.startsWith('charge.refund.')) {
    return idOf((await stripe.refunds.retrieve(id)).payment_intent);
  }
  if (type.startsWith('charge.')) return idOf((await stripe.charges.retrieve(id)).payment_intent);
  if (type.startsWith('radar.early_fraud_warning.')) {
    const warning = await stripe.radar.earlyFraudWarnings.retrieve(id);
    const charge = idOf(warning.charge);
    return (
      idOf(warning.payment_intent) ??
      (charge === null ? null : idOf((await stripe.charges.retrieve(charge)).payment_intent))
    );
  }
  return null;
}
