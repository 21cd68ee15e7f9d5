import type { Op } from '@uxflow/flow';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup } from 'vitest-browser-react';
import type { Run } from '@uxflow/sdk';
import { MemoryBackend, NOAH } from './memory-backend.ts';
import { openEditor, sampleFlow } from './setup.tsx';

afterEach(cleanup);

const put = (id: string, title: string): Op[] => [
  { op: 'put', kind: 'node', value: { id, type: 'screen', title, position: { x: 0, y: 0 } } },
];
const ITEMS = [
  { model: 'local', inputTokens: 900, cachedTokens: 0, outputTokens: 300, cost: 800_000 },
  { model: 'local', inputTokens: 500, cachedTokens: 0, outputTokens: 200, cost: 440_000 },
];

async function ask(prompt: string): Promise<void> {
  await page.getByTestId('agent-prompt').fill(prompt);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
}
const steps = (): string[] =>
  [...document.querySelectorAll('.uxf-step')].map((step) => step.textContent ?? '');
const status = (): string | null =>
  document.querySelector('[data-testid="run-status"]')?.getAttribute('data-status') ?? null;

test('a run is followed live: each edit lands on the canvas with its sentence, and the end shows what it cost to the item', async () => {
  const backend = new MemoryBackend();
  const onRunEnd = vi.fn<(run: Run) => void>();
  const { container } = await openEditor(backend, { onRunEnd });
  await ask('A visitor signs up.');
  await vi.waitFor(() => expect(status()).toBe('running'));
  expect(document.querySelector('[data-testid="run-cost"]')?.textContent).toBe('up to 2 credits');

  backend.agentCalls('run_1', 'add_node', { id: 'a', title: 'Enter e-mail' }, put('a', 'Enter e-mail'));
  await vi.waitFor(() => expect(steps()).toEqual(['Added “Enter e-mail”']));
  await vi.waitFor(() => expect(container.querySelectorAll('.react-flow__node')).toHaveLength(1));
  backend.agentCalls('run_1', 'add_node', { id: 'b', title: 'Dashboard', after: 'a' }, put('b', 'Dashboard'));
  await vi.waitFor(() => expect(steps()).toHaveLength(2));
  expect(status()).toBe('running');
  expect(container.querySelectorAll('.uxf-node[data-arrived]')).toHaveLength(2);

  backend.agentCalls('run_1', 'finish', { summary: 'Drew the sign-up.', unused: ['Legal agrees.'] });
  backend.end('run_1', { status: 'succeeded', cost: 1_240_000, items: ITEMS, reply: 'Drew the sign-up.' });
  await vi.waitFor(() => expect(status()).toBe('succeeded'));
  const cost = page.getByTestId('run-cost');
  await expect.element(cost).toHaveAttribute('data-cost', '1240000');
  await expect.element(cost.getByText('1.24 credits · 2 items')).toBeVisible();
  await expect.element(page.getByText('Drew the sign-up.', { exact: true })).toBeVisible();
  await page.getByText('1 sentence was not used').click();
  await expect.element(page.getByText('Legal agrees.')).toBeVisible();
  expect(onRunEnd).toHaveBeenCalledOnce();
  expect(onRunEnd.mock.calls[0]?.[0]).toMatchObject({ id: 'run_1', cost: 1_240_000 });

  await page.getByRole('button', { name: 'Undo this run' }).click();
  await vi.waitFor(() => expect(backend.flow.document.nodes).toEqual({}));
});

test('a run is not undone over the head of later edits', async () => {
  const backend = new MemoryBackend();
  await openEditor(backend);
  await ask('Draw');
  await vi.waitFor(() => expect(status()).toBe('running'));
  backend.agentCalls('run_1', 'add_node', { id: 'a', title: 'A' }, put('a', 'A'));
  backend.end('run_1', { status: 'succeeded' });
  await vi.waitFor(() => expect(status()).toBe('succeeded'));
  await page.getByRole('button', { name: 'Add note' }).click();
  await userEvent.keyboard('Mine{Enter}');
  await page.getByRole('button', { name: 'Undo this run' }).click();
  await expect
    .element(page.getByText('You have edited the flow since this run. Undo those edits first.'))
    .toBeVisible();
  expect(Object.keys(backend.flow.document.nodes)).toHaveLength(2);
});

