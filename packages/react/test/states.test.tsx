import { APIError, ConnectionError, UXFlowError } from '@uxflow/sdk';
import { lazy, Suspense } from 'react';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { page, userEvent } from 'vitest/browser';
import { PartBoundary, PartMissing } from '../src/chrome/PartBoundary.tsx';
import { MemoryBackend } from './memory-backend.ts';
import { Editor, nodeOn, openEditor, sampleFlow } from './setup.tsx';

test('a flow that is not there, or not shared, says so and offers no retry', async () => {
  const backend = new MemoryBackend();
  backend.refuseRoom = new APIError(404, { code: 'not_found', detail: 'Not found' });
  await openEditor(backend);
  await expect.element(page.getByRole('alert').getByText('This flow is not here')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Retry' })).not.toBeInTheDocument();
});

test('a token that could not be had offers a retry, which opens the flow', async () => {
  const backend = new MemoryBackend(sampleFlow());
  backend.refuseRoom = new UXFlowError('auth_failed', 'The auth endpoint gave no token');
  const { container } = await openEditor(backend);
  await expect
    .element(page.getByRole('alert').getByText('Your session could not be confirmed'))
    .toBeVisible();
  backend.refuseRoom = null;
  await page.getByRole('button', { name: 'Retry' }).click();
  await vi.waitFor(() => expect(nodeOn(container, 'Sign up')).not.toBeNull());
});

test('offline, edits are kept on the canvas, and sent when the connection is back', async () => {
  const backend = new MemoryBackend(sampleFlow());
  await openEditor(backend);
  const [room] = backend.flow.rooms;
  room?.disconnect();
  await expect
    .element(
      page.getByText('You are offline. Your edits are kept on this device and sent when you are back.'),
    )
    .toBeVisible();
  await page.getByRole('button', { name: 'Add note' }).click();
  await userEvent.keyboard('{Escape}');
  expect(Object.keys(backend.flow.document.nodes)).toHaveLength(3);
  await expect.element(page.getByText('Offline · 1 edit waiting')).toBeVisible();
  await expect.element(page.getByRole('status').getByText('All edits are saved')).not.toBeInTheDocument();
  room?.reconnect();
  await vi.waitFor(() => expect(Object.keys(backend.flow.document.nodes)).toHaveLength(4));
  await expect.element(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect
    .element(page.getByRole('status').getByText('You are back online. All edits are saved.'))
    .toBeInTheDocument();
});

test('where nothing can be kept, being offline asks to keep the page open, and closing it asks again', async () => {
  const backend = new MemoryBackend(sampleFlow());
  backend.flow.kept = false;
  await openEditor(backend);
  const closing = (): boolean => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  const [room] = backend.flow.rooms;
  room?.disconnect();
  await expect.element(page.getByText(/Keep this page open/)).toBeVisible();
  expect(closing()).toBe(true);
  await page.getByRole('button', { name: 'Add note' }).click();
  await userEvent.keyboard('{Escape}');
  await vi.waitFor(() => expect(closing()).toBe(false));
  room?.reconnect();
  await vi.waitFor(() => expect(closing()).toBe(true));
});

test('edits of an earlier page that were refused are told with their reasons until they are dismissed', async () => {
  const backend = new MemoryBackend(sampleFlow());
  await openEditor(backend);
  const [room] = backend.flow.rooms;
  room?.refuseEarlier([
    new UXFlowError('unknown_record', 'There is no node "a"'),
    new UXFlowError('unreadable', 'An edit that was kept on this device can no longer be read'),
  ]);
  const alert = page.getByRole('alert');
  await expect.element(alert.getByText('2 edits that you made earlier could not be saved.')).toBeVisible();
  await expect.element(alert.getByText(/Nov 14, 2023.*has been deleted meanwhile/)).toBeVisible();
  await expect.element(alert.getByText(/can no longer be read/)).toBeVisible();
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect.element(alert).not.toBeInTheDocument();
});

test('an interruption of a moment is not announced, and what was done meanwhile is sent', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const { container } = await openEditor(backend);
  await expect.element(page.getByText('Saved')).toBeVisible();
  const told: string[] = [];
  const watch = new MutationObserver(() => {
    told.push(
      ...[...container.querySelectorAll('.uxf-banner, [data-state="offline"]')].map(
        ({ className }) => className,
      ),
    );
  });
  watch.observe(container, { subtree: true, childList: true, attributes: true });
  const [room] = backend.flow.rooms;
  room?.disconnect();
  await page.getByRole('button', { name: 'Add note' }).click();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByText('Saving')).toBeVisible();
  room?.reconnect();
  await expect.element(page.getByText('Saved')).toBeVisible();
  watch.disconnect();
  expect(told).toEqual([]);
  expect(Object.keys(backend.flow.document.nodes)).toHaveLength(4);
});

