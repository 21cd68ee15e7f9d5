import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { readOpening } from '../../context.ts';
import type { ToolCall } from '../../tools.ts';
import { planEdits } from './edit/index.ts';
import { isEmpty, type Plan, planDrawing } from './plan.ts';
import { say } from './say.ts';
import { detectLanguage } from './text/language.ts';
import { tokenize } from './text/tokens.ts';

/** One answer of the model. */
export interface Turn { text: string; calls: ToolCall[] }

/** Calls of one answer; few enough that people can follow, many enough that a run stays short. */
const CALLS_PER_ANSWER = 24;

interface Progress { answers: number; refused: number; issues: Issue[] | null }
interface Issue { rule: string; severity: string; message: string }

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the conversation shows to be done already. */
function progressOf(prompt: LanguageModelV4Prompt): Progress {
  const progress: Progress = { answers: 0, refused: 0, issues: null };
  for (const message of prompt) {
    if (message.role === 'assistant' && message.content.some(({ type }) => type === 'tool-call')) progress.answers++;
    if (message.role !== 'tool') continue;
    for (const part of message.content) {
      if (part.type !== 'tool-result' || part.output.type !== 'json' && part.output.type !== 'error-json') continue;
      const value: unknown = part.output.value;
      if (!isRecord(value)) continue;
      if (value['ok'] === false) progress.refused++;
      else if (part.toolName === 'lint_flow' && Array.isArray(value['issues'])) {
        progress.issues = value['issues'].filter(isRecord).map((issue) => ({
          rule: String(issue['rule']), severity: String(issue['severity']), message: String(issue['message']),
        }));
      }
    }
  }
  return progress;
}

/** The next answer. It follows from the conversation alone: the model keeps nothing between calls. */
export function nextTurn(prompt: LanguageModelV4Prompt): Turn {
  const opening = readOpening(prompt);
  if (!opening) {
    const words = say('en');
    return { text: words.nothing, calls: [{ name: 'finish', input: { summary: words.nothing } }] };
  }
  const { flow, request } = opening;
  const words = say(detectLanguage(tokenize(request)));
  const plan: Plan = isEmpty(flow) ? planDrawing(flow, request) : planEdits(flow, request) ?? planDrawing(flow, request);
  const progress = progressOf(prompt);
  const batches = Math.ceil(plan.calls.length / CALLS_PER_ANSWER);
  if (progress.answers < batches) {
    const from = progress.answers * CALLS_PER_ANSWER;
    return { text: progress.answers === 0 ? plan.intro : '', calls: plan.calls.slice(from, from + CALLS_PER_ANSWER) };
  }
  if (plan.lint && progress.answers === batches) return { text: '', calls: [{ name: 'lint_flow', input: {} }] };
  const serious = progress.issues?.filter(({ severity }) => severity !== 'info').length ?? 0;
  const summary = plan.summary + (progress.refused > 0 ? words.refused(progress.refused) : '') + words.issues(serious);
  return { text: '', calls: [{ name: 'finish', input: { summary, ...(plan.unused.length > 0 && { unused: plan.unused }) } }] };
}
