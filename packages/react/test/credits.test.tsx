import { UXFlow } from '@uxflow/sdk';
import type { Credits, CreditsSnapshot, CreditsWatch } from '@uxflow/sdk/credits';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import { CreditMeter, UXFlowProvider } from '../src/index.ts';
import '../src/styles.css';

afterEach(cleanup);

const CREDIT = 1_000_000;
const balance = (available: number, more: object = {}): Credits => ({
  available: available * CREDIT,
  held: 0,
  granted: 100 * CREDIT,
  consumed: 0,
  expired: 0,
  clawedBack: 0,
  debt: 0,
  ...more,
});
const budget = (remaining: number): Credits => ({
  budget: {
    limit: 50 * CREDIT,
    per: 'day',
    used: (50 - remaining) * CREDIT,
    held: 0,
    remaining: remaining * CREDIT,
    resetsAt: '2026-11-24T00:00:00.000Z',
  },
});

/** A balance that the test sets. */
class TestSource implements CreditsWatch {
  #snapshot: CreditsSnapshot = { credits: null, status: 'connecting', closedBecause: null };
  readonly #listeners = new Set<() => void>();
  readonly getSnapshot = () => this.#snapshot;
  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  stop(): void {}
  set(next: Partial<CreditsSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...next };
    for (const listener of this.#listeners) listener();
  }
}

async function meter(props: { lowAt?: number; onGetMore?: () => void } = {}) {
  const source = new TestSource();
  const client = new UXFlow({ token: 'tok', baseUrl: 'http://127.0.0.1:1' });
  const { container } = await render(
    <UXFlowProvider client={client} theme="light">
      <CreditMeter source={source} {...props} />
    </UXFlowProvider>,
  );
  return { source, container };
}

describe('CreditMeter', () => {
  test('shows the balance, and every change of it, with what runs have reserved', async () => {
    const { source } = await meter();
    await expect.element(page.getByText('Reading credits …')).toBeVisible();
    source.set({ credits: balance(12), status: 'live' });
    await expect.element(page.getByText('12 credits left')).toBeVisible();
    source.set({ credits: balance(9.5, { held: 2.5 * CREDIT }) });
    await expect.element(page.getByText('9.5 credits left')).toBeVisible();
    await expect.element(page.getByText('2.5 in use')).toBeVisible();
    source.set({ credits: balance(1) });
    await expect.element(page.getByText('1 credit left')).toBeVisible();
  });

  test('says when credits run low and when none are left, aloud too, and offers more', async () => {
    const onGetMore = vi.fn();
    const { source } = await meter({ lowAt: 10 * CREDIT, onGetMore });
    source.set({ credits: balance(11), status: 'live' });
    await expect.element(page.getByRole('status')).toBeEmptyDOMElement();
    await expect.element(page.getByRole('button')).not.toBeInTheDocument();
    source.set({ credits: balance(10) });
    await expect.element(page.getByRole('status')).toHaveTextContent('Credits are running low');
    await page.getByRole('button', { name: 'Get credits' }).click();
    expect(onGetMore).toHaveBeenCalledOnce();
    source.set({ credits: balance(0, { debt: 3 * CREDIT }) });
    await expect.element(page.getByRole('status')).toHaveTextContent('No credits are left');
    await expect.element(page.getByText('3 owed')).toBeVisible();
  });

  test('shows an end user what is left of his budget, and when there is more; without a budget nothing', async () => {
    const { source, container } = await meter();
    source.set({ credits: budget(38), status: 'live' });
    await expect.element(page.getByText('38 of 50 credits left today')).toBeVisible();
    await expect.element(page.getByRole('progressbar')).toHaveAttribute('value', '0.76');
    source.set({ credits: budget(10) });
    await expect.element(page.getByText(/^new credits Nov 2/)).toBeVisible();
    source.set({ credits: { budget: null } });
    await expect.poll(() => container.textContent).toBe('');
  });

  test('keeps the last figure while the connection is away, and says so', async () => {
    const { source } = await meter();
    source.set({ credits: balance(12), status: 'live' });
    source.set({ status: 'offline' });
    await expect.element(page.getByText('12 credits left')).toBeVisible();
    await expect.element(page.getByText('not up to date')).toBeVisible();
    source.set({ status: 'live' });
    await expect.element(page.getByText('not up to date')).not.toBeInTheDocument();
  });

  test('says that credits cannot be read when they never were', async () => {
    const { source } = await meter();
    source.set({ status: 'closed' });
    await expect.element(page.getByText('Credits cannot be read')).toBeVisible();
  });
});
