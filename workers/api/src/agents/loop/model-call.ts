import {
  APICallError,
  type LanguageModelV4,
  type LanguageModelV4FinishReason,
  type LanguageModelV4FunctionTool,
  type LanguageModelV4Prompt,
  type LanguageModelV4StreamPart,
  type LanguageModelV4Usage,
  type SharedV4ProviderMetadata,
} from '@ai-sdk/provider';
import { RUN_LIMITS } from '../limits.ts';
import { cancelled, RunFault } from './faults.ts';
import type { CallSettings, Clock } from './ports.ts';

/** A piece of a model's answer. Provider metadata (thought signatures) must go back with the next call unchanged. */
export type AnswerPart =
  | { type: 'text' | 'reasoning'; text: string; metadata?: SharedV4ProviderMetadata }
  | { type: 'call'; id: string; name: string; input: string; metadata?: SharedV4ProviderMetadata };

export interface Answer {
  parts: AnswerPart[];
  finish: LanguageModelV4FinishReason;
  usage: LanguageModelV4Usage;
}

export interface ModelCall {
  model: LanguageModelV4;
  prompt: LanguageModelV4Prompt;
  tools: LanguageModelV4FunctionTool[];
  settings: CallSettings;
  maxOutputTokens: number;
  idleMs: number;
  /** Milliseconds since the epoch. */
  deadline: number;
  clock: Clock;
  signal: AbortSignal;
  /** Every part as it arrives. */
  onPart(part: LanguageModelV4StreamPart): void;
}

/**
 * One answer of the model, complete or not at all: a call that is busy or unreachable is repeated with growing pauses
 * (at least the provider's `Retry-After`) while the deadline allows; once parts have arrived it is not.
 * @throws RunFault
 */
export async function callModel(call: ModelCall): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const abort = new AbortController();
    const forward = () => abort.abort();
    call.signal.addEventListener('abort', forward);
    try {
      const stream = await open(call, abort.signal);
      return await collect(call, stream);
    } catch (thrown) {
      if (thrown instanceof RunFault) throw thrown;
      const delay = retryDelay(thrown, attempt);
      if (delay === null || attempt >= RUN_LIMITS.attempts || call.clock.now() + delay >= call.deadline) {
        throw openingFault(thrown);
      }
      await call.clock.sleep(delay, call.signal);
    } finally {
      // Also ends a request that we have stopped waiting for.
      abort.abort();
      call.signal.removeEventListener('abort', forward);
    }
  }
}

async function open(
  call: ModelCall,
  abortSignal: AbortSignal,
): Promise<ReadableStream<LanguageModelV4StreamPart>> {
  const { model, prompt, tools, settings, maxOutputTokens } = call;
  const started = model.doStream({
    ...settings,
    prompt,
    tools,
    maxOutputTokens,
    abortSignal,
    toolChoice: { type: 'auto' },
  });
  const { stream } = await wait(call, Promise.resolve(started));
  return stream;
}

/** Waits for the model, but not longer than idle time and deadline allow, and not after a cancellation. */
async function wait<T>(call: ModelCall, work: Promise<T>): Promise<T> {
  const left = call.deadline - call.clock.now();
  const budget = Math.min(call.idleMs, left);
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  if (call.signal.aborted) throw cancelled();
  call.signal.addEventListener('abort', onAbort);
  try {
    const timeout = call.clock.sleep(Math.max(0, budget), stop.signal).then(() => {
      if (call.signal.aborted) throw cancelled();
      if (left <= call.idleMs) throw pastDeadline();
      throw new RunFault(
        'model_timeout',
        `The model sent nothing for ${Math.round(call.idleMs / 1000)} seconds and was stopped. Please try again.`,
      );
    });
    return await Promise.race([work, timeout]);
  } finally {
    call.signal.removeEventListener('abort', onAbort);
    stop.abort();
  }
}

export function pastDeadline(): RunFault {
  return new RunFault(
    'deadline_exceeded',
    'The run took longer than it may and was stopped. Try a smaller request.',
  );
}

