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
    env: [
      'STRIPE_SECRET_KEY=sk_test_stripelocal',
      `STRIPE_WEBHOOK_SECRET=${secret}`,
      `STRIPE_API_BASE=${at}`,
    ],
    local: {
      STRIPE_LOCAL_WEBHOOKS: `${webhooks}/stripe`,
      STRIPE_LOCAL_THIN: `${webhooks}/stripe/thin`,
      STRIPE_WEBHOOK_SECRET: secret,
    },
  };
}
