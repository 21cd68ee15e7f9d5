import type { Drift, Grant, LedgerPort, Payment, PaymentsPort, ProjectionPort } from './ports.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How far back payments are compared, at each visit. */
const WINDOW = 60 * DAY;
/** How long a payment may take to become a grant: its news is retried for that long. */
const PATIENCE = HOUR;

/**
 * Compares paid purchases of credits with what the ledger has granted for them. Nothing is mended: a grant that lacks
 * comes from replaying the payment's event, and what a grant lacks a payment is for people to look at.
 * @param now milliseconds since the epoch.
 */
export async function reconcilePayments(
  projection: Pick<ProjectionPort, 'purchases'>,
  payments: Pick<PaymentsPort, 'paid' | 'find'>,
  now: number,
): Promise<Drift[]> {
  const since = now - WINDOW;
  // Grants first: whatever they stand for was paid before, so the list of payments has it.
  const grants = await projection.purchases(since);
  const paid = new Map((await payments.paid(since)).map((payment) => [payment.paymentIntent, payment]));
  const granted = new Set(grants.map(({ paymentIntent }) => paymentIntent));
  const drifts: Drift[] = [];
  for (const grant of grants) {
    // A payment may be older than the window and its grant not.
    const payment = paid.get(grant.paymentIntent) ?? (await payments.find(grant.paymentIntent));
    const drift = compare(grant, payment);
    if (drift) drifts.push(drift);
  }
  for (const { paymentIntent, credits, createdAt } of paid.values()) {
    if (granted.has(paymentIntent) || createdAt > now - PATIENCE) continue;
    drifts.push({
      kind: 'payment_without_grant',
      subject: paymentIntent,
      expected: String(credits),
      found: '0',
      repaired: false,
    });
  }
  return drifts;
}

/**
 * Compares the overage that the ledger has noted with what Stripe's meter has counted, over the last 30 whole days up to
 * yesterday: reports arrive within hours, and the meter counts them with some delay.
 */
export async function reconcileOverage(
  ledger: Pick<LedgerPort, 'overage'>,
  payments: Pick<PaymentsPort, 'metered'>,
  now: number,
): Promise<Drift[]> {
  const to = Math.floor(now / DAY) * DAY - DAY;
  const from = to - 30 * DAY;
  const [expected, found] = [await ledger.overage(from, to), await payments.metered(from, to)];
  if (expected === found) return [];
  return [
    {
      kind: 'meter',
      subject: 'overage of the last 30 days',
      expected: String(expected),
      found: String(found),
      repaired: false,
    },
  ];
}

function compare({ paymentIntent, amount }: Grant, payment: Payment | null): Drift | null {
  if (payment?.credits === amount) return null;
  return {
    kind: payment ? 'payment_amount' : 'grant_without_payment',
    subject: paymentIntent,
    expected: String(payment?.credits ?? 0),
    found: String(amount),
    repaired: false,
  };
}
