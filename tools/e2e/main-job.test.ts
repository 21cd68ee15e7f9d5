import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM_FLAGS, findChromium } from '../lib/chromium.ts';
import { type Product, startProduct } from '../lib/product.ts';

/** What a visitor of the partner's app really types. */
const DESCRIPTION = [
  'A visitor signs up with e-mail and password.',
  'We send a code.',
  'The visitor enters the code.',
  'If the code is wrong three times, block the account for ten minutes.',
  'If the code is right, the visitor picks a plan.',
  'If the plan is paid, the visitor enters the card details and we charge the card.',
  'If the payment fails, show the error and go back to the card details.',
  'Otherwise we open the dashboard.',
].join(' ');

const executablePath = findChromium();
const SEEN = '.react-flow__node';

interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

describe.skipIf(!executablePath)('the main job, in the partner example', () => {
  let product: Product;
  let browser: Browser;

  beforeAll(async () => {
    product = await startProduct();
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: CHROMIUM_FLAGS });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  async function open(as: 'mia' | 'noah', hash = ''): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
    const page = await context.newPage();
    await page.goto(`${product.example}/?as=${as}${hash}`);
    await page.getByTestId('agent-prompt').waitFor();
    return page;
  }

  const nodeCount = (page: Page) => page.locator(SEEN).count();
  const edgeCount = (page: Page) => page.locator('.react-flow__edge').count();
  const balance = async (page: Page) =>
    Number(await page.getByTestId('credits-available').getAttribute('data-credits'));

  /** Notes in the page every number of nodes and edges that it shows until a run has ended; a poll from here misses some. */
  const watchCounts = (page: Page) =>
    page.evaluate((nodes) => {
      const seen = { nodes: new Set<number>(), edges: new Set<number>() };
      Object.assign(window, { seen });
      const observer = new MutationObserver(() => {
        seen.nodes.add(document.querySelectorAll(nodes).length);
        seen.edges.add(document.querySelectorAll('.react-flow__edge').length);
        if (document.querySelector('[data-testid="run-status"][data-status="succeeded"]'))
          observer.disconnect();
      });
      observer.observe(document.body, { childList: true, subtree: true, attributes: true });
    }, SEEN);
  const seenCounts = (page: Page) =>
    page.evaluate(() => {
      const { seen } = window as unknown as { seen: { nodes: Set<number>; edges: Set<number> } };
      return { nodes: [...seen.nodes], edges: [...seen.edges] };
    });

  const apiGet = async <T>(path: string): Promise<T> => {
    const response = await fetch(product.api + path, { headers: { authorization: `Bearer ${product.key}` } });
    expect(response.status, path).toBe(200);
    return (await response.json()) as T;
  };

  test('a description becomes a live flow that the workspace pays for, two people see it, undo takes the run back in one step, a reload keeps everything', async () => {
    const mia = await open('mia');
    await mia.waitForURL(/#.*flw_/);
    const hash = new URL(mia.url()).hash;
    const flowId = /flw_[0-9A-Z]{26}/.exec(hash)?.[0];
    expect(flowId).toBeDefined();
    const noah = await open('noah', hash);
    const before = await balance(mia);
    expect(before).toBeGreaterThan(0);

    await Promise.all([mia, noah].map((page) => watchCounts(page)));
    await mia.getByTestId('agent-prompt').fill(DESCRIPTION);
    await mia.getByTestId('agent-send').click();
    const status = mia.getByTestId('run-status').first();
    await status.and(mia.locator('[data-status="succeeded"]')).waitFor({ timeout: 60_000 });

    // Nodes and edges appeared one after another while the run was still going, for both.
    for (const page of [mia, noah]) {
      const { nodes: grown, edges: drawn } = await seenCounts(page);
      expect(grown.length).toBeGreaterThanOrEqual(4);
      expect(drawn.length).toBeGreaterThanOrEqual(4);
    }

    // The flow says what was asked.
    const flow = await apiGet<{
      document: {
        nodes: Record<string, { type: string; title: string }>;
        edges: Record<string, { label?: string }>;
      };
    }>(`/v1/flows/${flowId}`);
    const nodes = Object.values(flow.document.nodes);
    expect(nodes.length).toBeGreaterThanOrEqual(10);
    expect(nodes.filter((node) => node.type === 'decision').length).toBeGreaterThanOrEqual(3);
    expect(nodes.map((node) => node.title.toLowerCase()).join('\n')).toMatch(/code/);
    await expect.poll(() => nodeCount(mia)).toBe(nodes.length);
    await expect.poll(() => nodeCount(noah)).toBe(nodes.length);
    await expect.poll(() => edgeCount(noah)).toBe(Object.keys(flow.document.edges).length);

    // The layout has no overlaps, as drawn.
    const boxes = await mia.locator(SEEN).evaluateAll((elements): Box[] =>
      elements.map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return { id: element.getAttribute('data-id') ?? '', x, y, width, height };
      }),
    );
    const overlapping = boxes.flatMap((a, at) =>
      boxes
        .slice(at + 1)
        .filter(
          (b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
        )
        .map((b) => `${a.id} ${b.id}`),
    );
    expect(overlapping).toEqual([]);

    // The lint result is shown and agrees with the API.
    const lint = await apiGet<{ issues: { severity: string }[] }>(`/v1/flows/${flowId}/lint`);
    expect(lint.issues.filter((issue) => issue.severity === 'error')).toEqual([]);
    await expect
      .poll(async () => Number(await mia.getByTestId('lint-summary').getAttribute('data-count')))
      .toBe(lint.issues.length);

    // The credits went down by exactly the run's itemised cost.
    const runs = await apiGet<{
      data: { id: string; status: string; cost: number; items: { cost: number }[]; commitIds: string[] }[];
    }>(`/v1/flows/${flowId}/runs`);
    const run = runs.data[0];
    expect(runs.data).toHaveLength(1);
    expect(run?.status).toBe('succeeded');
    const cost = run?.items.reduce((sum, item) => sum + item.cost, 0) ?? 0;
    expect(cost).toBeGreaterThan(0);
    expect(run?.cost).toBe(cost);
    expect(Number(await mia.getByTestId('run-cost').first().getAttribute('data-cost'))).toBe(cost);
    await expect.poll(() => balance(mia)).toBe(before - cost);
    const credits = await apiGet<{ available: number; held: number }>('/v1/credits');
    expect(credits).toMatchObject({ available: before - cost, held: 0 });

    // Undo takes the whole run back in one step, for everybody; redo brings it back.
    await mia.getByTestId('undo').click();
    await expect.poll(() => nodeCount(mia)).toBe(0);
    await expect.poll(() => nodeCount(noah)).toBe(0);
    await mia.getByTestId('redo').click();
    await expect.poll(() => nodeCount(noah)).toBe(nodes.length);

    // A reload keeps everything: the document, the run and its cost.
    await mia.reload();
    await expect.poll(() => nodeCount(mia)).toBe(nodes.length);
    await expect
      .poll(() => mia.getByTestId('run-status').first().getAttribute('data-status'))
      .toBe('succeeded');
    expect(Number(await mia.getByTestId('run-cost').first().getAttribute('data-cost'))).toBe(cost);
  });

  test('an edit command by name changes the drawn flow', async () => {
    const page = await open('mia');
    await page.waitForURL(/#.*flw_/);
    const before = page.url();
    await page.getByRole('button', { name: /new flow/i }).click();
    await page.waitForURL((url) => url.href !== before && /flw_/.test(url.hash));
    await expect.poll(() => nodeCount(page)).toBe(0);
    await page.getByTestId('agent-prompt').fill('1. Enter e-mail\n2. Enter code\n3. Open dashboard');
    await page.getByTestId('agent-send').click();
    await expect
      .poll(() => page.getByTestId('run-status').first().getAttribute('data-status'), { timeout: 30_000 })
      .toBe('succeeded');
    const drawn = await nodeCount(page);
    await page
      .getByTestId('agent-prompt')
      .fill('Rename "Enter code" to "Enter six-digit code" and add "Accept terms" after "Enter e-mail".');
    await page.getByTestId('agent-send').click();
    await expect
      .poll(() => page.locator(SEEN).filter({ hasText: 'Enter six-digit code' }).count(), { timeout: 30_000 })
      .toBe(1);
    await expect
      .poll(() => page.locator(SEEN).filter({ hasText: 'Accept terms' }).count(), { timeout: 30_000 })
      .toBe(1);
    await expect.poll(() => nodeCount(page)).toBe(drawn + 1);
  });
});
