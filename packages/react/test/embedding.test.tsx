import { UXFlowError } from '@uxflow/sdk';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { FlowEditor, UXFlowProvider } from '../src/index.ts';
import { MemoryBackend } from './memory-backend.ts';
import { Editor, nodeOn, sampleFlow } from './setup.tsx';

test('on a server it renders the outline of an editor, with the embedder’s classes and theme', () => {
  const html = renderToString(
    <UXFlowProvider authEndpoint="https://acme.example/token" theme="dark" className="acme">
      <FlowEditor flowId="flw_1" className="mine" />
    </UXFlowProvider>,
  );
  expect(html).toContain('class="uxf-root uxf-editor acme mine" data-uxf-theme="dark"');
  expect(html).toContain('Opening the flow');
});

test('in strict mode, which mounts twice, one connection stays open and a run is followed once', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const { container, unmount } = await render(
    <StrictMode>
      <Editor backend={backend} />
    </StrictMode>,
  );
  await vi.waitFor(() => expect(nodeOn(container, 'Sign up')).not.toBeNull());
  expect(backend.flow.rooms.size).toBe(1);
  await page.getByTestId('agent-prompt').fill('Draw');
  await page.getByTestId('agent-send').click();
  await vi.waitFor(() => expect(backend.runs.size).toBe(1));
  backend.agentCalls('run_1', 'add_node', { id: 'a', title: 'A' });
  await vi.waitFor(() => expect(container.querySelectorAll('.uxf-step')).toHaveLength(1));
  await unmount();
  expect(backend.flow.rooms.size).toBe(0);
});

test('a part used outside a provider says what is missing', () => {
  const silence = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(() => renderToString(<FlowEditor flowId="flw_1" />)).toThrow('Wrap this in <UXFlowProvider>');
  silence.mockRestore();
});

test('another flow id opens the other flow from scratch', async () => {
  const backend = new MemoryBackend(sampleFlow());
  const { container, rerender } = await render(<Editor backend={backend} />);
  await vi.waitFor(() => expect(nodeOn(container, 'Sign up')).not.toBeNull());
  backend.refuseRoom = new UXFlowError('not_found', 'Not found');
  await rerender(<Editor backend={backend} flowId="flw_2" />);
  await expect.element(page.getByText('This flow is not here')).toBeVisible();
  expect(nodeOn(container, 'Sign up')).toBeNull();
});

test('nothing outside the editor is restyled', async () => {
  const outside = document.createElement('div');
  outside.innerHTML = '<button>Theirs</button><h2>Theirs</h2><ul><li>Theirs</li></ul>';
  document.body.append(outside);
  const styles = (): string[] =>
    [...outside.querySelectorAll('*')].map((element) => {
      const { padding, margin, listStyleType, backgroundColor, font, colorScheme } =
        getComputedStyle(element);
      return [padding, margin, listStyleType, backgroundColor, font, colorScheme].join();
    });
  const sheets = [...document.styleSheets].filter(({ ownerNode }) =>
    ownerNode?.textContent?.includes('uxf-'),
  );
  expect(sheets.length).toBeGreaterThan(0);
  const styled = styles();
  for (const sheet of sheets) sheet.disabled = true;
  const plain = styles();
  for (const sheet of sheets) sheet.disabled = false;
  outside.remove();
  expect(styled).toEqual(plain);
});
