import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import { emptyDocument, type FlowDocument } from '@uxflow/flow';
import type { UIMessageChunk } from 'ai';
import { MemoryDocument, MemoryJournal } from './memory.ts';
import type { DesignerInput } from './ports.ts';
import { systemClock } from './ports.ts';

export type ScriptedCall = [name: string, input: unknown];

export interface ScriptedAnswer {
  text?: string;
  calls?: ScriptedCall[];
  finish?: 'stop' | 'tool-calls' | 'length' | 'content-filter' | 'error' | 'interrupted' | 'other';
  raw?: string;
  usage?: { input: number; cached?: number; output: number };
  /** Sent before the finish part. */
  before?: LanguageModelV4StreamPart[];
  /** No finish part. */
  endless?: boolean;
}

let callNumber = 0;

export function answerParts(answer: ScriptedAnswer): LanguageModelV4StreamPart[] {
  const { text, calls = [], usage = { input: 1000, output: 100 }, before = [] } = answer;
  const parts: LanguageModelV4StreamPart[] = [{ type: 'stream-start', warnings: [] }];
  if (text !== undefined) {
    parts.push({ type: 'text-start', id: '0' });
    for (const word of text.split(/(?<= )/)) parts.push({ type: 'text-delta', id: '0', delta: word });
    parts.push({ type: 'text-end', id: '0' });
  }
  for (const [toolName, input] of calls) {
    callNumber += 1;
    parts.push({
      type: 'tool-call',
      toolCallId: `call_${callNumber}`,
      toolName,
      input: typeof input === 'string' ? input : JSON.stringify(input),
    });
  }
  parts.push(...before);
  if (answer.endless) return parts;
  parts.push({
    type: 'finish',
    finishReason: { unified: answer.finish ?? (calls.length > 0 ? 'tool-calls' : 'stop'), raw: answer.raw },
    usage: {
      inputTokens: { total: usage.input, noCache: undefined, cacheRead: usage.cached, cacheWrite: undefined },
      outputTokens: { total: usage.output, text: undefined, reasoning: undefined },
    },
  });
  return parts;
}

export function streamOf(parts: LanguageModelV4StreamPart[]): ReadableStream<LanguageModelV4StreamPart> {
  return new ReadableStream({
    start: (controller) => {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
}

export type Script = (
  | ScriptedAnswer
  | Error
  | ((options: LanguageModelV4CallOptions) => ReadableStream<LanguageModelV4StreamPart>)
)[];

export interface ScriptedModel extends LanguageModelV4 {
  /** What it was asked, oldest first. */
  doStreamCalls: LanguageModelV4CallOptions[];
}

/**
 * A model that answers as told, call by call; past the end of the script it repeats the last entry. (The double that
 * the AI SDK ships cannot be loaded inside workerd.)
 */
export function scriptedModel(script: Script): ScriptedModel {
  const doStreamCalls: LanguageModelV4CallOptions[] = [];
  return {
    specificationVersion: 'v4',
    provider: 'scripted',
    modelId: 'scripted',
    supportedUrls: {},
    doStreamCalls,
    doGenerate: () => Promise.reject(new Error('the loop streams')),
    doStream: async (options) => {
      const entry = script[Math.min(doStreamCalls.push(options), script.length) - 1];
      if (entry === undefined) throw new Error('empty script');
      if (entry instanceof Error) throw entry;
      return { stream: typeof entry === 'function' ? entry(options) : streamOf(answerParts(entry)) };
    },
  };
}

/** A promise and the function that fulfils it. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Input of a run on an empty flow, with a clock on which pauses take no time. */
export function designerInput(
  model: DesignerInput['model'],
  change: Partial<DesignerInput> = {},
  document?: FlowDocument,
) {
  const flow = new MemoryDocument(document ?? emptyDocument('Untitled'));
  const journal = new MemoryJournal();
  const parts: UIMessageChunk[] = [];
  const naps: number[] = [];
  const input: DesignerInput = {
    runId: 'run_1',
    prompt: 'A visitor signs up.',
    model,
    modelId: 'gemini-2.5-flash',
    limits: {
      maxSteps: 8,
      deadlineMs: 60_000,
      idleMs: 60_000,
      maxOutputTokens: 8_000,
      paceMs: 0,
      planned: { steps: 4, outputTokens: 4_000, resultTokens: 1_000 },
    },
    deadline: Date.now() + 60_000,
    document: flow,
    journal,
    clock: {
      now: systemClock.now,
      // Long waits (idle and deadline) stay real, so that they do not come true; pauses between attempts are skipped.
      sleep: (ms, signal) => {
        if (ms > 50_000) return systemClock.sleep(ms, signal);
        naps.push(ms);
        return Promise.resolve();
      },
    },
    signal: new AbortController().signal,
    onPart: (part) => parts.push(part),
    ...change,
  };
  return { input, flow, journal, parts, naps };
}

export const BUILD: ScriptedCall[] = [
  ['set_flow_name', { name: 'Sign-up' }],
  ['add_node', { id: 'start', type: 'start', title: 'Start' }],
  ['add_node', { id: 'form', type: 'screen', title: 'Sign-up form', after: 'start' }],
  ['add_node', { id: 'valid', type: 'decision', title: 'Is it valid?', after: 'form', trigger: 'submit' }],
  ['add_node', { id: 'done', type: 'end', title: 'Signed up', after: 'valid', label: 'Yes' }],
  ['connect', { source: 'valid', target: 'form', label: 'No', trigger: 'error' }],
];
export const FINISH: ScriptedCall = [
  'finish',
  { summary: 'Drew the sign-up.', unused: ['It should be nice.'] },
];
