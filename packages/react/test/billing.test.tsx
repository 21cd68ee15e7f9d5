import { APIError, ConnectionError, UXFlow } from '@uxflow/sdk';
import type {
  AutoTopUpParams,
  BillingOverview,
  BillingSource,
  Invoice,
  Plan,
  PlanId,
  Subscription,
} from '@uxflow/sdk/billing';
import type { CreditsSnapshot, CreditsWatch } from '@uxflow/sdk/credits';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Locator, page, userEvent } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { BillingPanel, UXFlowProvider } from '../src/index.ts';
import '../src/styles.css';

afterEach(cleanup);

const CREDIT = 1_000_000;
const plan = (id: PlanId, name: string, price: number, credits: number, more: Partial<Plan> = {}): Plan => ({
  id,
  name,
  pricePerMonth: price,
  monthlyCredits: credits * CREDIT,
  rolloverCap: 0,
  requestsPerMinute: 60,
  members: 1,
  concurrentRuns: 2,
  historyDays: 7,
  overage: null,
  trial: null,
  ...more,
});
const PLANS = [
  plan('free', 'Free', 0, 0),
  plan('starter', 'Starter', 2_900, 3_000, { trial: { days: 14, credits: 300 * CREDIT } }),
  plan('professional', 'Professional', 9_900, 11_000),
];

const none: Subscription = {
  plan: 'free',
  state: 'none',
  message: 'You are on the Free plan.',
  subscription: null,
  autoTopUp: { enabled: false, topUp: 'small', threshold: 0, monthlyCap: 0, spentThisMonth: 0 },
  returnUrls: [],
  notices: [],
};
type Detail = NonNullable<Subscription['subscription']>;
function on(id: PlanId, more: Partial<Detail> = {}, rest: Partial<Subscription> = {}): Subscription {
  const subscription: Detail = {
    plan: id,
    pricePerMonth: PLANS.find((each) => each.id === id)?.pricePerMonth ?? 0,
    periodStart: '2026-11-01T00:00:00.000Z',
    periodEnd: '2026-12-01T00:00:00.000Z',
    trialEndsAt: null,
    endsAt: null,
    nextPlan: null,
    pendingPlan: null,
    owedSince: null,
    payUrl: null,
    ...more,
  };
  return { ...none, plan: id, state: 'active', message: 'You are on it.', subscription, ...rest };
}

/** Billing that the test sets, and that notes what it was asked for. */
class TestBilling implements BillingSource {
  subscription: Subscription;
  returned: BillingSource['returned'] = null;
  list: Invoice[] = [];
  readonly asked: unknown[] = [];
  /** Thrown by the next write. */
  refusal: Error | null = null;
  unreadable: Error | null = null;

  constructor(subscription: Subscription = none) {
    this.subscription = subscription;
  }
  async overview(): Promise<BillingOverview> {
    if (this.unreadable) throw this.unreadable;
    const topUps = [{ id: 'small' as const, name: '1,000 credits', price: 1_000, credits: 1_000 * CREDIT }];
    return { currency: 'usd', plans: PLANS, topUps, subscription: this.subscription };
  }
  async invoices(cursor?: string) {
    const data = cursor === undefined ? this.list.slice(0, 1) : this.list.slice(1);
    return { data, nextCursor: cursor === undefined && this.list.length > 1 ? 'older' : null };
  }
  checkout = (buys: object) => this.#write('checkout', buys, { url: 'https://pay.example/1' });
  portal = () => this.#write('portal', null, { url: 'https://portal.example' });
  changePlan = (id: PlanId) => this.#write('plan', id, this.subscription);
  async setAutoTopUp(wish: AutoTopUpParams) {
    const saved = { ...wish, spentThisMonth: 0 };
    await this.#write('auto', wish, saved);
    this.subscription = { ...this.subscription, autoTopUp: saved };
    return saved;
  }
  async #write<T>(name: string, what: unknown, answer: T): Promise<T> {
    this.asked.push([name, what]);
    const { refusal } = this;
    this.refusal = null;
    if (refusal) throw refusal;
    // What a test has set meanwhile is what the change has led to.
    return name === 'plan' ? (this.subscription as T) : answer;
  }
}

async function panel(source: TestBilling, { width = 900, theme = 'light' as 'light' | 'dark' } = {}) {
  const openPage = vi.fn<(url: string) => void>();
  const client = new UXFlow({ token: 'tok', baseUrl: 'http://127.0.0.1:1' });
  const rendered = await render(
    <UXFlowProvider client={client} theme={theme}>
      <div style={{ width }}>
        <BillingPanel source={source} openPage={openPage} />
      </div>
    </UXFlowProvider>,
  );
  await expect.element(page.getByTestId('billing-state').or(page.getByRole('alert'))).toBeVisible();
  return { openPage, ...rendered };
}
const button = (name: string | RegExp) => page.getByRole('button', { name });
/** That these words are among those of an element. */
const says = (where: Locator, words: string) =>
  expect.poll(() => where.query()?.textContent).toContain(words);
