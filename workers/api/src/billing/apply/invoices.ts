import type { Stripe } from 'stripe';
import { unwrap } from '../../platform/errors.ts';
import { planOf, type PlanId } from '../plans.ts';
import type { BillingPorts } from '../ports.ts';
import { idOf } from '../stripe.ts';
import type { Hold } from './lease.ts';

/** Credits that a paid invoice brings for a period; a period may be paid by several, when the plan changes within it. */
interface Earned {
  key: string;
  amount: number;
  plan: PlanId;
  /** Milliseconds since the epoch. */
  periodStart: number;
  periodEnd: number;
}

/** Grants what a paid invoice brings, once for ever. */
export async function applyInvoice(
  ports: BillingPorts,
  hold: Hold,
  invoice: Stripe.Invoice,
): Promise<number> {
  if (invoice.status !== 'paid') return 0;
  const earned = await earnedBy(ports, invoice);
  if (!earned) return 0;
  const { plan, ...period } = earned;
  const paymentIntent = paymentOf(invoice);
  await hold.confirm();
  unwrap(
    await ports.ledger(hold.workspaceId).renewPlan({
      ...period,
      rolloverCap: planOf(plan).rolloverCap,
      ...(paymentIntent !== null && { paymentIntent }),
    }),
  );
  return earned.amount;
}

/**
 * Credits follow the money on the invoice, line by line: a line for the whole price of a plan brings its monthly
 * credits, a line for a part of it that part, and a line that gives money back for the plan before takes its part off.
 * So an upgrade in the middle of a period brings the difference for the rest of it, whatever the proration was.
 * Keyed on the line with the most credits, which no other invoice has.
 */
async function earnedBy(ports: BillingPorts, invoice: Stripe.Invoice): Promise<Earned | null> {
  let total = 0;
  let best: (Earned & { own: number }) | null = null;
  for (const line of await linesOf(ports, invoice)) {
    const sold = await ports.prices.what(idOf(line.pricing?.price_details?.price) ?? '');
    if (sold?.kind !== 'plan') continue;
    const own = creditsOf(line, sold, invoice);
    total += own;
    if (best && best.own >= own) continue;
    best = {
      own,
      key: line.id,
      amount: 0,
      plan: sold.plan,
      periodStart: startOf(line),
      periodEnd: line.period.end * 1_000,
    };
  }
  if (!best || total <= 0) return null;
  const { own: _own, ...earned } = best;
  return { ...earned, amount: total };
}

/** When the period of this line began; a line for the rest of a period is of the month that ends with it. */
function startOf({ period, parent }: Stripe.InvoiceLineItem): number {
  const prorated =
    parent?.subscription_item_details?.proration ?? parent?.invoice_item_details?.proration ?? false;
  if (!prorated) return period.start * 1_000;
  const end = new Date(period.end * 1_000);
  const start = new Date(end);
  start.setUTCMonth(end.getUTCMonth() - 1);
  // The month before may be shorter.
  if (start.getUTCDate() !== end.getUTCDate()) start.setUTCDate(0);
  return start.getTime();
}

function creditsOf(
  line: Stripe.InvoiceLineItem,
  { plan, unitAmount }: { plan: PlanId; unitAmount: number },
  { billing_reason: reason }: Stripe.Invoice,
): number {
  const { monthlyCredits, trial } = planOf(plan);
  // A line of a new subscription that costs nothing is its trial.
  if (line.amount === 0) return reason === 'subscription_create' ? (trial?.credits ?? 0) : 0;
  return unitAmount === 0 ? 0 : Math.round((monthlyCredits * line.amount) / unitAmount);
}

/** All lines: an invoice holds the first few itself. */
async function linesOf({ stripe }: BillingPorts, invoice: Stripe.Invoice): Promise<Stripe.InvoiceLineItem[]> {
  if (!invoice.lines.has_more) return invoice.lines.data;
  const all: Stripe.InvoiceLineItem[] = [];
  for await (const line of stripe.invoices.listLineItems(invoice.id, { limit: 100 })) all.push(line);
  return all;
}

/** The payment that paid it; null when nothing was to be paid. Needs `payments` expanded. */
function paymentOf({ payments }: Stripe.Invoice): string | null {
  for (const { payment, status } of payments?.data ?? []) {
    if (status === 'paid' && payment.type === 'payment_intent') return idOf(payment.payment_intent);
  }
  return null;
}
