import type { Run, RunEvent } from '@uxflow/sdk';
import { describeCall, fieldsOf, type AgentStep } from './steps.ts';

/** One run as the agent panel shows it. */
export interface RunView {
  /** The run's id; a made-up one until the server has admitted it. */
  id: string;
  prompt: string;
  /** As the server tells it; null while the request is on its way, and when it was refused. */
  run: Run | null;
  steps: readonly AgentStep[];
  /** What the agent says to the user. */
  reply: string;
  /** Sentences of the prompt that the agent could not use. */
  unused: readonly string[];
  /** Why it was refused or lost, when there is no run that says so itself. */
  failure: unknown;
  /** `unread`: a run of before whose steps nobody has asked for yet. */
  events: 'unread' | 'reading' | 'read';
  /** While it works: what it would cost if it ended now, in micro-credits, as far as it has been told. */
  cost: number | null;
  /** While it works: edits it has planned but not made yet. */
  planned: number;
  /** How many steps stood when the agent's current turn began. */
  turnStart: number;
  /** Titles that the run itself gave, by node id. */
  titles: Readonly<Record<string, string>>;
}

export const ENDED: readonly Run['status'][] = ['succeeded', 'failed', 'cancelled'];

export function isActive(view: RunView): boolean {
  return view.failure === null && (view.run === null || !ENDED.includes(view.run.status));
}

export function newView(id: string, prompt: string, run: Run | null): RunView {
  return {
    id,
    prompt,
    run,
    steps: [],
    reply: run?.reply ?? '',
    unused: [],
    failure: null,
    titles: {},
    cost: null,
    planned: 0,
    turnStart: 0,
    events: run === null ? 'reading' : 'unread',
  };
}

/** The run as the server now tells it; never back from an end to before it, as late answers would have it. */
export function withRun(view: RunView, run: Run): RunView {
  if (view.run && ENDED.includes(view.run.status) && !ENDED.includes(run.status)) return view;
  return { ...view, id: run.id, run, reply: run.reply ?? view.reply };
}

/**
 * The view after one more event of the run's stream.
 * @param titleOf titles of the nodes of the flow as it stands
 */
export function withEvent(
  before: RunView,
  event: RunEvent,
  titleOf: (id: string) => string | undefined,
): RunView {
  // What sends events is running, whatever was told last.
  const view =
    before.run?.status === 'queued'
      ? { ...before, run: { ...before.run, status: 'running' as const } }
      : before;
  switch (event.type) {
    case 'start-step':
      return { ...view, turnStart: view.steps.length, planned: 0 };
    case 'reset-step':
      return { ...view, steps: view.steps.slice(0, view.turnStart), planned: 0 };
    case 'text-start':
      // Each text replaces the one before: the last one is the answer.
      return { ...view, reply: '' };
    case 'text-delta':
      return { ...view, reply: view.reply + event.delta };
    case 'data-run':
      // An end counts only with the settled run, which says what it cost.
      if (!view.run || ENDED.includes(event.data.status)) return view;
      return withRun(view, { ...view.run, status: event.data.status });
    case 'data-cost':
      return { ...view, cost: event.data.cost };
    case 'data-progress':
      return { ...view, planned: event.data.planned };
    case 'tool-input-available':
      return withCall(view, event, titleOf);
    case 'tool-output-available':
      return withAnswer(view, event.toolCallId, event.output);
    case 'tool-output-error':
      // The flow refused the step: nothing happened, and the agent mends it itself.
      return { ...view, steps: view.steps.filter(({ id }) => id !== event.toolCallId) };
    default:
      return view;
  }
}

function withCall(
  view: RunView,
  call: Extract<RunEvent, { type: 'tool-input-available' }>,
  titleOf: (id: string) => string | undefined,
): RunView {
  const input = fieldsOf(call.input);
  if (call.toolName === 'finish') {
    const summary = input['summary'];
    const unused = input['unused'];
    return {
      ...view,
      reply: typeof summary === 'string' ? summary : view.reply,
      unused: Array.isArray(unused) ? unused.filter((sentence) => typeof sentence === 'string') : view.unused,
    };
  }
  const titles =
    typeof input['id'] === 'string' && typeof input['title'] === 'string'
      ? { ...view.titles, [input['id']]: input['title'] }
      : view.titles;
  const said = describeCall(call.toolName, call.input, (id) => view.titles[id] ?? titleOf(id));
  if (!said) return { ...view, titles };
  return { ...view, titles, steps: [...view.steps, { ...said, id: call.toolCallId, pending: true }] };
}

function withAnswer(view: RunView, callId: string, output: unknown): RunView {
  const answer = fieldsOf(output);
  let titles = view.titles;
  const steps = view.steps.map((step) => {
    if (step.id !== callId) return step;
    // The flow gives another id when the asked one was taken.
    const realId = answer['id'];
    const asked = step.nodeIds[0];
    if (step.kind === 'add' && typeof realId === 'string' && asked !== undefined && realId !== asked) {
      titles = { ...titles, [realId]: titles[asked] ?? realId };
      return { ...step, pending: false, nodeIds: [realId] };
    }
    return { ...step, pending: false };
  });
  return { ...view, steps, titles };
}