const problem = (status: number, code: 'payment_failed' | 'conflict' | 'forbidden', detail: string) =>
  new APIError(status, { code, detail });

describe('BillingPanel shows how things stand', () => {
  test.each<[string, Subscription, string, (string | RegExp)[]]>([
    ['nobody has subscribed', none, 'No subscription', ['Subscribe to Starter', 'Subscribe to Professional']],
    [
      'a trial',
      on('starter', {}, { state: 'trialing' }),
      'Trial',
      ['Upgrade now to Professional', /^Cancel at the end/],
    ],
    ['a paid plan', on('professional'), 'Active', ['Change at the end of the period to Starter']],
    ['a planned end', on('starter', { endsAt: '2026-12-01T00:00:00Z' }), 'Ending', [/^Stay on this plan/]],
    ['a planned change', on('professional', { nextPlan: 'starter' }), 'Changing', [/^Stay on this plan/]],
    ['a pause', on('starter', {}, { state: 'paused' }), 'Paused', [/^Resume/]],
    ['an ended plan', on('starter', {}, { state: 'canceled' }), 'Ended', ['Subscribe to Starter']],
  ])('%s: its state in words, and what can be done', async (_what, subscription, badge, offers) => {
    await panel(new TestBilling(subscription));
    await expect.element(page.getByTestId('billing-state')).toHaveTextContent(badge);
    await expect.element(page.getByTestId('billing-message')).toHaveTextContent(subscription.message);
    for (const offer of offers) await expect.element(button(offer)).toBeVisible();
  });

  test('a trial is offered to who has never subscribed, and to nobody else', async () => {
    const { unmount } = await panel(new TestBilling(none));
    await expect.element(page.getByText('The first 14 days are free')).toBeVisible();
    await unmount();
    await panel(new TestBilling(on('starter', {}, { state: 'canceled' })));
    await expect.element(page.getByText('The first 14 days are free')).not.toBeInTheDocument();
  });

  test.each(['past_due', 'suspended'] as const)('%s: how to pay, and no change until then', async (state) => {
    const owed = { payUrl: 'https://pay.example/in_1', owedSince: '2026-11-20T00:00:00Z' };
    await panel(new TestBilling(on('starter', owed, { state })));
    const pay = page.getByRole('link', { name: 'Pay the open invoice' });
    await expect.element(pay).toHaveAttribute('href', 'https://pay.example/in_1');
    await expect.element(page.getByText('Possible once the open invoice is paid')).toBeVisible();
    await expect.element(button(/Upgrade/)).not.toBeInTheDocument();
    await expect.element(button(/^Cancel at the end/)).toBeVisible();
  });

  test('an upgrade that waits for its payment says so and leads there', async () => {
    await panel(
      new TestBilling(on('starter', { pendingPlan: 'professional', payUrl: 'https://pay.example' })),
    );
    await expect.element(page.getByRole('link', { name: 'Confirm the payment' })).toBeVisible();
    await expect.element(page.getByText('Waits for its payment')).toBeVisible();
  });

  test('who comes back from paying is thanked, who turned back is told that nothing was bought', async () => {
    const source = new TestBilling();
    source.returned = 'cancelled';
    const { unmount } = await panel(source);
    await expect.element(page.getByText(/nothing was bought or charged/)).toBeVisible();
    await unmount();
    const paid = new TestBilling();
    paid.returned = 'paid';
    await panel(paid);
    await expect.element(page.getByText(/^Thank you/)).toBeVisible();
    // The news of the payment comes a moment later, and is looked for.
    paid.subscription = on('starter', {}, { state: 'trialing', message: 'You are trying Starter.' });
    await expect
      .poll(() => page.getByTestId('billing-message').element().textContent, { timeout: 6_000 })
      .toBe('You are trying Starter.');
    await button('Dismiss').click();
    await expect.element(page.getByText(/^Thank you/)).not.toBeInTheDocument();
  });

  test('invoices: none yet, then page by page with their state in words', async () => {
    const source = new TestBilling();
    const { unmount } = await panel(source);
    await expect.element(page.getByText('There are no invoices yet.')).toBeVisible();
    await unmount();
    const invoice = (id: string, status: string): Invoice => ({
      id,
      number: `UX-${id}`,
      status,
      total: 2_950,
      currency: 'usd',
      createdAt: '2026-11-01T00:00:00Z',
      url: `https://pay.example/${id}`,
      pdfUrl: null,
    });
    source.list = [invoice('2', 'open'), invoice('1', 'paid')];
    await panel(source);
    await expect.element(page.getByText('To be paid')).toBeVisible();
    await expect.element(page.getByText('$29.50')).toBeVisible();
    await button('Show older ones').click();
    await expect.element(page.getByRole('link', { name: /^UX-1/ })).toBeVisible();
    await expect.element(button('Show older ones')).not.toBeInTheDocument();
  });

  test('what has happened is listed, newest first, the older ones on demand', async () => {
    const at = (second: number) => `2026-11-2${second}T00:00:00Z`;
    const notices = [5, 4, 3, 2, 1].map((each) => ({ kind: 'x', detail: `Thing ${each}`, at: at(each) }));
    await panel(new TestBilling({ ...none, notices }));
    await expect.element(page.getByText('Thing 5')).toBeVisible();
    await expect.element(page.getByText('Thing 1')).not.toBeInTheDocument();
    await button('Show all 5').click();
    await expect.element(page.getByText('Thing 1')).toBeVisible();
  });

  test('says why nothing can be shown, and tries again', async () => {
    const source = new TestBilling();
    source.unreadable = new ConnectionError('gone');
    await panel(source);
    await says(page.getByRole('alert'), 'No connection');
    source.unreadable = null;
    await button('Try again').click();
    await expect.element(page.getByTestId('billing-state')).toBeVisible();
  });

  test('who may not see it is told whom it is for', async () => {
    const source = new TestBilling();
    source.unreadable = problem(403, 'forbidden', 'no');
    await panel(source);
    await says(page.getByRole('alert'), 'the people who look after billing');
    await expect.element(button('Try again')).not.toBeInTheDocument();
  });
});