test('a page that is made narrow, or wide again, keeps its connection and the steps on the canvas', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const { container, rerender } = await openEditor(backend, { width: 900 });
  await vi.waitFor(() => expect(nodeOn(container, 'Sign up')).not.toBeNull());
  const rooms = [...backend.flow.rooms];
  const node = nodeOn(container, 'Sign up');
  for (const width of [375, 900]) {
    await rerender(<Editor backend={backend} width={width} />);
    await vi.waitFor(() => expect(container.querySelector('.uxf-editor')?.clientWidth).toBe(width));
    expect(nodeOn(container, 'Sign up')).toBe(node);
    expect([...backend.flow.rooms]).toEqual(rooms);
  }
  expect(rooms).toHaveLength(1);
});

test('a room that closes for good stops editing, keeps the picture and can be opened again', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const { container } = await openEditor(backend);
  const [room] = backend.flow.rooms;
  await vi.waitFor(() => expect(nodeOn(container, 'Sign up')).not.toBeNull());
  room?.shut(new ConnectionError('The server went away'));
  await expect.element(page.getByRole('alert').getByText('No connection.')).toBeVisible();
  expect(nodeOn(container, 'Sign up')).not.toBeNull();
  await expect.element(page.getByTestId('undo')).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Reconnect' }).click();
  await expect.element(page.getByTestId('undo')).toBeVisible();
});

test('a refused edit is explained to the user and told to the embedder', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const onError = vi.fn<(error: unknown) => void>();
  await openEditor(backend, { onError });
  const [room] = backend.flow.rooms;
  await expect.element(page.getByTestId('undo')).toBeVisible();
  room?.commit([{ op: 'patch', kind: 'node', id: 'gone', set: { title: 'x' } }]).catch(() => undefined);
  await expect.element(page.getByRole('alert').getByText('Somebody else was faster')).toBeVisible();
  expect(onError).toHaveBeenCalledOnce();
});

test('nothing to undo is said as that, not as an error', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const onError = vi.fn<(error: unknown) => void>();
  await openEditor(backend, { onError });
  await page.getByTestId('undo').click();
  await expect.element(page.getByText('There is nothing of yours to undo.')).toBeVisible();
  expect(onError).not.toHaveBeenCalled();
});

test('in a narrow place the agent is a sheet that opens on demand, and nothing is wider than the editor', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const { container } = await openEditor(backend, { width: 375 });
  await expect.element(page.getByTestId('agent-prompt')).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Open the agent panel' }).click();
  await expect.element(page.getByTestId('agent-prompt')).toBeVisible();
  const editor = container.querySelector('.uxf-editor');
  expect(editor?.scrollWidth).toBe(editor?.clientWidth);
});

test('a part that cannot be loaded, as after a new release of the page, is missing alone and told to the embedder', async () => {
  const gone = new TypeError('Failed to fetch dynamically imported module');
  const Part = lazy(() => Promise.reject(gone));
  const onError = vi.fn<(error: unknown) => void>();
  await render(
    <div>
      <p>The canvas</p>
      <PartBoundary fallback={<PartMissing />} onError={onError}>
        <Suspense fallback={null}>
          <Part />
        </Suspense>
      </PartBoundary>
    </div>,
  );
  await expect.element(page.getByRole('alert')).toBeVisible();
  await expect.element(page.getByText('could not be loaded', { exact: false })).toBeVisible();
  await expect.element(page.getByText('The canvas')).toBeVisible();
  expect(onError).toHaveBeenCalledExactlyOnceWith(gone);
});
