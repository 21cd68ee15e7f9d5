import { lint } from '@uxflow/flow/lint';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { FLOW_ID, MemoryBackend, MIA, NOAH } from './memory-backend.ts';
import { Editor, nodeOn, openEditor, sampleFlow } from './setup.tsx';
import { render } from 'vitest-browser-react';

const titles = (backend: MemoryBackend): string[] =>
  Object.values(backend.flow.document.nodes)
    .map(({ title }) => title)
    .toSorted();

async function shown(container: Element, title: string): Promise<HTMLElement> {
  return vi.waitUntil(
    () => {
      const node = nodeOn(container, title);
      // Placed and measured: before, a pointer would miss it.
      return node && getComputedStyle(node).visibility === 'visible' ? node : null;
    },
    { timeout: 4_000 },
  );
}

test('a step is added from the palette, named at once, and taken back by undo', async () => {
  const backend = new MemoryBackend();
  await openEditor(backend);
  await page.getByRole('button', { name: 'Add screen' }).click();
  const field = page.getByRole('textbox', { name: 'Title of New screen' });
  await expect.element(field).toHaveFocus();
  await userEvent.keyboard('Enter code{Enter}');
  await vi.waitFor(() => expect(titles(backend)).toEqual(['Enter code']));
  await page.getByTestId('undo').click();
  await vi.waitFor(() => expect(titles(backend)).toEqual(['New screen']));
  await page.getByTestId('undo').click();
  await vi.waitFor(() => expect(titles(backend)).toEqual([]));
  await page.getByTestId('redo').click();
  await vi.waitFor(() => expect(titles(backend)).toEqual(['New screen']));
});

test('a double click on the canvas asks which step to add there', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const { container } = await openEditor(backend);
  await shown(container, 'Start');
  const pane = container.querySelector('.react-flow__pane');
  if (!pane) throw new Error('no canvas');
  await userEvent.dblClick(pane, { position: { x: 120, y: 420 } });
  await page.getByRole('menuitem', { name: /Decision/ }).click();
  await userEvent.keyboard('Paid?{Enter}');
  await vi.waitFor(() => expect(titles(backend)).toContain('Paid?'));
});

test('dragging a node is one commit, at the end; dragging from handle to handle connects', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const { container } = await openEditor(backend, { agentPanel: false });
  const start = await shown(container, 'Start');
  const before = backend.flow.clock;
  await userEvent.dragAndDrop(start, container.querySelector('.react-flow__pane') ?? start, {
    targetPosition: { x: 200, y: 200 },
    steps: 5,
  });
  await vi.waitFor(() => expect(backend.flow.document.nodes['start']?.position).not.toEqual({ x: 0, y: 0 }));
  expect(backend.flow.clock).toBe(before + 1);

  const from = start.querySelector('[data-handleid="right"]');
  const to = (await shown(container, 'Done')).querySelector('[data-handleid="left"]');
  if (!from || !to) throw new Error('no handles');
  await userEvent.dragAndDrop(from, to, { steps: 5 });
  await vi.waitFor(() =>
    expect(Object.values(backend.flow.document.edges)).toContainEqual(
      expect.objectContaining({ source: 'start', target: 'done' }),
    ),
  );
});

test('a node is renamed by double click, deleted with its edges by keyboard, and brought back by Ctrl+Z', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const { container } = await openEditor(backend);
  await userEvent.dblClick(await shown(container, 'Sign up'));
  await expect.element(page.getByRole('textbox', { name: 'Title of Sign up' })).toHaveFocus();
  await userEvent.keyboard('Create account{Enter}');
  await expect.element(await shown(container, 'Create account')).toHaveFocus();
  await userEvent.keyboard('{Delete}');
  await vi.waitFor(() => expect(titles(backend)).toEqual(['Done', 'Start']));
  expect(backend.flow.document.edges).toEqual({});
  await userEvent.keyboard('{Control>}z{/Control}');
  await vi.waitFor(() => expect(Object.keys(backend.flow.document.edges)).toHaveLength(2));
});

test('the keyboard alone reaches, selects, renames and moves a node; a burst of arrow keys is one commit', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const { container } = await openEditor(backend);
  (await shown(container, 'Sign up')).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('region', { name: 'Inspector' })).toBeVisible();
  const before = backend.flow.clock;
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}');
  await vi.waitFor(() => expect(backend.flow.document.nodes['form']?.position).toEqual({ x: 10, y: 145 }));
  expect(backend.flow.clock).toBe(before + 1);
  await userEvent.keyboard('{F2}');
  await expect.element(page.getByRole('textbox', { name: 'Title of Sign up' })).toHaveFocus();
  await userEvent.keyboard('Register{Escape}');
  expect(backend.flow.document.nodes['form']?.title).toBe('Sign up');
});

