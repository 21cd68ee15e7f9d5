import { applyOps, emptyDocument, type FlowDocument, type Op } from '@uxflow/flow';
import type { Actor, Permission } from '@uxflow/flow/sync';
import type { ReactElement } from 'react';
import { render, type RenderResult } from 'vitest-browser-react';
import { FlowEditor, UXFlowProvider, type FlowEditorProps } from '../src/index.ts';
import '../src/styles.css';
import { FLOW_ID, MemoryBackend, MIA } from './memory-backend.ts';

/** Start → Sign up → Done, far enough apart to click each. */
export function sampleFlow(): FlowDocument {
  const node = (id: string, type: 'start' | 'screen' | 'end', title: string, y: number): Op => ({
    op: 'put',
    kind: 'node',
    value: { id, type, title, position: { x: 0, y } },
  });
  const edge = (id: string, source: string, target: string): Op => ({
    op: 'put',
    kind: 'edge',
    value: { id, source, target, trigger: 'click' },
  });
  return applyOps(emptyDocument('Sign-up'), [
    node('start', 'start', 'Start', 0),
    node('form', 'screen', 'Sign up', 140),
    node('done', 'end', 'Done', 380),
    edge('e1', 'start', 'form'),
    edge('e2', 'form', 'done'),
  ]).document;
}

export function Editor({
  backend,
  actor = MIA,
  permission = 'edit',
  width = 900,
  ...props
}: {
  backend: MemoryBackend;
  actor?: Actor;
  permission?: Permission;
  width?: number;
} & Partial<FlowEditorProps>): ReactElement {
  return (
    <UXFlowProvider client={clientOf(backend, actor, permission)} theme="light">
      <div data-testid={`editor-${actor.id}`} style={{ width, height: 600 }}>
        <FlowEditor flowId={FLOW_ID} {...props} />
      </div>
    </UXFlowProvider>
  );
}

const clients = new WeakMap<MemoryBackend, Map<string, ReturnType<MemoryBackend['client']>>>();

/** One client for each person, however often the page renders. */
function clientOf(
  backend: MemoryBackend,
  actor: Actor,
  permission: Permission,
): ReturnType<MemoryBackend['client']> {
  const known = clients.get(backend) ?? new Map();
  clients.set(backend, known);
  const client = known.get(actor.id) ?? backend.client(actor, permission);
  known.set(actor.id, client);
  return client;
}

export async function openEditor(
  backend: MemoryBackend,
  props: Omit<Parameters<typeof Editor>[0], 'backend'> = {},
): Promise<RenderResult> {
  return render(<Editor backend={backend} {...props} />);
}

/** The node on the canvas with this title. */
export function nodeOn(container: Element, title: string): HTMLElement | null {
  for (const element of container.querySelectorAll<HTMLElement>('.react-flow__node-step')) {
    if (element.querySelector('.uxf-title')?.textContent === title) return element;
  }
  return null;
}
