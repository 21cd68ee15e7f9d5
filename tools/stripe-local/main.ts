/**
 * The local Stripe by itself: `node tools/stripe-local/main.ts`. Environment: PORT (8790), STRIPE_LOCAL_FILE (SQLite file
 * that keeps the state; in memory without), STRIPE_LOCAL_WEBHOOKS (URLs that get every event, comma-separated),
 * STRIPE_WEBHOOK_SECRET (of these endpoints).
 */
import { createStripeLocal } from './server.ts';

const {
  PORT,
  STRIPE_LOCAL_FILE: file,
  STRIPE_LOCAL_WEBHOOKS: urls,
  STRIPE_WEBHOOK_SECRET: secret,
} = process.env;

const local = await createStripeLocal({
  port: Number(PORT ?? 8790),
  webhookUrls: urls ? urls.split(',') : [],
  ...(file ? { file } : {}),
  ...(secret ? { webhookSecret: secret } : {}),
});
console.log(`stripe-local ${local.url}  key ${local.key}`);

let closing: Promise<void> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    closing ??= local.close().then(() => process.exit(0));
  });
}
