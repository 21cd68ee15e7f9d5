import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import type { Stripe } from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { violations } from '../lib/axe.ts';
import { CHROMIUM_FLAGS, findChromium } from '../lib/chromium.ts';
import { openShop, receiver, type Shop, subscribe } from './testing/shop.ts';

const executablePath = findChromium();
let browser: Browser;
let page: Page;
let shop: Shop;

beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.local.close());

/** The shop's own pages: that the browser gets there is all that matters here. */
const shopPages = createServer((_request, response) => response.end('shop'));
let shopUrl = '';

// A busy machine takes its time to draw and to look at a page.
describe.skipIf(!executablePath)('in a browser at 375 pixels', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    if (!executablePath) return;
    await new Promise<void>((resolve) => shopPages.listen(0, '127.0.0.1', resolve));
    shopUrl = `http://127.0.0.1:${(shopPages.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    shopPages.close();
  });
  beforeEach(async () => {
    const context = await browser.newContext({ viewport: { width: 375, height: 800 } });
    page = await context.newPage();
  });
  afterEach(() => page.context().close());

  const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);

  async function open(): Promise<Stripe.Checkout.Session> {
    const session = await shop.stripe.checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price: shop.starter.id, quantity: 1 }],
      success_url: `${shopUrl}/done?session={CHECKOUT_SESSION_ID}`,
      cancel_url: `${shopUrl}/cancelled`,
    });
    await page.goto(session.url ?? '');
    return session;
  }

  test('Checkout says that it is a stand-in, refuses a bad card in words, and a good one leads to success_url', async () => {
    const session = await open();
    await fits();
    expect(await page.getByRole('note').textContent()).toContain('Local stand-in for Stripe');
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Card number').fill('4000 0000 0000 9995');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    expect(await page.getByRole('alert').textContent()).toBe('Your card has insufficient funds.');
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.waitForURL(`${shopUrl}/done?session=${session.id}`);
    const done = await shop.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['subscription', 'customer'],
    });
    expect(done.subscription).toMatchObject({ status: 'active' });
    expect(done.customer).toMatchObject({ email: 'ada@example.com' });
  });

  test('a card with 3-D Secure passes over the page of its bank', async () => {
    const session = await open();
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Card number').fill('4000 0027 6000 3184');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('button', { name: 'No, refuse' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('bank');
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Card number').fill('4000 0027 6000 3184');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('button', { name: 'Yes, it is me' }).click();
    await page.waitForURL(/127\.0\.0\.1:\d+\/done\?session=/);
    expect((await shop.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid');
  });

  test('turning back leads to cancel_url and leaves the session open', async () => {
    const session = await open();
    await page.getByRole('link', { name: 'Cancel and go back' }).click();
    await page.waitForURL(`${shopUrl}/cancelled`);
    expect((await shop.stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
  });

  test('the portal cancels, keeps, changes up now and down at the end of the period', async () => {
    const { stripe, starter, professional } = shop;
    const { customer, subscription } = await subscribe(shop, starter);
    await stripe.billingPortal.configurations.create({
      business_profile: { headline: 'Acme billing' },
      features: {
        invoice_history: { enabled: true },
        payment_method_update: { enabled: true },
        subscription_cancel: { enabled: true, mode: 'at_period_end' },
        subscription_update: {
          enabled: true,
          default_allowed_updates: ['price'],
          products: [{ product: starter.product as string, prices: [starter.id, professional.id] }],
          schedule_at_period_end: { conditions: [{ type: 'decreasing_item_amount' }] },
        },
      },
    });
    const session = await stripe.billingPortal.sessions.create({
      customer,
      return_url: `${shopUrl}/back`,
    });
    const now = () => stripe.subscriptions.retrieve(subscription.id);
    await page.goto(session.url);
    await fits();
    await page.getByRole('button', { name: 'Cancel plan' }).click();
    await page.getByText('Ends on 1 February 2027.').waitFor();
    await page.getByRole('button', { name: 'Keep my plan' }).click();
    await page.getByText('Renews on 1 February 2027.').waitFor();
    await page.getByRole('button', { name: 'Change plan' }).click();
    await page.getByText('$99.00 a month').waitFor();
    expect((await now()).items.data[0]?.price.id).toBe(professional.id);
    await page.getByRole('button', { name: 'Change plan' }).click();
    await page.getByText(/Changes to starter/).waitFor();
    shop.local.clock.advance({ days: 32 });
    expect((await now()).items.data[0]?.price.id).toBe(starter.id);
    await page.getByRole('link', { name: 'Back to where you came from' }).click();
    await page.waitForURL(`${shopUrl}/back`);
  });

  test.each(['light', 'dark'] as const)(
    'every page is accessible to WCAG 2.2 AA, %s',
    async (colorScheme) => {
      const { stripe, local, starter } = shop;
      const { customer } = await subscribe(shop, starter);
      await page.emulateMedia({ colorScheme });
      const session = await stripe.checkout.sessions.create({
        mode: 'payment',
        customer,
        line_items: [
          {
            price_data: { currency: 'usd', unit_amount: 500, product_data: { name: 'Credits' } },
            quantity: 1,
          },
        ],
        success_url: `${shopUrl}/done`,
        cancel_url: `${shopUrl}/cancelled`,
      });
      const portal = await stripe.billingPortal.sessions.create({
        customer,
        return_url: `${shopUrl}/back`,
      });
      const [invoice] = (await stripe.invoices.list({ customer })).data;
      const asking = await stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        confirm: true,
        payment_method: 'pm_card_authenticationRequired',
      });
      const urls = [
        session.url,
        portal.url,
        invoice?.hosted_invoice_url,
        asking.next_action?.redirect_to_url?.url,
        `${local.url}/`,
        `${local.url}/pay/checkout/cs_unknown`,
      ];
      for (const url of urls) {
        await page.goto(url ?? '');
        await fits();
        expect(await violations(page), `on ${url}`).toEqual([]);
      }
    },
  );

  test('the control page advances the clock, and shows what happened', async () => {
    await subscribe(shop, shop.starter);
    await page.goto(shop.local.url);
    await fits();
    const before = shop.local.clock.now();
    await page.getByRole('button', { name: 'Advance 31 days' }).click();
    await page.getByText('customer.subscription.updated').first().waitFor();
    expect(shop.local.clock.now()).toBe(before + 31 * 86_400);
  });
});

describe('the buttons', () => {
  test('cannot be pressed by another site, nor be reached under another name', async () => {
    const clock = `${shop.local.url}/_local/clock`;
    const foreign = await fetch(clock, { method: 'POST', headers: { 'Sec-Fetch-Site': 'cross-site' } });
    expect(foreign.status).toBe(403);
  });

  test('refuse what they do not understand, and nothing moves', async () => {
    const before = shop.local.clock.now();
    for (const body of ['{', '{"days": -1}', '{"weeks": 1}']) {
      const answer = await fetch(`${shop.local.url}/_local/clock`, { method: 'POST', body });
      expect(answer.status).toBe(400);
    }
    expect(shop.local.clock.now()).toBe(before);
  });
});

describe('state in a file', () => {
  test('is there again after a restart: objects, the clock, what was not delivered, idempotency keys', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stripe-local-'));
    const endpoint = await receiver();
    try {
      const file = join(folder, 'stripe.sqlite');
      const options = { file, webhookUrls: [endpoint.url], webhookSecret: 'whsec_kept' };
      const first = await openShop(options);
      await first.local.deliveries.drain();
      const customer = await first.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'once' });
      first.local.clock.advance({ days: 3 });
      const time = first.local.clock.now();
      first.local.deliveries.pause();
      await first.stripe.customers.update(customer.id, { name: 'Ada L.' });
      await first.local.close();
      endpoint.received.length = 0;
      const second = await openShop({ ...options, seed: 1 });
      expect(second.local.clock.now()).toBe(time);
      expect(await second.stripe.customers.retrieve(customer.id)).toMatchObject({ name: 'Ada L.' });
      await second.local.deliveries.drain();
      expect(endpoint.received.map(({ type }) => type)).toContain('customer.updated');
      expect(second.local.world.store.all('webhook_endpoint')).toHaveLength(1);
      await second.local.close();
    } finally {
      endpoint.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
