import { connectStripe } from '@uxflow/api/billing';
import { type Browser, chromium, type Page } from 'playwright';
import type { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM_FLAGS, findChromium } from '../lib/chromium.ts';
import { type Product, startProduct } from '../lib/product.ts';

const executablePath = findChromium();
const CREDIT = 1_000_000;
/** What `npm start` gives its local Stripe. */
const STRIPE_KEY = 'sk_test_stripelocal';
const CARD_THAT_FAILS_LATER = '4000 0000 0000 0341';

describe.skipIf(!executablePath)('what a partner pays, in its own admin page', () => {
  let product: Product;
  let browser: Browser;
  let stripe: Stripe;

  beforeAll(async () => {
    product = await startProduct();
    stripe = connectStripe({ secretKey: STRIPE_KEY, apiBase: product.stripe });
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: CHROMIUM_FLAGS });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  async function open(hash = '', as: 'mia' | 'noah' = 'mia'): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${product.example}/?as=${as}${hash}`);
    return page;
  }

  /** Credits that the meter of a window shows, whatever is done to the window. */
  const shown = async (page: Page) =>
    Number(await page.getByTestId('credits-available').first().getAttribute('data-credits')) / CREDIT;
  const credits = (page: Page, amount: number) => expect.poll(() => shown(page)).toBeCloseTo(amount, 5);

  /** Fills the form of a page of Stripe's. */
  async function payOn(page: Page, verb: string | RegExp, card?: string): Promise<void> {
    const number = page.getByLabel('Card number');
    await number.waitFor({ state: 'attached' });
    if (card !== undefined) {
      if (!(await number.isVisible())) await page.getByRole('radio', { name: 'Another card' }).check();
      await number.fill(card);
    }
    await page.getByLabel('E-mail').fill('mia@acme.example');
    await page.getByRole('button', { name: verb }).click();
  }

  /** As the operator does it in Stripe. */
  async function refundLastPack(): Promise<void> {
    const { data } = await stripe.paymentIntents.list({ limit: 1 });
    expect(data[0]?.metadata).toMatchObject({ top_up: 'small' });
    await stripe.refunds.create({ payment_intent: data[0]?.id ?? '' });
  }

  async function advance(days: number): Promise<void> {
    const response = await fetch(`${product.stripe}/_local/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ days }),
    });
    expect(response.status).toBe(200);
  }

  test('buy, renew, upgrade, downgrade, top up, refund, dunning, cancel: told in words, and the credits live in another window', async () => {
    const admin = await open('#/billing');
    const other = await open();
    const message = () => admin.getByTestId('billing-message').textContent();
    const state = () => admin.getByTestId('billing-state').textContent();
    const says = async (badge: string, words: RegExp) => {
      await expect.poll(message).toMatch(words);
      expect(await state()).toBe(badge);
    };
    const press = (name: string) => admin.getByRole('button', { name, exact: true }).click();
    const agree = (name: RegExp) => admin.getByRole('dialog').getByRole('button', { name }).click();
    /** The words of the question that a press has brought up. */
    const asks = (words: RegExp) => expect.poll(() => admin.getByRole('dialog').textContent()).toMatch(words);
    const backFromPaying = () => admin.getByText('Thank you. What you bought appears here').waitFor();
    /** Time passes at Stripe; then the person looks until its news have come. */
    const later = async (days: number, badge: string, words: RegExp) => {
      await advance(days);
      const looked = async () => {
        await admin.reload();
        return `${await state()}: ${await message()}`;
      };
      await expect.poll(looked, { interval: 500 }).toMatch(new RegExp(`^${badge}: ${words.source}`));
    };

    await says('No subscription', /^You are on the Free plan\.$/);
    await credits(other, 500);

    // Starter, on Stripe's page. A trial first, then paid.
    await press('Subscribe to Starter');
    await payOn(admin, 'Subscribe');
    await backFromPaying();
    await says('Trial', /^You are trying Starter\. The first payment is due on \d{4}-\d\d-\d\d\.$/);
    await credits(other, 800);
    await later(14.1, 'Active', /You are on Starter\. It renews on/);
    await credits(other, 3_800);

    // Dearer: asked, charged and credited at once, as far as the period still lasts.
    await press('Upgrade now to Professional');
    await asks(/at most \$70, is charged to your card now/);
    await agree(/^Upgrade now$/);
    await says('Active', /^You are on Professional\./);
    await expect.poll(() => shown(other)).toBeGreaterThan(11_700);
    const upgraded = await shown(other);
    expect(upgraded).toBeLessThanOrEqual(11_800);

    // Cheaper: planned, taken back, planned again, and there with the next period.
    await press('Change at the end of the period to Starter');
    await asks(/Professional stays until .* Nothing is charged now/);
    await agree(/^Change on/);
    await says('Changing', /^You are on Professional\. It changes to Starter on/);
    await press('Stay on this plan');
    await says('Active', /^You are on Professional\. It renews on/);
    await press('Change at the end of the period to Starter');
    await agree(/^Change on/);
    await says('Changing', /It changes to Starter on/);
    await later(32, 'Active', /You are on Starter\. It renews on/);
    await credits(other, upgraded + 3_000);

    // A pack, and its money back: what it had bought is taken back too.
    await press('Buy 1,000 credits');
    await payOn(admin, /^Pay/);
    await backFromPaying();
    await credits(other, upgraded + 4_000);
    await refundLastPack();
    await credits(other, upgraded + 3_000);
    await admin.getByText('A payment was refunded, and the credits it had bought were taken back.').waitFor();

    // The next renewal fails: what to do is said, and after paying all is well again.
    await press('Manage cards and invoices');
    await admin.getByText('Use another card').click();
    await payOn(admin, 'Save card', CARD_THAT_FAILS_LATER);
    await admin.getByRole('link', { name: /^Back/ }).click();
    await later(31, 'Payment overdue', /The last payment for Starter failed\. Pay it or change the card by/);
    await admin.getByText('Possible once the open invoice is paid').first().waitFor();
    await admin.getByRole('link', { name: 'Pay the open invoice' }).click();
    await payOn(admin, /^Pay/, '4242 4242 4242 4242');
    await admin.getByText('Paid. Thank you.').waitFor();
    await credits(other, upgraded + 6_000);
    await admin.goto(`${product.example}/?as=mia#/billing`);
    await says('Active', /^You are on Starter\. It renews on/);
    await admin.getByText('A payment failed. Change the card, or pay the open invoice.').first().waitFor();

    // The end: planned, then there; what was bought and given stays.
    await press('Cancel at the end of the period');
    await asks(/credits that you bought stay yours/);
    await agree(/^Cancel Starter$/);
    await says('Ending', /^You are on Starter\. It ends on .* and will not be renewed\.$/);
    await later(40, 'Ended', /Starter has ended\. You are on the Free plan/);
    await admin.getByRole('button', { name: 'Subscribe to Starter' }).waitFor();
    // Subscribed once already: no second trial.
    expect(await admin.getByText('days are free').count()).toBe(0);
  });

  test('who is no admin sees that, and the server refuses him too', async () => {
    const page = await open('#/billing', 'noah');
    await page.getByText('Only Acme’s admins').waitFor();
    const refused = await fetch(`${product.example}/api/billing?as=noah`);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'forbidden']);
  });
});