describe('BillingPanel asks before money is charged or something ends', () => {
  test('an upgrade: says what is charged at most, does nothing on Escape, does it on yes', async () => {
    const source = new TestBilling(on('starter'));
    await panel(source);
    await button(/^Upgrade now/).click();
    await says(page.getByRole('dialog'), 'at most $70');
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    expect(source.asked).toEqual([]);
    await expect.element(button(/^Upgrade now/)).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    source.subscription = on('professional', {}, { message: 'You are on Professional.' });
    await page.getByRole('dialog').getByRole('button', { name: 'Upgrade now' }).click();
    await expect.element(page.getByTestId('billing-message')).toHaveTextContent('You are on Professional.');
    expect(source.asked).toEqual([['plan', 'professional']]);
    // The button is gone; the focus is where the outcome stands.
    await expect.element(page.getByRole('heading', { name: 'Professional' }).first()).toHaveFocus();
  });

  test('a trial that is upgraded is charged nothing now', async () => {
    await panel(
      new TestBilling(on('starter', { trialEndsAt: '2026-12-01T00:00:00Z' }, { state: 'trialing' })),
    );
    await button(/^Upgrade now/).click();
    await says(page.getByRole('dialog'), 'Nothing is charged now. From Dec 1, 2026');
  });

  test('a cheaper plan and the end: until when the present one stays', async () => {
    const source = new TestBilling(on('professional'));
    await panel(source);
    await button(/^Change at the end of the period/).click();
    await says(page.getByRole('dialog'), 'Professional stays until Dec 1, 2026');
    await button('Stay on Professional').click();
    await button(/^Cancel at the end of the period/).click();
    await says(page.getByRole('dialog'), 'credits that you bought stay yours');
    await button('Cancel Professional').click();
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    expect(source.asked).toEqual([['plan', 'free']]);
  });

  test('taking a planned end back is asked nothing', async () => {
    const source = new TestBilling(on('starter', { endsAt: '2026-12-01T00:00:00Z' }));
    await panel(source);
    await button(/^Stay on this plan/).click();
    await expect.poll(() => source.asked).toEqual([['plan', 'starter']]);
  });

  test('a declined card: said in the dialog, which stays; nothing else has changed', async () => {
    const source = new TestBilling(on('starter'));
    await panel(source);
    await button(/^Upgrade now/).click();
    source.refusal = problem(402, 'payment_failed', 'Your card was declined.');
    await page.getByRole('dialog').getByRole('button', { name: 'Upgrade now' }).click();
    await says(page.getByRole('dialog').getByRole('alert'), 'Your card was declined. Nothing was changed.');
  });

  test('a change that is no longer possible is explained without the API’s routes', async () => {
    const source = new TestBilling(none);
    await panel(source);
    source.refusal = problem(409, 'conflict', 'Change it with POST /v1/billing/plan.');
    await button('Subscribe to Starter').click();
    await says(page.getByRole('alert'), 'not possible as things stand');
    expect(page.getByRole('alert').element().textContent).not.toContain('/v1/');
  });

  test('subscribing, buying credits and managing cards lead to pages of Stripe', async () => {
    const source = new TestBilling(none);
    const { openPage } = await panel(source);
    await button('Subscribe to Starter').click();
    await expect.poll(() => openPage.mock.calls.length).toBe(1);
    await button('Buy 1,000 credits').click();
    await expect.poll(() => openPage.mock.calls.length).toBe(2);
    await button('Manage cards and invoices').click();
    await expect.poll(() => openPage.mock.calls.at(-1)).toEqual(['https://portal.example']);
    expect(source.asked).toEqual([
      ['checkout', { plan: 'starter' }],
      ['checkout', { topUp: 'small' }],
      ['portal', null],
    ]);
  });
});

