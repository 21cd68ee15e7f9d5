import type { Run, RunEvent } from '@uxflow/sdk';
import { expect, test } from 'vitest';
import { isActive, newView, withEvent, withRun, type RunView } from './run-view.ts';

const RUN: Run = {
  id: 'run_1',
  flowId: 'flw_1',
  agent: 'designer',
  model: 'local',
  mode: 'apply',
  prompt: 'Draw',
  status: 'running',
  quote: 2_000_000,
  cost: 0,
  items: [],
  commitIds: [],
  createdAt: '2026-11-22T10:00:00.000Z',
};

function told(events: RunEvent[], titles: Record<string, string> = {}): RunView {
  return events.reduce(
    (view, event) => withEvent(view, event, (id) => titles[id]),
    newView('run_1', 'Draw', RUN),
  );
}
const call = (toolCallId: string, toolName: string, input: unknown): RunEvent => ({
  type: 'tool-input-available',
  toolCallId,
  toolName,
  input,
});
const done = (toolCallId: string, output: unknown = { ok: true }): RunEvent => ({
  type: 'tool-output-available',
  toolCallId,
  output,
});

test('each tool call becomes a sentence that names steps by their titles', () => {
  const view = told(
    [
      call('1', 'add_node', { id: 'a', type: 'screen', title: 'Enter e-mail' }),
      done('1'),
      call('2', 'add_node', { id: 'b', type: 'decision', title: 'Valid?', after: 'a' }),
      done('2'),
      call('3', 'connect', { source: 'b', target: 'old', label: 'No' }),
      done('3'),
      call('4', 'update_node', { id: 'old', title: 'Sign-in' }),
      done('4'),
      call('5', 'read_flow', {}),
      done('5'),
      call('6', 'a_tool_of_tomorrow', {}),
      done('6'),
    ],
    { old: 'Log-in' },
  );
  expect(view.steps.map(({ text }) => text)).toEqual([
    'Added “Enter e-mail”',
    'Added “Valid?” after “Enter e-mail”',
    'Connected “Valid?” to “Log-in”, if “No”',
    'Renamed “Log-in” to “Sign-in”',
    'Read the flow',
  ]);
  expect(view.steps.every(({ pending }) => !pending)).toBe(true);
});

test('a step that the flow refused is not shown as done', () => {
  const view = told([
    call('1', 'add_node', { id: 'a', title: 'A' }),
    { type: 'tool-output-error', toolCallId: '1', errorText: 'No' },
  ]);
  expect(view.steps).toEqual([]);
});

test('a step points at the id that the flow gave, which may differ from the one the agent asked for', () => {
  const view = told([
    call('1', 'add_node', { id: 'code', title: 'Enter code' }),
    done('1', { ok: true, id: 'code-2' }),
    call('2', 'remove_node', { id: 'code-2' }),
  ]);
  expect(view.steps[0]?.nodeIds).toEqual(['code-2']);
  expect(view.steps[1]?.text).toBe('Removed “Enter code”');
});

test('a turn that is begun anew takes back what it had shown, and nothing of the turns before', () => {
  const view = told([
    { type: 'start-step' },
    call('1', 'add_node', { id: 'a', title: 'A' }),
    done('1'),
    { type: 'start-step' },
    call('2', 'add_node', { id: 'b', title: 'B' }),
    { type: 'reset-step' },
    call('3', 'add_node', { id: 'b', title: 'B' }),
    done('3'),
  ]);
  expect(view.steps.map(({ id }) => id)).toEqual(['1', '3']);
});

test('the answer is the last text; the sentences that were not used come with the end', () => {
  const view = told([
    { type: 'text-start', id: 't' },
    { type: 'text-delta', id: 't', delta: 'I will draw.' },
    call('1', 'finish', { summary: 'Drew it.', unused: ['Legal reviews it.', 7] }),
    done('1'),
    { type: 'text-start', id: 'reply' },
    { type: 'text-delta', id: 'reply', delta: 'Drew ' },
    { type: 'text-delta', id: 'reply', delta: 'it.' },
  ]);
  expect(view.reply).toBe('Drew it.');
  expect(view.unused).toEqual(['Legal reviews it.']);
  expect(view.steps).toEqual([]);
});

test('input of any shape is survived: it comes from a model', () => {
  for (const input of [null, 7, 'x', [], { title: 3, id: {} }, { source: null }]) {
    for (const tool of [
      'add_node',
      'connect',
      'update_node',
      'remove_node',
      'finish',
      'set_flow_name',
      'move_to_frame',
    ]) {
      expect(() => told([call('1', tool, input), done('1', input)])).not.toThrow();
    }
  }
});

test('a late answer never reopens a run that has ended', () => {
  const ended = withRun(newView('run_1', 'Draw', RUN), { ...RUN, status: 'succeeded', cost: 5 });
  expect(withRun(ended, RUN).run?.status).toBe('succeeded');
  expect(isActive(ended)).toBe(false);
});

test('a run that has left the queue is shown as running; its end counts only once it is settled', () => {
  const status = (to: 'running' | 'succeeded'): RunEvent => ({
    type: 'data-run',
    id: 'run',
    data: { id: 'run_1', status: to, cost: 0, quote: 1 },
  });
  const queued = newView('run_1', 'Draw', { ...RUN, status: 'queued' });
  const running = withEvent(queued, status('running'), () => undefined);
  expect(running.run?.status).toBe('running');
  expect(withEvent(running, status('succeeded'), () => undefined).run?.status).toBe('running');
});
