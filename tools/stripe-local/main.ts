/**
 * The local Stripe by itself: `node tools/stripe-local/main.ts`. Environment: PORT (8790), STRIPE_LOCAL_FILE (SQLite file
 * that keeps the state; in memory without), STRIPE_LOCAL_WEBHOOKS and STRIPE_LOCAL_THIN (URLs that get every snapshot and
 * every thin event, comma-separated), STRIPE_WEBHOOK_SECRET (of all of them).
 */
import { createStripeLocal } from './server.ts';

const { env } = process;
const list = (value: string | undefined) => (value ? value.split(',') : []);

const local = await createStripeLocal({
  port: Number(env['PORT'] ?? 8790),
  webhookUrls: list(env['STRIPE_LOCAL_WEBHOOKS']),
  thinUrls: list(env['STRIPE_LOCAL_THIN']),
  ...(env['STRIPE_LOCAL_FILE'] ? { file: env['STRIPE_LOCAL_FILE'] } : {}),
  ...(env['STRIPE_WEBHOOK_SECRET'] ? { webhookSecret: env['STRIPE_WEBHOOK_SECRET'] } : {}),
});
console.log(`stripe-local ${local.url}  key ${local.key}`);

let closing: Promise<void> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    closing ??= local.close().then(() => process.exit(0));
  });
}