describe('automatic top-up', () => {
  test('is off until it is turned on with a cap, after a question that names both amounts', async () => {
    const source = new TestBilling(on('starter'));
    await panel(source);
    await expect.element(page.getByText('Off: nothing is charged without asking.')).toBeVisible();
    await page.getByRole('checkbox').click();
    await expect.element(page.getByText(/^Enter a number of credits/)).toBeVisible();
    await page.getByLabelText('When fewer credits are left than').fill('200');
    await page.getByLabelText('At most a calendar month, US dollars').fill('9');
    await expect.element(page.getByText(/^Enter at least \$10/)).toBeVisible();
    await expect.element(button('Save')).toHaveAttribute('aria-disabled', 'true');
    await page.getByLabelText('At most a calendar month, US dollars').fill('50');
    await button('Save').click();
    await says(
      page.getByRole('dialog'),
      'fewer than 200 credits are left, $10 is charged to your card without asking again, at most $50',
    );
    await button('Turn it on').click();
    await expect.element(page.getByText(/^On: a pack is bought/)).toBeVisible();
    expect(source.asked).toEqual([
      ['auto', { enabled: true, topUp: 'small', threshold: 200 * CREDIT, monthlyCap: 5_000 }],
    ]);
    await page.getByRole('checkbox').click();
    await button('Save').click();
    await expect.element(page.getByText('Off: nothing is charged without asking.')).toBeVisible();
  });
});

describe('BillingPanel everywhere', () => {
  test('credits that move make it look again', async () => {
    let listener = (): void => undefined;
    const balance = (granted: number): CreditsSnapshot => ({
      credits: { available: 0, held: 0, granted, consumed: 0, expired: 0, clawedBack: 0, debt: 0 },
      status: 'live',
      closedBecause: null,
    });
    let snapshot = balance(0);
    const credits: CreditsWatch = {
      getSnapshot: () => snapshot,
      subscribe: (given) => {
        const before = listener;
        listener = () => (before(), given());
        return () => undefined;
      },
      stop: () => undefined,
    };
    const source = new TestBilling();
    await render(
      <UXFlowProvider client={new UXFlow({ token: 't', baseUrl: 'http://127.0.0.1:1' })} theme="light">
        <BillingPanel source={source} credits={credits} />
      </UXFlowProvider>,
    );
    await expect.element(page.getByTestId('billing-state')).toHaveTextContent('No subscription');
    source.subscription = on('starter');
    snapshot = balance(3_000 * CREDIT);
    listener();
    await expect.element(page.getByTestId('billing-state')).toHaveTextContent('Active');
  });

  test.each([375, 240])('at %i px, with long words, nothing sticks out sideways', async (width) => {
    const detail = 'Supercalifragilisticexpialidocious'.repeat(6);
    const notices = [{ kind: 'x', detail, at: '2026-11-20T00:00:00Z' }];
    const { container } = await panel(
      new TestBilling(on('starter', { payUrl: 'https://pay.example' }, { message: detail, notices })),
      { width, theme: 'dark' },
    );
    const root = container.querySelector<HTMLElement>('.uxf-billing');
    expect(root?.scrollWidth).toBeLessThanOrEqual(width);
  });

  test('everything can be reached and pressed by keyboard alone', async () => {
    const source = new TestBilling(on('starter'));
    await panel(source);
    const seen = new Set<string>();
    for (let step = 0; step < 20; step++) {
      await userEvent.keyboard('{Tab}');
      seen.add(document.activeElement?.textContent || document.activeElement?.tagName || '');
    }
    const all = [...document.querySelectorAll<HTMLElement>('.uxf-billing :is(button, a, input, select)')];
    for (const each of all) expect([...seen]).toContain(each.textContent || each.tagName);
  });
});