test('the inspector changes type, description and the label of a transition, one commit each', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const { container } = await openEditor(backend);
  await userEvent.click(await shown(container, 'Sign up'));
  await page.getByLabelText('Type').selectOptions('Action');
  await vi.waitFor(() => expect(backend.flow.document.nodes['form']?.type).toBe('action'));
  await page.getByLabelText('Description').fill('With e-mail');
  await userEvent.tab();
  await vi.waitFor(() => expect(backend.flow.document.nodes['form']?.description).toBe('With e-mail'));

  const edge = container.querySelector<SVGElement>('.react-flow__edge[data-id="e1"]');
  edge?.focus();
  await userEvent.keyboard('{Enter}');
  await page.getByLabelText('Label').fill('Go');
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(backend.flow.document.edges['e1']?.label).toBe('Go'));
  await vi.waitFor(() => expect(container.querySelector('.uxf-edge-label')?.textContent).toBe('Go'));
});

test('a transition that makes no sense is refused in words and sends nothing', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const { container } = await openEditor(backend, { agentPanel: false });
  const before = backend.flow.clock;
  const from = (await shown(container, 'Sign up')).querySelector('[data-handleid="left"]');
  const to = (await shown(container, 'Start')).querySelector('[data-handleid="left"]');
  if (!from || !to) throw new Error('no handles');
  await userEvent.dragAndDrop(from, to, { steps: 5 });
  await expect.element(page.getByText('“Start” starts the flow, so nothing can lead to it.')).toBeVisible();
  expect(backend.flow.clock).toBe(before);
});

test('two people on one flow see each other’s edits, selection, cursor and name', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const { container } = await render(
    <>
      <Editor backend={backend} agentPanel={false} width={560} />
      <Editor backend={backend} actor={NOAH} agentPanel={false} width={560} />
    </>,
  );
  const mia = container.querySelector('[data-testid="editor-user:mia"]');
  const noah = container.querySelector('[data-testid="editor-user:noah"]');
  if (!mia || !noah) throw new Error('two editors expected');
  await userEvent.dblClick(await shown(noah, 'Sign up'));
  await expect.element(page.getByRole('textbox', { name: 'Title of Sign up' })).toHaveFocus();
  await userEvent.keyboard('Join{Enter}');
  await shown(mia, 'Join');
  await vi.waitFor(() =>
    expect(nodeOn(mia, 'Join')?.querySelector('.uxf-node__peer')?.textContent).toBe(NOAH.name),
  );
  await vi.waitFor(() => expect(mia.querySelector('.uxf-cursor')?.textContent).toBe(NOAH.name));
  expect(mia.querySelector('.uxf-people')?.textContent).toBe('NK');
  expect(noah.querySelector('.uxf-people')?.textContent).toBe('MB');
});

test('with view permission everything can be looked at and nothing changed', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const { container } = await openEditor(backend, { permission: 'view' });
  const node = await shown(container, 'Sign up');
  await expect.element(page.getByText('View only')).toBeVisible();
  await userEvent.dblClick(node);
  await userEvent.keyboard('{Delete}');
  expect(container.querySelector('.uxf-palette, .uxf-inspector, .uxf-title-field')).toBeNull();
  await expect.element(page.getByTestId('undo')).not.toBeInTheDocument();
  await expect.element(page.getByTestId('agent-prompt')).not.toBeInTheDocument();
  expect(backend.flow.clock).toBe(0);
});

test('auto-layout goes through the API; findings of the lint are counted, shown on the canvas and fixed', async () => {
  const backend = new MemoryBackend(sampleFlow());
  backend.flow.commit(MIA, [
    {
      op: 'put',
      kind: 'node',
      value: { id: 'lost', type: 'screen', title: 'Lost', position: { x: 0, y: 140 } },
    },
  ]);
  const { container } = await openEditor(backend);
  await shown(container, 'Lost');
  const badge = page.getByTestId('lint-summary');
  await vi.waitFor(() => expect(Number(badge.element().getAttribute('data-count'))).toBeGreaterThan(0));
  await badge.click();
  await page.getByRole('list', { name: 'Issues' }).getByRole('button', { name: /Lost/ }).first().click();
  await vi.waitFor(() => expect(nodeOn(container, 'Lost')?.classList.contains('selected')).toBe(true));
  await page.getByTestId('layout').click();
  await vi.waitFor(() => expect(backend.requests).toContain(`POST /v1/flows/${FLOW_ID}/layout`));
  const { form, lost } = backend.flow.document.nodes;
  expect(form?.position).not.toEqual(lost?.position);
});

test('the editor counts what the workspace wants to be told, as the API does', async () => {
  const lost = { id: 'lost', type: 'screen', title: 'Lost', position: { x: 0, y: 140 } } as const;
  const backend = new MemoryBackend(sampleFlow());
  backend.flow.commit(MIA, [{ op: 'put', kind: 'node', value: lost }]);
  backend.lintRules = { 'unreachable-node': 'off', 'dead-end': 'info' };
  const { container } = await openEditor(backend);
  await shown(container, 'Lost');
  const expected = lint(backend.flow.document, { rules: backend.lintRules });
  expect(expected.length).toBeLessThan(lint(backend.flow.document).length);
  const badge = page.getByTestId('lint-summary');
  // The rules are loaded on first use, which takes its time on a busy machine.
  const isCounted = () => expect(badge.element().getAttribute('data-count')).toBe(String(expected.length));
  await vi.waitFor(isCounted, { timeout: 6_000 });
});