async function collect(call: ModelCall, stream: ReadableStream<LanguageModelV4StreamPart>): Promise<Answer> {
  const parts: AnswerPart[] = [];
  const open = new Map<string, AnswerPart & { type: 'text' | 'reasoning' }>();
  const reader = stream.getReader();
  let finished: Pick<Answer, 'finish' | 'usage'> | undefined;
  try {
    for (;;) {
      const { done, value: part } = await wait(call, reader.read());
      if (done) break;
      call.onPart(part);
      if (part.type === 'error') {
        throw new RunFault(
          'model_error',
          'The model reported an error in the middle of its answer. Please try again.',
          part.error,
        );
      } else if (part.type === 'finish') {
        finished = { finish: part.finishReason, usage: part.usage };
      } else if (part.type === 'tool-call' && part.providerExecuted !== true) {
        parts.push({
          type: 'call',
          id: part.toolCallId,
          name: part.toolName,
          input: part.input,
          ...meta(part),
        });
      } else if (part.type === 'text-start' || part.type === 'reasoning-start') {
        const block = {
          type: part.type === 'text-start' ? ('text' as const) : ('reasoning' as const),
          text: '',
          ...meta(part),
        };
        open.set(`${block.type} ${part.id}`, block);
        parts.push(block);
      } else if (part.type === 'text-delta' || part.type === 'reasoning-delta') {
        const block = open.get(`${part.type === 'text-delta' ? 'text' : 'reasoning'} ${part.id}`);
        if (block) Object.assign(block, { text: block.text + part.delta }, meta(part));
      }
    }
  } catch (thrown) {
    if (thrown instanceof RunFault) throw thrown;
    throw new RunFault(
      'model_interrupted',
      'The connection to the model broke off in the middle of its answer. Please try again.',
      thrown,
    );
  } finally {
    // Not awaited: a model that hangs may never answer this either.
    reader.cancel().catch(() => undefined);
  }
  if (!finished) throw interrupted();
  return { parts, ...finished };
}

function interrupted(): RunFault {
  return new RunFault(
    'model_interrupted',
    "The model's answer ended before it was complete. Please try again.",
  );
}

function meta(part: { providerMetadata?: SharedV4ProviderMetadata }): {
  metadata?: SharedV4ProviderMetadata;
} {
  return part.providerMetadata ? { metadata: part.providerMetadata } : {};
}

/** Milliseconds to wait before the next attempt, or null when another attempt cannot help. */
function retryDelay(thrown: unknown, attempt: number): number | null {
  if (APICallError.isInstance(thrown) && !thrown.isRetryable) return null;
  const backoff = 500 * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
  const headers = APICallError.isInstance(thrown) ? thrown.responseHeaders : undefined;
  return Math.max(backoff, retryAfter(headers?.['retry-after']));
}

function retryAfter(header: string | undefined): number {
  if (header === undefined) return 0;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - Date.now());
}

function openingFault(thrown: unknown): RunFault {
  const status = APICallError.isInstance(thrown) ? thrown.statusCode : undefined;
  if (status === 429)
    return new RunFault(
      'model_busy',
      'The model is busy: its provider refuses more requests right now. Try again in a minute.',
      thrown,
    );
  if (status !== undefined && status < 500) {
    return new RunFault(
      'model_unavailable',
      `The model's provider refused the request (HTTP ${status}). Try another model, or tell us.`,
      thrown,
    );
  }
  const what = status === undefined ? 'cannot be reached' : `answers with an error (HTTP ${status})`;
  return new RunFault(
    'model_unavailable',
    `The model's provider ${what}. Try again later, or use another model.`,
    thrown,
  );
}

/** A finish reason that means the answer is not to be used, as a fault; null for a usable one. */
export function finishFault({ finish, parts }: Answer): RunFault | null {
  switch (finish.unified) {
    case 'stop':
    case 'tool-calls':
      return null;
    case 'content-filter':
      return new RunFault(
        'model_filtered',
        "The model's safety filter stopped the answer. Put the request in other words.",
      );
    case 'interrupted':
      return interrupted();
    case 'length':
      // Calls that arrived are whole; the next step goes on where this one ended.
      return parts.some((part) => part.type === 'call')
        ? null
        : new RunFault(
            'model_truncated',
            "The model's answer became too long and was cut off. Try a smaller request.",
          );
    case 'error':
    case 'other':
      return new RunFault('model_error', 'The model gave up in the middle of its answer. Please try again.');
  }
}