test('cancel asks the server once and shows the run as cancelled', async () => {
  const backend = new MemoryBackend();
  await openEditor(backend);
  await ask('Draw something long');
  await page.getByTestId('agent-cancel').click();
  await vi.waitFor(() => expect(status()).toBe('cancelled'));
  expect(backend.requests.filter((line) => line.endsWith('/cancel'))).toHaveLength(1);
  await expect.element(page.getByTestId('agent-cancel')).not.toBeInTheDocument();
});

test('a run that goes on during a reload is taken up again, with the steps it had made', async () => {
  const backend = new MemoryBackend();
  const first = await openEditor(backend);
  await ask('Draw');
  await vi.waitFor(() => expect(status()).toBe('running'));
  backend.agentCalls('run_1', 'add_node', { id: 'a', title: 'A' }, put('a', 'A'));
  await vi.waitFor(() => expect(steps()).toHaveLength(1));
  await first.unmount();
  backend.agentCalls('run_1', 'add_node', { id: 'b', title: 'B' }, put('b', 'B'));

  await openEditor(backend);
  await vi.waitFor(() => expect(steps()).toEqual(['Added “A”', 'Added “B”']));
  expect(status()).toBe('running');
  backend.end('run_1', { status: 'succeeded' });
  await vi.waitFor(() => expect(status()).toBe('succeeded'));
});

test('a run that somebody else starts shows up by itself', async () => {
  const backend = new MemoryBackend(sampleFlow());
  await openEditor(backend, { actor: NOAH });
  await vi.waitFor(() => expect(backend.requests.some((line) => line.endsWith('/runs'))).toBe(true));
  await backend.client(NOAH).runs.create('flw_1', { prompt: 'From another window' });
  backend.flow.announceRun('run_1', 'running');
  await vi.waitFor(() => expect(status()).toBe('running'));
  expect(document.querySelector('.uxf-run__prompt')?.textContent).toBe('From another window');
});

test('without credits the reason and the remedy are said, and the prompt can be sent again', async () => {
  const backend = new MemoryBackend();
  backend.refuseRun = {
    status: 402,
    problem: { code: 'insufficient_credits', detail: 'Not enough', required: 2_000_000, available: 50_000 },
  };
  await openEditor(backend);
  await ask('Draw');
  await expect.element(page.getByText('Not enough credits')).toBeVisible();
  await expect.element(page.getByText(/needs up to 2 credits and 0.05 are left.*top up/)).toBeVisible();
  expect(status()).toBe('failed');
  backend.refuseRun = null;
  await page.getByRole('button', { name: 'Send again' }).click();
  await vi.waitFor(() => expect(status()).toBe('running'));
});

test('a failed run says why in the server’s words and that nothing was charged', async () => {
  const backend = new MemoryBackend();
  await openEditor(backend);
  await ask('Draw');
  await vi.waitFor(() => expect(status()).toBe('running'));
  backend.end('run_1', {
    status: 'failed',
    error: { code: 'model_unavailable', detail: 'The model did not answer in time.' },
  });
  await expect.element(page.getByText('The model did not answer in time.')).toBeVisible();
  await expect.element(page.getByText('Nothing charged')).toBeVisible();
});

test('an empty prompt cannot be sent, and one that is too long says by how much', async () => {
  const backend = new MemoryBackend();
  await openEditor(backend);
  const send = page.getByTestId('agent-send');
  await expect.element(send).toBeDisabled();
  await page.getByTestId('agent-prompt').fill('   ');
  await expect.element(send).toBeDisabled();
  await page.getByTestId('agent-prompt').fill('x'.repeat(20_003));
  await expect.element(page.getByText('3 characters too many')).toBeVisible();
  await expect.element(send).toBeDisabled();
  await page.getByTestId('agent-prompt').fill('');
  await page.getByRole('button', { name: 'Checkout' }).click();
  await expect.element(send).toBeEnabled();
});
