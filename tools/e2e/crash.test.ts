import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controlTarget } from '../chaos/control-target.ts';
import { crashRun, seeded } from '../chaos/harness.ts';
import { type ProductTarget, productTarget } from '../chaos/product-target.ts';
import { runtimePid } from '../chaos/workerd.ts';
import { CHROMIUM_FLAGS, findChromium } from '../lib/chromium.ts';

const SEED = 20_261_122;
const executablePath = findChromium();

describe.skipIf(process.platform !== 'linux')('kill -9 of the Workers runtime', () => {
  let target: ProductTarget;
  beforeAll(async () => {
    target = await productTarget();
  });
  afterAll(async () => {
    await target?.stop();
  });

  test('no acknowledged edit is lost, none takes effect twice, and every hold is settled or released', async () => {
    const report = await crashRun(target, 4, seeded(SEED));
    expect(report.acknowledged).toBeGreaterThan(50);
    expect(report.lost).toEqual([]);
    expect(report.doubled).toEqual([]);
    const money = await target.money();
    expect(money.runs).toBeGreaterThan(3);
    expect(money.faults).toEqual([]);
  });

  test.skipIf(!executablePath)('a reloaded page shows a run that was hit by a kill as it ended', async () => {
    const browser: Browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: CHROMIUM_FLAGS,
    });
    try {
      const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
      await page.goto(`${target.product.example}/?as=mia`);
      await page
        .getByTestId('agent-prompt')
        .fill(Array.from({ length: 14 }, (_, at) => `${at + 1}. Enter code ${at + 1}`).join('\n'));
      await page.getByTestId('agent-send').click();
      await expect.poll(() => page.locator('.react-flow__node').count()).toBeGreaterThan(2);
      const flowId = /flw_[0-9A-Z]{26}/.exec(page.url())?.[0];
      process.kill(await runtimePid(target.persist), 'SIGKILL');

      const run = async (): Promise<{ id: string; status: string; cost: number } | undefined> => {
        try {
          const response = await fetch(`${target.product.api}/v1/flows/${flowId}/runs`, {
            headers: { authorization: `Bearer ${target.product.key}` },
          });
          return ((await response.json()) as { data: { id: string; status: string; cost: number }[] })
            .data[0];
        } catch (error) {
          if (error instanceof TypeError || error instanceof SyntaxError) return undefined;
          throw error;
        }
      };
      await expect.poll(async () => (await run())?.status, { timeout: 60_000 }).toMatch(/succeeded|failed/);
      const settled = await run();
      await page.reload();
      await expect
        .poll(() => page.getByTestId('run-status').first().getAttribute('data-status'))
        .toBe(settled?.status);
      expect(Number(await page.getByTestId('run-cost').first().getAttribute('data-cost'))).toBe(
        settled?.cost,
      );
      const flow = await fetch(`${target.product.api}/v1/flows/${flowId}`, {
        headers: { authorization: `Bearer ${target.product.key}` },
      });
      const { document } = (await flow.json()) as { document: { nodes: Record<string, unknown> } };
      await expect
        .poll(() => page.locator('.react-flow__node').count())
        .toBe(Object.keys(document.nodes).length);
    } finally {
      await browser.close();
    }
  });

  test('the harness sees loss: a Worker that acknowledges before it writes is caught', async () => {
    const control = await controlTarget();
    try {
      expect((await crashRun(control, 3, seeded(SEED))).lost.length).toBeGreaterThan(0);
    } finally {
      await control.stop();
    }
  });
});
