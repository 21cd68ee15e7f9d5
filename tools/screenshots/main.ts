import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { CHROMIUM_FLAGS, ensureChromium } from '../lib/chromium.ts';
import { ROOT } from '../lib/paths.ts';
import { startProduct } from '../lib/product.ts';

/** Makes the README's pictures: the partner example after a real run, two people present, light, dark and on a phone. */

const PROMPT =
  'A visitor signs up with e-mail and password. We send a code. The visitor enters the code. ' +
  'If the code is wrong three times, we block the account for ten minutes and stop. ' +
  'If the code is right, the visitor picks a plan. ' +
  'If the plan is paid, the visitor enters the card details and pays. ' +
  'If the payment fails, show the error and go back to the card details. Finally we open the dashboard.';
const IMAGES = join(ROOT, 'docs/images');
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 375, height: 760 };
/** Bytes; a README is read on slow lines too. */
const MAX_BYTES = 250_000;
const RUN_MS = 60_000;
/** Longer than any transition of the editor. */
const STILL_MS = 1_500;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function open(
  browser: Browser,
  url: string,
  viewport: typeof DESKTOP,
  hasTouch = false,
): Promise<Page> {
  const context = await browser.newContext({ viewport, hasTouch });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByTestId('lint-summary').waitFor();
  return page;
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(STILL_MS);
  const path = join(IMAGES, name);
  await page.screenshot({ path });
  const { size } = statSync(path);
  say(`docs/images/${name}  ${Math.round(size / 1_000)} KB`);
  if (size > MAX_BYTES) throw new Error(`${name} has ${size} bytes, more than ${MAX_BYTES}`);
}

const executablePath = ensureChromium(say);
if (!executablePath) process.exit(1);
mkdirSync(IMAGES, { recursive: true });
const product = await startProduct();
const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
try {
  const mia = await open(browser, `${product.example}/?as=mia`, DESKTOP);
  await mia.getByTestId('agent-prompt').fill(PROMPT);
  await mia.getByTestId('agent-send').click();
  await mia.locator('[data-testid="run-status"][data-status="succeeded"]').waitFor({ timeout: RUN_MS });

  const { hash } = new URL(mia.url());
  const noah = await open(browser, `${product.example}/?as=noah${hash}`, DESKTOP);
  await noah.waitForTimeout(STILL_MS);
  const step = noah.locator('.react-flow__node').filter({ hasText: 'Pick plan' }).first();
  await step.click();
  const box = await step.boundingBox();
  if (!box) throw new Error('the step that Noah has selected is not in view');
  // Beside his step, where his name hides no other.
  await noah.mouse.move(box.x - 90, box.y + box.height / 2 + 12, { steps: 4 });

  // Nothing of Mia's is hovered or has the keyboard.
  await mia.mouse.move(0, 0);
  await mia.getByTestId('agent-prompt').blur();
  await shoot(mia, 'editor-light.png');
  await mia.getByRole('button', { name: 'Switch to dark' }).click();
  await mia.mouse.move(0, 0);
  await mia.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await shoot(mia, 'editor-dark.png');
  await mia.context().close();
  await shoot(await open(browser, `${product.example}/?as=mia${hash}`, PHONE, true), 'editor-mobile.png');
} finally {
  await browser.close();
  await product.stop();
}
