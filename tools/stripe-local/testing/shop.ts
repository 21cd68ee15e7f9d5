import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Stripe } from 'stripe';
import { createStripeLocal, type StripeLocal, type StripeLocalOptions } from '../server.ts';

/** A moment on the first day of a month, so that a period is easy to tell. */
export const START: number = Date.UTC(2027, 0, 1, 12) / 1_000;

export interface Shop {
  local: StripeLocal;
  stripe: Stripe;
  /** Monthly plans: 29.00 and 99.00. */
  starter: Stripe.Price;
  professional: Stripe.Price;
}

/** A running stripe-local with two plans, its clock standing at `START`. */
export async function openShop(options: StripeLocalOptions = {}): Promise<Shop> {
  const local = await createStripeLocal({ seed: 1, now: START, ...options });
  const stripe = new Stripe(local.key, { ...local.client, maxNetworkRetries: 0 });
  const product = await stripe.products.create({ name: 'Starter' });
  const monthly = (name: string, unit_amount: number) =>
    stripe.prices.create({
      product: product.id,
      nickname: name,
      unit_amount,
      currency: 'usd',
      recurring: { interval: 'month' },
    });
  const starter = await monthly('starter', 2_900);
  const professional = await monthly('professional', 9_900);
  return { local, stripe, starter, professional };
}

/** A customer with a saved card and a running subscription to `price`. */
export async function subscribe(
  { stripe }: Shop,
  price: Stripe.Price,
  card = 'pm_card_visa',
): Promise<{ customer: string; subscription: Stripe.Subscription; item: string }> {
  const customer = await stripe.customers.create({
    email: 'ada@example.com',
    payment_method: card,
    invoice_settings: { default_payment_method: card },
  });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  const [item] = subscription.items.data;
  if (!item) throw new Error('no item');
  return { customer: customer.id, subscription, item: item.id };
}

export interface Received {
  id: string;
  type: string;
  body: string;
  signature: string;
}

/** An endpoint that writes down what it gets and answers as it is told: 200 unless `answer` says otherwise. */
export async function receiver(answer: (n: number) => number = () => 200) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { id, type } = JSON.parse(body) as { id: string; type: string };
      received.push({ id, type, body, signature: String(request.headers['stripe-signature']) });
      response.statusCode = answer(received.length);
      response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stripe`,
    received,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
