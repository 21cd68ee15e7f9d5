import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { nextTurn, type Turn } from './turn.ts';

export interface LocalModelOptions {
  /** Id that the model reports. */
  modelId?: string;
}

/** Tokens as this model counts them: four characters each. */
const tokens = (text: string): number => Math.ceil(text.length / 4);

function usageOf(options: LanguageModelV4CallOptions, turn: Turn): LanguageModelV4Usage {
  const input = tokens(JSON.stringify(options.prompt));
  const output =
    tokens(turn.text) +
    turn.calls.reduce((sum, call) => sum + tokens(call.name + JSON.stringify(call.input)), 0);
  return {
    inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: output, text: output, reasoning: 0 },
  };
}

/** Ids of tool calls are unique within a conversation and the same in every repetition of it. */
function callId(options: LanguageModelV4CallOptions, at: number): string {
  const answers = options.prompt.filter(({ role }) => role === 'assistant').length;
  return `local-${answers + 1}-${at + 1}`;
}

const FINISHED = { unified: 'tool-calls', raw: 'tool-calls' } as const;

function contentOf(options: LanguageModelV4CallOptions, turn: Turn): LanguageModelV4Content[] {
  const calls = turn.calls.map((call, at): LanguageModelV4Content => ({
    type: 'tool-call',
    toolCallId: callId(options, at),
    toolName: call.name,
    input: JSON.stringify(call.input),
  }));
  return turn.text === '' ? calls : [{ type: 'text', text: turn.text }, ...calls];
}

function partsOf(options: LanguageModelV4CallOptions, turn: Turn): LanguageModelV4StreamPart[] {
  const parts: LanguageModelV4StreamPart[] = [{ type: 'stream-start', warnings: [] }];
  if (turn.text !== '') {
    parts.push({ type: 'text-start', id: 'text' });
    for (const delta of turn.text.split(/(?<= )/)) parts.push({ type: 'text-delta', id: 'text', delta });
    parts.push({ type: 'text-end', id: 'text' });
  }
  for (const [at, call] of turn.calls.entries()) {
    const id = callId(options, at);
    const input = JSON.stringify(call.input);
    parts.push(
      { type: 'tool-input-start', id, toolName: call.name },
      { type: 'tool-input-delta', id, delta: input },
      { type: 'tool-input-end', id },
      { type: 'tool-call', toolCallId: id, toolName: call.name, input },
    );
  }
  parts.push({ type: 'finish', finishReason: FINISHED, usage: usageOf(options, turn) });
  return parts;
}

/**
 * A language model that follows rules instead of understanding language. It reads descriptions of flows and edit
 * commands in English and German and answers with the designer's tools; the same conversation always gets the same
 * answer, and nothing leaves the process.
 */
export function createLocalModel({ modelId = 'local' }: LocalModelOptions = {}): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'uxflow',
    modelId,
    supportedUrls: {},
    doGenerate: async (options) => {
      options.abortSignal?.throwIfAborted();
      const turn = nextTurn(options.prompt);
      return {
        content: contentOf(options, turn),
        finishReason: FINISHED,
        usage: usageOf(options, turn),
        warnings: [],
      };
    },
    doStream: async (options) => {
      options.abortSignal?.throwIfAborted();
      const parts = partsOf(options, nextTurn(options.prompt));
      return {
        stream: new ReadableStream<LanguageModelV4StreamPart>({
          pull(controller) {
            if (options.abortSignal?.aborted) return controller.error(options.abortSignal.reason);
            const part = parts.shift();
            if (part) controller.enqueue(part);
            else controller.close();
          },
        }),
      };
    },
  };
}
