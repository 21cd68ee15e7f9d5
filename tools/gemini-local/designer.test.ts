import { emptyDocument } from '@uxflow/flow';
import { afterEach, describe, expect, it } from 'vitest';
import type { Behaviour } from './protocol.ts';
import { type GeminiRequest, type GeminiServer, type Script, startGemini } from './server.ts';
import { DESIGNER_INSTRUCTIONS } from '../../workers/api/src/agents/instructions.ts';
import { runDesigner } from '../../workers/api/src/agents/loop/designer.ts';
import { systemClock } from '../../workers/api/src/agents/loop/ports.ts';
import { BUILD, designerInput, FINISH } from '../../workers/api/src/agents/loop/scripted.fixture.ts';
import { TOOL_INPUTS } from '../../workers/api/src/agents/tools.ts';
import { modelRegistry } from '../../workers/api/src/agents/models/registry.ts';

let server: GeminiServer;
afterEach(() => server.close());

const calls = BUILD.map(([name, args], at) => ({
  name,
  args: args as Record<string, unknown>,
  ...(at === 0 && { thoughtSignature: 'c2lnbmF0dXJl' }),
}));
const finish = { name: FINISH[0], args: FINISH[1] as Record<string, unknown> };
const draws: Behaviour = {
  kind: 'answer',
  text: ['I will draw ', 'the sign-up.'],
  calls,
  usage: { prompt: 3_000, cached: 2_000, output: 400, thoughts: 150 },
};
const ends: Behaviour = { kind: 'answer', calls: [finish], usage: { prompt: 3_600, output: 60 } };

/** A run on an empty flow with the real provider, pointed at a scripted server. */
async function run(script: Script, limits: { idleMs?: number } = {}) {
  server = await startGemini(script);
  const entry = modelRegistry({ googleApiKey: 'test-key', googleBaseUrl: server.url }).find();
  const abort = new AbortController();
  const setup = designerInput(
    entry.create(),
    { settings: entry.settings, signal: abort.signal },
    emptyDocument('Untitled'),
  );
  // Pauses between attempts are skipped, waits for the provider are real.
  const clock = {
    now: systemClock.now,
    sleep: (ms: number, signal?: AbortSignal) =>
      signal === abort.signal ? Promise.resolve() : systemClock.sleep(ms, signal),
  };
  const input = { ...setup.input, clock, limits: { ...setup.input.limits, ...limits } };
  return { outcome: runDesigner(input), abort, ...setup };
}

interface Declaration {
  name: string;
  parametersJsonSchema?: { properties?: Record<string, { type: string }> };
}

function declarationsOf(request: GeminiRequest | undefined): Declaration[] {
  const tools = request?.body['tools'] as { functionDeclarations: Declaration[] }[] | undefined;
  return (tools ?? []).flatMap(({ functionDeclarations }) => functionDeclarations);
}

describe('Gemini over its wire protocol', () => {
  it('is sent rules, tools and the flow as data, streams, and gets its thought signatures back', async () => {
    const { outcome, flow, parts } = await run([draws, ends]);
    expect(await outcome).toMatchObject({
      status: 'succeeded',
      reply: 'Drew the sign-up.',
      usage: { inputTokens: 6_600, cachedTokens: 2_000, outputTokens: 610 },
    });
    expect(Object.keys(flow.document.nodes)).toHaveLength(4);
    expect(parts.filter((part) => part.type === 'text-delta').slice(0, 2)).toMatchObject([
      { delta: 'I will draw ' },
      { delta: 'the sign-up.' },
    ]);

    const [first, second] = server.requests;
    expect(first?.headers['x-goog-api-key']).toBe('test-key');
    expect(JSON.stringify(first?.body['systemInstruction'])).toContain(
      JSON.stringify(DESIGNER_INSTRUCTIONS).slice(1, 80),
    );
    const declared = declarationsOf(first);
    expect(declared.map(({ name }) => name)).toEqual(Object.keys(TOOL_INPUTS));
    // Flat: nested arguments make Gemini answer with malformed calls.
    const types = declared.flatMap(({ parametersJsonSchema }) =>
      Object.values(parametersJsonSchema?.properties ?? {}),
    );
    expect([...new Set(types.map(({ type }) => type))].toSorted()).toEqual(['array', 'string']);
    const model = second?.body.contents.find(({ role }) => role === 'model');
    expect(model?.parts.find((part) => 'functionCall' in part)).toMatchObject({
      functionCall: { name: 'set_flow_name' },
      thoughtSignature: 'c2lnbmF0dXJl',
    });
    expect(second?.body.contents.at(-1)?.parts.every((part) => 'functionResponse' in part)).toBe(true);
  });

  it.each([
    ['429 with Retry-After', { kind: 'status', status: 429, retryAfter: 1 }],
    ['500', { kind: 'status', status: 500 }],
    ['a connection that is reset', { kind: 'reset' }],
  ] satisfies [string, Behaviour][])('gets over %s', async (_, fault) => {
    const { outcome, flow } = await run([fault, draws, fault, ends]);
    expect((await outcome).status).toBe('succeeded');
    expect(server.requests).toHaveLength(4);
    expect(flow.clock).toBe(7);
  });

  it.each([
    ['hangs', { kind: 'hang' }, 'model_timeout'],
    ['stalls in the middle', { kind: 'stall', calls }, 'model_timeout'],
    ['is cut off in the middle', { kind: 'cut', calls }, 'model_interrupted'],
    ['ends early', { kind: 'early-end', calls }, 'model_interrupted'],
    ['sends a bad chunk', { kind: 'bad-chunk', calls }, 'model_error'],
    ['is stopped by SAFETY', { kind: 'answer', finishReason: 'SAFETY' }, 'model_filtered'],
    ['answers nothing', { kind: 'answer' }, 'model_empty'],
    [
      'runs into MAX_TOKENS',
      { kind: 'answer', text: ['I would'], finishReason: 'MAX_TOKENS' },
      'model_truncated',
    ],
    ['refuses the key', { kind: 'status', status: 403 }, 'model_unavailable'],
  ] satisfies [string, Behaviour, string][])(
    'that %s fails the run; nothing of that answer is applied',
    async (_, fault, code) => {
      const alone = await run([fault], { idleMs: 150 });
      expect(await alone.outcome).toMatchObject({ status: 'failed', error: { code }, commitIds: [] });
      expect(alone.flow.clock).toBe(0);
      await server.close();

      const later = await run([draws, fault], { idleMs: 150 });
      const outcome = await later.outcome;
      expect(outcome).toMatchObject({ status: 'failed', error: { code } });
      expect(Object.keys(later.flow.document.nodes), 'what came before remains').toHaveLength(4);
    },
  );

  it('is told once about MALFORMED_FUNCTION_CALL and invalid arguments, then given up', async () => {
    const malformed: Behaviour = { kind: 'answer', finishReason: 'MALFORMED_FUNCTION_CALL' };
    const invalid: Behaviour = {
      kind: 'answer',
      calls: [{ name: 'add_node', args: { id: 'x', nested: { type: 'screen' } } }],
    };
    const { outcome } = await run([malformed, invalid]);
    expect((await outcome).error?.code).toBe('invalid_tool_calls');
    expect(JSON.stringify(server.requests[1]?.body.contents)).toContain('malformed function call');
  });

  it('is let go of when the run is cancelled', async () => {
    const { outcome, abort } = await run([{ kind: 'hang' }]);
    while (server.requests.length === 0) await systemClock.sleep(5);
    abort.abort();
    expect((await outcome).status).toBe('cancelled');
    while (!server.requests[0]?.aborted) await systemClock.sleep(5);
  });
});
