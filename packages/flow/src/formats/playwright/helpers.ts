/** What stands at the top of every exported test file: the few functions in which a team tells its product. */
export const HELPERS: readonly string[] = `interface Step {
  id: string;
  type: string;
  title: string;
  url?: string;
}

interface Move {
  edge: string;
  by: string;
  /** What is clicked, answered or waited for. */
  words: string;
  role?: 'button' | 'checkbox' | 'link' | 'menuitem' | 'option' | 'radio' | 'switch' | 'tab';
  from: Step;
  to: Step;
}

// Adapt these four to your product.

/** Where a test begins. */
async function open(page: Page, step: Step): Promise<void> {
  await page.goto(step.url ?? '/');
}

/** How the product shows that a step is reached: a screen by its heading. */
async function see(page: Page, step: Step): Promise<void> {
  if (step.type !== 'screen') return;
  await expect(page.getByRole('heading', { name: step.title })).toBeVisible();
}

/** What a person does to go on; what happens by itself is waited for by \`see\`. */
async function act(page: Page, move: Move): Promise<void> {
  if (move.by === 'back') await page.goBack();
  else if (move.by === 'submit' && move.words === '') await page.keyboard.press('Enter');
  else if (move.by === 'click' || move.by === 'submit') {
    await page.getByRole(move.role ?? 'button', { name: move.words }).click();
  }
}

/** Prepares the data that make a decision come out so; until then the report says what is needed. */
async function decide(_page: Page, move: Move): Promise<void> {
  const description = \`\${move.from.title} → \${move.words || move.by}\`;
  test.info().annotations.push({ type: 'needs data', description });
}

async function begin(page: Page, step: Step): Promise<void> {
  await test.step(\`begin at \${step.title}\`, async () => {
    await open(page, step);
    await see(page, step);
  });
}

async function go(page: Page, move: Move): Promise<void> {
  await test.step(\`\${move.words || move.by} → \${move.to.title}\`, async () => {
    if (move.from.type === 'decision') await decide(page, move);
    else await act(page, move);
    await see(page, move.to);
  });
}`.split('\n');
