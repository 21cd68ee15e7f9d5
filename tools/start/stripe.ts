import { connectStripe } from '@uxflow/api/billing';
import { setUpStripe } from '../stripe-setup/setup.ts';

const LOCAL_KEY = 'sk_test_stripelocal';

/** Which Stripe this product uses: what the Workers are told of it, and what the local one needs. */
export interface StripeSettings {
  /** Lines of the Workers' environment. */
  env: string[];
  /** Environment of the local Stripe; `null` when an account of one's own is used. */
  local: { STRIPE_LOCAL_WEBHOOKS: string; STRIPE_LOCAL_THIN: string; STRIPE_WEBHOOK_SECRET: string } | null;
}

/** The local Stripe at `at`, unless STRIPE_SECRET_KEY names an account of one's own. */
export function stripeFor(at: string, webhooks: string, secret: string): StripeSettings {
  const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_BASE } = process.env;
  if (STRIPE_SECRET_KEY) {
    const own = { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_BASE };
    return {
      env: Object.entries(own).flatMap(([name, value]) => (value ? [`${name}=${value}`] : [])),
      local: null,
    };
  }
  return {
    env: [`STRIPE_SECRET_KEY=${LOCAL_KEY}`, `STRIPE_WEBHOOK_SECRET=${secret}`, `STRIPE_API_BASE=${at}`],
    local: {
      STRIPE_LOCAL_WEBHOOKS: `${webhooks}/stripe`,
      STRIPE_LOCAL_THIN: `${webhooks}/stripe/thin`,
      STRIPE_WEBHOOK_SECRET: secret,
    },
  };
}

/** Puts what is sold into the local Stripe at `at`; at later starts it changes nothing. */
export async function furnish(at: string): Promise<void> {
  const stripe = connectStripe({ secretKey: LOCAL_KEY, apiBase: at });
  // Events are sent where STRIPE_LOCAL_WEBHOOKS says.
  await setUpStripe(stripe, { tell: () => undefined });
}
