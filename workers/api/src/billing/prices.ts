import type { Stripe } from 'stripe';
import { ApiError } from '../platform/errors.ts';
import { isPlanId, isTopUpId, type PaidPlanId, type PlanId, type TopUpId } from './plans.ts';

/** What a price in Stripe is, as its metadata says; `npm run stripe:setup` writes it. */
export type Sold =
  | { kind: 'plan'; plan: PlanId; unitAmount: number }
  | { kind: 'overage'; plan: PlanId }
  | { kind: 'top_up'; topUp: TopUpId };

/** Under these keys the present prices are found; old ones lose theirs and keep their metadata. */
export const LOOKUP_KEYS = {
  plan: (plan: PaidPlanId) => `uxflow_plan_${plan}`,
  overage: (plan: PaidPlanId) => `uxflow_overage_${plan}`,
  topUp: (topUp: TopUpId) => `uxflow_top_up_${topUp}`,
};

/** What `price` is, or null for something that is not ours. */
function soldAs({ metadata, unit_amount }: Stripe.Price): Sold | null {
  const { uxflow: kind, plan, top_up: topUp } = metadata;
  if (kind === 'plan' && isPlanId(plan)) return { kind, plan, unitAmount: unit_amount ?? 0 };
  if (kind === 'overage' && isPlanId(plan)) return { kind, plan };
  if (kind === 'top_up' && isTopUpId(topUp)) return { kind, topUp };
  return null;
}

/** Overage is reported under this name, in micro-credits. */
export const METER_EVENT = 'uxflow_overage';

/** Prices of one Stripe account, remembered: what a price is never changes; which one is sold may, for a minute. */
export class PriceBook {
  readonly #stripe: Stripe;
  readonly #byId = new Map<string, Sold | null>();
  readonly #byKey = new Map<string, { id: string; until: number }>();

  constructor(stripe: Stripe) {
    this.#stripe = stripe;
  }

  async what(priceId: string): Promise<Sold | null> {
    const known = this.#byId.get(priceId);
    if (known !== undefined) return known;
    const sold = soldAs(await this.#stripe.prices.retrieve(priceId));
    this.#byId.set(priceId, sold);
    return sold;
  }

  /**
   * Ids of the prices now sold under these keys, in their order.
   * @throws ApiError `billing_unavailable` when one is missing in Stripe.
   */
  async present(keys: string[], now: number): Promise<string[]> {
    const missing = keys.filter((key) => (this.#byKey.get(key)?.until ?? 0) <= now);
    if (missing.length > 0) {
      const { data } = await this.#stripe.prices.list({ lookup_keys: missing, active: true, limit: 100 });
      for (const { id, lookup_key } of data) {
        if (lookup_key !== null) this.#byKey.set(lookup_key, { id, until: now + 60_000 });
      }
    }
    return keys.map((key) => {
      const entry = this.#byKey.get(key);
      if (entry) return entry.id;
      throw new ApiError('billing_unavailable', `Stripe has no price ${key}: run npm run stripe:setup.`);
    });
  }
}
