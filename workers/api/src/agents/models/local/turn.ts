import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { readOpening } from '../../context.ts';
import type { FlowListing, ToolCall } from '../../tools.ts';
import { type Issue, mendingSummary, planMending } from './edit/mend.ts';
import { planRequest } from './edit/request.ts';
import { say } from './say.ts';
import { detectLanguage } from './text/language.ts';
import { tokenize } from './text/tokens.ts';

/** One answer of the model. */
export interface Turn {
  text: string;
  calls: ToolCall[];
}

/** Calls of one answer; few enough that people can follow, many enough that a run stays short. */
const CALLS_PER_ANSWER = 24;

interface Progress {
  answers: number;
  refused: number;
  listing: FlowListing | null;
  lints: Issue[][];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/** What the conversation shows to be done already. */
function progressOf(prompt: LanguageModelV4Prompt): Progress {
  const progress: Progress = { answers: 0, refused: 0, listing: null, lints: [] };
  for (const message of prompt) {
    if (message.role === 'assistant' && message.content.some(({ type }) => type === 'tool-call'))
      progress.answers++;
    if (message.role !== 'tool') continue;
    for (const part of message.content) {
      if (part.type !== 'tool-result' || (part.output.type !== 'json' && part.output.type !== 'error-json'))
        continue;
      const value: unknown = part.output.value;
      if (!isRecord(value)) continue;
      if (value['ok'] === false) progress.refused++;
      else if (part.toolName === 'read_flow') progress.listing ??= value as unknown as FlowListing;
      else if (part.toolName === 'lint_flow' && Array.isArray(value['issues'])) {
        progress.lints.push(
          value['issues'].filter(isRecord).map((issue) => ({
            rule: String(issue['rule']),
            severity: String(issue['severity']),
            message: String(issue['message']),
            nodes: strings(issue['nodes']),
            edges: strings(issue['edges']),
          })),
        );
      }
    }
  }
  return progress;
}

const batches = (calls: readonly ToolCall[]): ToolCall[][] =>
  Array.from({ length: Math.ceil(calls.length / CALLS_PER_ANSWER) }, (_, at) =>
    calls.slice(at * CALLS_PER_ANSWER, (at + 1) * CALLS_PER_ANSWER),
  );

/** Requests whose plan is remembered: the same run asks again and again, and planning a long text takes a while. */
const REMEMBERED = 4;
const plans = new Map<string, ReturnType<typeof planRequest>>();

/** The plan follows from the flow and the request alone, so remembering it changes no answer. */
function planOnce(flow: FlowListing, request: string): ReturnType<typeof planRequest> {
  const key = JSON.stringify([request, flow]);
  const plan = plans.get(key) ?? planRequest(flow, request);
  plans.delete(key);
  plans.set(key, plan);
  for (const oldest of plans.keys()) if (plans.size > REMEMBERED) plans.delete(oldest);
  return plan;
}

/** The next answer. It follows from the conversation alone: the model keeps nothing between calls. */
export function nextTurn(prompt: LanguageModelV4Prompt): Turn {
  const opening = readOpening(prompt);
  if (!opening) {
    const words = say('en');
    return { text: words.nothing, calls: [{ name: 'finish', input: { summary: words.nothing } }] };
  }
  const { flow, request } = opening;
  const plan = planOnce(flow, request);
  const language = plan.language ?? detectLanguage(tokenize(request));
  const words = say(language);
  const { answers, refused, listing, lints } = progressOf(prompt);
  const steps = batches(plan.calls);
  let { summary } = plan;
  let rest = lints.at(-1) ?? [];
  if (plan.fix) {
    steps.push([
      { name: 'read_flow', input: {} },
      { name: 'lint_flow', input: {} },
    ]);
    const mending = planMending(listing ?? flow, lints[0] ?? [], language);
    steps.push(...batches(mending.calls));
    if (mending.calls.length > 0) steps.push([{ name: 'lint_flow', input: {} }]);
    summary = mendingSummary(
      summary,
      mending.calls.length,
      rest.map(({ message }) => message),
      language,
    );
    rest = [];
  } else if (plan.lint) steps.push([{ name: 'lint_flow', input: {} }]);
  const step = steps[answers];
  if (step) return { text: answers === 0 ? plan.intro : '', calls: step };
  const serious = rest.filter(({ severity }) => severity !== 'info').length;
  summary += (refused > 0 ? words.refused(refused) : '') + words.issues(serious);
  return {
    text: '',
    calls: [{ name: 'finish', input: { summary, ...(plan.unused.length > 0 && { unused: plan.unused }) } }],
  };
}
