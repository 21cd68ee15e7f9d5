import type { Op } from '@uxflow/flow';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup } from 'vitest-browser-react';
import { MemoryBackend } from './memory-backend.ts';
import { nodeOn, openEditor, sampleFlow } from './setup.tsx';

afterEach(cleanup);

const SCREEN: Op = {
  op: 'put',
  kind: 'node',
  value: { id: 'receipt', type: 'screen', title: 'Receipt', position: { x: 300, y: 140 } },
};
const WAY: Op = {
  op: 'put',
  kind: 'edge',
  value: { id: 'e3', source: 'form', target: 'receipt', trigger: 'click', label: 'paid' },
};
const RENAMED: Op = { op: 'patch', kind: 'node', id: 'form', set: { title: 'Register' } };

/** Ghosts are drawn a moment after what they hang on, on a busy machine a longer one. */
const soon = (check: () => void) => vi.waitFor(check, { timeout: 5_000 });

/** An editor in which the agent proposes three changes. */
async function proposed() {
  const backend = new MemoryBackend(sampleFlow());
  const { container } = await openEditor(backend);
  await page.getByTestId('agent-review').click();
  await page.getByTestId('agent-prompt').fill('Add a receipt');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await soon(() => expect(backend.runs.get('run_1')?.run.mode).toBe('propose'));
  backend.propose('run_1', [
    { opId: 'op_1', op: SCREEN },
    { opId: 'op_2', op: WAY, requires: ['op_1'] },
    { opId: 'op_3', op: RENAMED },
  ]);
  const review = page.getByRole('region', { name: 'Proposed changes' });
  await expect.element(review).toBeVisible();
  return { backend, container, review };
}

test('what an agent proposes is told change by change, leaves the flow as it is, and is accepted whole', async () => {
  const { backend, container, review } = await proposed();
  const lines = () =>
    [...container.querySelectorAll('.uxf-proposal__ops span')].map((span) => span.textContent);
  await soon(() =>
    expect(lines()).toEqual([
      'Add “Receipt”',
      'Connect “Sign up” to “Receipt” (paid)',
      'Rename “Sign up” to “Register”',
    ]),
  );
  expect(backend.flow.clock).toBe(0);
  const find = (which: string) => container.querySelector<HTMLElement>(which);
  await soon(() => expect(find('.react-flow__node.uxf-ghost')?.textContent).toContain('Receipt'));
  expect(find('.react-flow__node.uxf-ghost')?.style.pointerEvents).toBe('none');
  await soon(() => expect(find('.react-flow__edge.uxf-ghost .uxf-edge')).not.toBeNull());
  expect(find('.react-flow__node.uxf-changed')?.textContent).toContain('Sign up');
  await review.getByRole('button', { name: 'Accept all' }).click();
  await expect.element(review.getByText('Accepted by Mia Berg.')).toBeVisible();
  expect(backend.flow.document).toMatchObject({ nodes: { receipt: {}, form: { title: 'Register' } } });
  await soon(() => expect(nodeOn(container, 'Receipt')).not.toBeNull());
  await soon(() => expect(container.querySelector('.uxf-ghost, .uxf-changed')).toBeNull());
});

test('some changes are accepted with what they need, and the others stay until they are rejected', async () => {
  const { backend, container, review } = await proposed();
  const box = (name: RegExp) => review.getByRole('checkbox', { name });
  await box(/^Add/).click();
  await expect.element(box(/^Connect/)).not.toBeChecked();
  await soon(() => expect(container.querySelector('.uxf-ghost')).toBeNull());
  await box(/^Rename/).click();
  await expect.element(review.getByRole('button', { name: 'Accept 0 of 3' })).toBeDisabled();
  await box(/^Connect/).click();
  await expect.element(box(/^Add/)).toBeChecked();
  await review.getByRole('button', { name: 'Accept 2 of 3' }).click();
  await expect.element(review.getByRole('button', { name: 'Accept 0 of 1' })).toBeVisible();
  expect(backend.flow.document).toMatchObject({ edges: { e3: {} }, nodes: { form: { title: 'Sign up' } } });
  await review.getByRole('button', { name: 'Reject' }).click();
  await expect.element(review.getByText('Accepted 2 of 3 by Mia Berg.')).toBeVisible();
  expect(backend.flow.document.nodes['form']?.title).toBe('Sign up');
});

test('what somebody else rejects is told to whoever is reviewing it', async () => {
  const { backend, container, review } = await proposed();
  await soon(() => expect(container.querySelector('.react-flow__node.uxf-ghost')).not.toBeNull());
  backend.reject('prp_1', { id: 'user:noah', name: 'Noah' });
  await expect.element(review.getByText('Rejected by Noah.')).toBeVisible();
  await soon(() => expect(container.querySelector('.uxf-ghost, .uxf-changed')).toBeNull());
});

test('what has changed since is said beside the change; who may only view cannot decide', async () => {
  const { backend, review } = await proposed();
  const proposal = backend.proposals.get('prp_1');
  if (!proposal) throw new Error('no proposal');
  const conflict = { kind: 'node', id: 'form', field: 'title', clock: 1 };
  const ops = proposal.ops.map((each) => (each.opId === 'op_3' ? { ...each, conflicts: [conflict] } : each));
  backend.proposals.set('prp_1', { ...proposal, ops });
  backend.flow.commit({ id: 'user:noah', name: 'Noah' }, [{ ...RENAMED, set: { title: 'Join' } }]);
  await expect.element(review.getByText('Somebody has changed this since: title')).toBeVisible();
  await cleanup();
  await openEditor(backend, { readOnly: true });
  await expect.element(review.getByText('Add “Receipt”')).toBeVisible();
  await expect.element(review.getByRole('checkbox')).not.toBeInTheDocument();
  await expect.element(review.getByRole('button', { name: 'Accept all' })).not.toBeInTheDocument();
});
