import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../lib/axe.ts';
import { CHROMIUM_FLAGS, findChromium } from '../lib/chromium.ts';
import { type Product, startProduct } from '../lib/product.ts';

const DESCRIPTION =
  'A visitor signs up with e-mail and password. We send a code. If the code is wrong three times, block the account. ' +
  'If the code is right, the visitor picks a plan. Otherwise we open the dashboard.';
const executablePath = findChromium();

/** What has the focus: its accessible name, title or tag. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'nothing';
    return element.getAttribute('aria-label') ?? element.textContent?.trim() ?? element.tagName;
  });

describe.skipIf(!executablePath)('the embedded editor for everyone', () => {
  let product: Product;
  let browser: Browser;
  const open: Page[] = [];

  beforeAll(async () => {
    product = await startProduct();
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: CHROMIUM_FLAGS });
  });
  afterEach(async () => {
    for (const page of open.splice(0)) await page.context().close();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  async function newFlow(): Promise<string> {
    const response = await fetch(`${product.example}/api/flows`, { method: 'POST' });
    expect(response.status).toBe(201);
    return ((await response.json()) as { id: string }).id;
  }

  async function show(flowId: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    open.push(page);
    await page.goto(`${product.example}/?as=mia#${flowId}`);
    await page.getByTestId('lint-summary').waitFor();
    return page;
  }

  const runStatus = (page: Page) => page.getByTestId('run-status').first().getAttribute('data-status');

  async function drawn(): Promise<{ page: Page; flowId: string }> {
    const flowId = await newFlow();
    const page = await show(flowId);
    await page.getByTestId('agent-prompt').fill(DESCRIPTION);
    await page.getByTestId('agent-send').click();
    await expect.poll(() => runStatus(page), { timeout: 30_000 }).toBe('succeeded');
    return { page, flowId };
  }

  test('an empty flow breaks no WCAG 2.2 A or AA rule, light and dark', async () => {
    const page = await show(await newFlow());
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Switch to dark' }).click();
    expect(await violations(page)).toEqual([]);
  });

  test('a drawn flow breaks none either: after the run, with the inspector open, dark, and on a phone', async () => {
    const { page, flowId } = await drawn();
    expect(await violations(page)).toEqual([]);
    await page.locator('.react-flow__node').nth(1).click();
    await page.getByRole('region', { name: 'Inspector' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Switch to dark' }).click();
    expect(await violations(page)).toEqual([]);

    const phone = await show(flowId, { viewport: { width: 375, height: 760 }, hasTouch: true });
    expect(await violations(phone)).toEqual([]);
    await phone.getByRole('button', { name: 'Open the agent panel' }).click();
    await phone.getByTestId('run-cost').waitFor();
    expect(await violations(phone)).toEqual([]);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
  });

  test('the billing page breaks none: light, dark, asking before a charge, and on a phone without sideways scrolling', async () => {
    const at = async (options: BrowserContextOptions): Promise<Page> => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      open.push(page);
      await page.goto(`${product.example}/?as=mia#/billing`);
      await page.getByTestId('billing-state').waitFor();
      await page.getByText('There are no invoices yet.').waitFor();
      return page;
    };
    const light = await at({ colorScheme: 'light' });
    await light.getByRole('checkbox').check();
    expect(await violations(light)).toEqual([]);
    await light.getByLabel('When fewer credits are left than').fill('200');
    await light.getByRole('button', { name: 'Save' }).click();
    await light.getByRole('dialog').waitFor();
    expect(await violations(light)).toEqual([]);
    const dark = await at({ colorScheme: 'dark' });
    expect(await violations(dark)).toEqual([]);
    const phone = await at({ viewport: { width: 375, height: 760 }, hasTouch: true, isMobile: true });
    expect(await violations(phone)).toEqual([]);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
    const small = await phone
      .locator('.uxf-billing :is(button, select, input:not([type=checkbox])):visible')
      .evaluateAll((controls) =>
        controls
          .filter((control) => control.getBoundingClientRect().height < 36)
          .map((control) => control.textContent),
      );
    expect(small).toEqual([]);
  });

  test('on a phone every control is at least 40 × 40 pixels, on a desktop 24 × 24', async () => {
    const { page, flowId } = await drawn();
    const small = (least: number) => (where: Page) =>
      where.locator('.uxf-editor button:visible').evaluateAll(
        (buttons, size) =>
          buttons
            // A step's sentence is a line of text; its target is the line.
            .filter((button) => !button.closest('.uxf-step'))
            .map((button) => ({
              name: button.getAttribute('aria-label') ?? button.textContent,
              box: button.getBoundingClientRect(),
            }))
            .filter(({ box }) => box.width < size || box.height < size)
            .map(({ name, box }) => `${name} ${box.width}×${box.height}`),
        least,
      );
    expect(await small(24)(page)).toEqual([]);
    const phone = await show(flowId, {
      viewport: { width: 375, height: 760 },
      hasTouch: true,
      isMobile: true,
    });
    expect(await small(40)(phone)).toEqual([]);
    await phone.getByRole('button', { name: 'Open the agent panel' }).click();
    await phone.getByTestId('run-cost').waitFor();
    expect(await small(40)(phone)).toEqual([]);
  });

  test('by keyboard alone: ask the agent, reach a step, rename it, delete it, take it back; the focus is never lost', async () => {
    const page = await show(await newFlow());
    const tabTo = async (wanted: RegExp): Promise<void> => {
      const seen: string[] = [];
      for (let presses = 0; presses < 80; presses++) {
        await page.keyboard.press('Tab');
        const now = await focused(page);
        if (wanted.test(now)) return;
        seen.push(now);
      }
      throw new Error(`Tab never reached ${wanted}: ${seen.join(' → ')}`);
    };
    await tabTo(/What should the agent draw/);
    await page.keyboard.type('1. Enter e-mail\n2. Enter code\n3. Open dashboard');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => runStatus(page), { timeout: 30_000 }).toBe('succeeded');
    expect(await focused(page)).toMatch(/What should the agent draw/);

    const titles = () => page.locator('.react-flow__node .uxf-title').allTextContents();
    await expect.poll(titles).toContain('Enter code');
    const count = (await titles()).length;
    await tabTo(/: Enter code$/);
    await page.keyboard.press('Enter');
    await page.locator('.react-flow__node.selected').waitFor();
    expect(await focused(page)).toMatch(/: Enter code$/);
    await page.keyboard.press('F2');
    await expect.poll(() => focused(page)).toBe('Title of Enter code');
    await page.keyboard.type('Enter the six digits');
    await page.keyboard.press('Enter');
    await expect.poll(titles).toContain('Enter the six digits');
    await expect.poll(() => focused(page)).toMatch(/: Enter the six digits$/);

    await page.keyboard.press('Delete');
    await expect.poll(titles).toHaveLength(count - 1);
    expect(await focused(page)).toBe('Flow canvas');
    await page.keyboard.press('Control+z');
    await expect.poll(titles).toContain('Enter the six digits');
    expect(await focused(page)).toBe('Flow canvas');
  });
});
