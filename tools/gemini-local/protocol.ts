/** The part of the Gemini wire protocol that agents use, as pure functions. */

export interface GeminiCall {
  name: string;
  args?: Record<string, unknown>;
  id?: string;
  thoughtSignature?: string;
}

export interface GeminiUsage {
  prompt: number;
  cached?: number;
  output: number;
  thoughts?: number;
}

/** How the server shall answer one request. */
export type Behaviour =
  /** A whole answer: each text and each call is a chunk of its own, the last one bears finish reason and usage. */
  | ({ kind: 'answer' } & Answer)
  /** An HTTP error, with `Retry-After` in seconds. */
  | { kind: 'status'; status: number; retryAfter?: number }
  /** Accepts the request and sends nothing until the client goes away. */
  | { kind: 'hang' }
  /** Sends these chunks and then nothing more. */
  | ({ kind: 'stall' } & Answer)
  /** Destroys the connection before any byte of an answer. */
  | { kind: 'reset' }
  /** Sends the chunks without the last one, then destroys the connection. */
  | ({ kind: 'cut' } & Answer)
  /** Sends the chunks without finish reason and usage, then ends the stream properly. */
  | ({ kind: 'early-end' } & Answer)
  /** One chunk that is not JSON in front of a proper answer. */
  | ({ kind: 'bad-chunk' } & Answer)
  /** Waits for `until`, then goes on with `next`. */
  | { kind: 'wait'; until: Promise<unknown>; next: Behaviour };

export interface Answer {
  text?: string[];
  calls?: GeminiCall[];
  usage?: GeminiUsage;
  /** STOP unless told; MAX_TOKENS, SAFETY, MALFORMED_FUNCTION_CALL, OTHER … */
  finishReason?: string;
}

const DEFAULT_USAGE: GeminiUsage = { prompt: 1000, output: 100 };

/** The chunks of an answer, as objects. */
export function chunksOf(answer: Answer): Record<string, unknown>[] {
  const parts: Record<string, unknown>[] = [
    ...(answer.text ?? []).map((text) => ({ text })),
    ...(answer.calls ?? []).map(({ name, args = {}, id, thoughtSignature }) => ({
      functionCall: { name, args, ...(id !== undefined && { id }) },
      ...(thoughtSignature !== undefined && { thoughtSignature }),
    })),
  ];
  const chunks = parts.map((part) => ({
    candidates: [{ index: 0, content: { role: 'model', parts: [part] } }],
  }));
  const { prompt, output, cached = 0, thoughts = 0 } = answer.usage ?? DEFAULT_USAGE;
  const last = {
    candidates: [
      { index: 0, content: { role: 'model', parts: [] }, finishReason: answer.finishReason ?? 'STOP' },
    ],
    usageMetadata: {
      promptTokenCount: prompt,
      candidatesTokenCount: output,
      totalTokenCount: prompt + output + thoughts,
      ...(cached > 0 && { cachedContentTokenCount: cached }),
      ...(thoughts > 0 && { thoughtsTokenCount: thoughts }),
    },
    modelVersion: 'gemini-local',
    responseId: 'local',
  };
  return [...chunks, last];
}

/** One answer as `generateContent` gives it. */
export function wholeAnswer(answer: Answer): Record<string, unknown> {
  const chunks = chunksOf(answer) as { candidates: { content: { parts: unknown[] } }[] }[];
  const last = chunks.at(-1) ?? {};
  const parts = chunks.flatMap((chunk) => chunk.candidates.flatMap(({ content }) => content.parts));
  return {
    ...last,
    candidates: [
      { index: 0, content: { role: 'model', parts }, finishReason: answer.finishReason ?? 'STOP' },
    ],
  };
}

export function sseEvent(chunk: Record<string, unknown>): string {
  return `data: ${JSON.stringify(chunk)}\r\n\r\n`;
}

const STATUS_NAMES: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

export function errorBody(status: number): Record<string, unknown> {
  const name = STATUS_NAMES[status] ?? 'UNKNOWN';
  return { error: { code: status, message: `scripted ${name}`, status: name } };
}
