import type { Price } from '../objects/prices.ts';

/** Decimals of a minor unit that Stripe keeps. */
const SCALE = 12;
const ONE = 10n ** BigInt(SCALE);

function scaled(decimal: string): bigint {
  const [, sign, whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  const value = BigInt(whole) * ONE + BigInt(fraction.padEnd(SCALE, '0').slice(0, SCALE));
  return sign === '-' ? -value : value;
}

/** To whole minor units, halves away from zero. */
function rounded(value: bigint): number {
  const half = ONE / 2n;
  return Number(value >= 0n ? (value + half) / ONE : -((-value + half) / ONE));
}

/** What `quantity` of a price costs, in minor units (cents). */
export function amountOf(price: Price, quantity: number): number {
  if (price.billing_scheme === 'tiered') return tieredAmount(price, quantity);
  return rounded(scaled(price.unit_amount_decimal ?? '0') * BigInt(billedUnits(price, quantity)));
}

function billedUnits({ transform_quantity: transform }: Price, quantity: number): number {
  if (!transform) return quantity;
  const packs = quantity / transform.divide_by;
  return transform.round === 'up' ? Math.ceil(packs) : Math.floor(packs);
}

function tieredAmount(price: Price, quantity: number): number {
  const tiers = price.tiers ?? [];
  const cost = (tier: (typeof tiers)[number], units: number) =>
    scaled(tier.flat_amount_decimal ?? '0') + scaled(tier.unit_amount_decimal ?? '0') * BigInt(units);
  if (price.tiers_mode === 'volume') {
    const tier = tiers.find(({ up_to }) => up_to === null || quantity <= up_to);
    return tier && quantity > 0 ? rounded(cost(tier, quantity)) : 0;
  }
  let total = 0n;
  let from = 0;
  for (const tier of tiers) {
    const to = Math.min(quantity, tier.up_to ?? quantity);
    if (to > from) total += cost(tier, to - from);
    from = Math.max(from, to);
  }
  return rounded(total);
}

/** The part of `amount` that `seconds` of `whole` seconds cost. */
export function prorated(amount: number, seconds: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((amount * seconds) / whole);
}
