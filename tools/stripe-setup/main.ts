/**
 * `npm run stripe:setup [-- --webhook-url URL]`: brings the Stripe account of `STRIPE_SECRET_KEY` to what the plan table
 * says. Safe to run again: what is there stays. `STRIPE_API_BASE` points it at another Stripe.
 */
import { connectStripe } from '@uxflow/api/billing';
import { parseArgs } from 'node:util';
import { setUpStripe } from './setup.ts';

const { values } = parseArgs({ options: { 'webhook-url': { type: 'string' } } });
const { STRIPE_SECRET_KEY: secretKey, STRIPE_API_BASE: apiBase } = process.env;
if (!secretKey) {
  process.stderr.write(
    'STRIPE_SECRET_KEY is not set: the account’s secret key, from the Stripe dashboard.\n',
  );
  process.exit(1);
}

let changes = 0;
const secrets = await setUpStripe(connectStripe({ secretKey, ...(apiBase && { apiBase }) }), {
  webhookUrl: values['webhook-url'],
  tell: (line) => {
    changes += 1;
    process.stdout.write(`${line}\n`);
  },
});
process.stdout.write(changes === 0 ? 'Nothing to change.\n' : `${changes} changed.\n`);
for (const [kind, secret] of Object.entries(secrets)) {
  process.stdout.write(`Signing secret of ${kind} events, shown this once: ${secret}\n`);
}
