import { LOOKUP_KEYS, PAID_PLAN_IDS, planOf, TOP_UP_IDS, TOP_UPS } from '@uxflow/api/billing';
import { Stripe } from 'stripe';
import type { Tell } from './setup.ts';

interface Wanted {
  lookupKey: string;
  product: { id: string; name: string };
  metadata: Record<string, string>;
  price: Pick<Stripe.PriceCreateParams, 'unit_amount' | 'unit_amount_decimal' | 'recurring'>;
}

/** Everything that is sold, from the table of plans. */
function wanted(meter: string): Wanted[] {
  const plans = PAID_PLAN_IDS.flatMap((plan): Wanted[] => {
    const { name, pricePerMonth, overage } = planOf(plan);
    const flat: Wanted = {
      lookupKey: LOOKUP_KEYS.plan(plan),
      product: { id: `uxflow_plan_${plan}`, name },
      metadata: { uxflow: 'plan', plan },
      price: { unit_amount: pricePerMonth, recurring: { interval: 'month' } },
    };
    if (!overage) return [flat];
    const metered: Wanted = {
      lookupKey: LOOKUP_KEYS.overage(plan),
      product: { id: `uxflow_overage_${plan}`, name: `Credits beyond the ${name} plan` },
      metadata: { uxflow: 'overage', plan },
      price: {
        unit_amount_decimal: Stripe.Decimal.from(perMicroCredit(overage.centsPerCredit)),
        recurring: { interval: 'month', usage_type: 'metered', meter },
      },
    };
    return [flat, metered];
  });
  const packs = TOP_UP_IDS.map((topUp): Wanted => {
    const { name, price } = TOP_UPS[topUp];
    return {
      lookupKey: LOOKUP_KEYS.topUp(topUp),
      product: { id: `uxflow_top_up_${topUp}`, name },
      metadata: { uxflow: 'top_up', top_up: topUp },
      price: { unit_amount: price },
    };
  });
  return [...plans, ...packs];
}

/** Cents for a millionth of a credit, exactly: the meter counts in micro-credits. */
function perMicroCredit(centsPerCredit: number): string {
  return (centsPerCredit / 1_000_000).toFixed(12).replace(/0+$/, '');
}

/** Products and prices. A price cannot change: another amount is another price, which takes the lookup key over. */
export async function setUpCatalog(stripe: Stripe, meter: string, tell: Tell): Promise<void> {
  const list = wanted(meter);
  const keys = list.map(({ lookupKey }) => lookupKey);
  const { data: present } = await stripe.prices.list({ lookup_keys: keys, active: true, limit: 100 });
  for (const { lookupKey, product, metadata, price } of list) {
    await setUpProduct(stripe, product, metadata, tell);
    const old = present.find(({ lookup_key: key }) => key === lookupKey);
    if (old && sameAmount(old, price) && old.product === product.id && sameEntries(old.metadata, metadata))
      continue;
    const made = await stripe.prices.create({
      ...price,
      product: product.id,
      currency: 'usd',
      lookup_key: lookupKey,
      metadata,
      ...(old && { transfer_lookup_key: true }),
    });
    tell(`price ${lookupKey}: ${made.id}${old ? ` instead of ${old.id}` : ''}`);
    // Whoever pays the old price goes on paying it; nobody new can.
    if (old) await stripe.prices.update(old.id, { active: false });
  }
}

async function setUpProduct(
  stripe: Stripe,
  { id, name }: Wanted['product'],
  metadata: Record<string, string>,
  tell: Tell,
): Promise<void> {
  try {
    const known = await stripe.products.retrieve(id);
    if (known.active && known.name === name && sameEntries(known.metadata, metadata)) return;
    await stripe.products.update(id, { name, active: true, metadata });
    tell(`product ${id}: brought up to date`);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError) || error.code !== 'resource_missing')
      throw error;
    await stripe.products.create({ id, name, metadata });
    tell(`product ${id}: made`);
  }
}

function sameAmount(
  old: Stripe.Price,
  { unit_amount, unit_amount_decimal, recurring }: Wanted['price'],
): boolean {
  const amount =
    unit_amount === undefined
      ? String(old.unit_amount_decimal) === String(unit_amount_decimal)
      : old.unit_amount === unit_amount;
  return (
    amount &&
    (old.recurring?.interval ?? null) === (recurring?.interval ?? null) &&
    (old.recurring?.meter ?? null) === (recurring?.meter ?? null)
  );
}

function sameEntries(known: Record<string, string>, wanted: Record<string, string>): boolean {
  return Object.entries(wanted).every(([key, value]) => known[key] === value);
}
