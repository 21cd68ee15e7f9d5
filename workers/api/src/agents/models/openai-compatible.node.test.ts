import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { runDesigner } from '../loop/designer.ts';
import { BUILD, designerInput, FINISH } from '../loop/scripted.fixture.ts';
import { modelRegistry } from './registry.ts';

it('runs the same loop on any OpenAI-compatible endpoint, one that repeats call ids included', async () => {
  const bodies: { model: string; messages: { role: string }[]; stream_options?: unknown }[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const calls = bodies.push(JSON.parse(Buffer.concat(chunks).toString())) === 1 ? BUILD : [FINISH];
    const delta = {
      role: 'assistant',
      tool_calls: calls.map(([name, args], index) => ({
        index,
        id: `call_${index}`,
        type: 'function',
        function: { name, arguments: JSON.stringify(args) },
      })),
    };
    const events = [
      { choices: [{ index: 0, delta }] },
      { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
      {
        choices: [],
        usage: {
          prompt_tokens: 2_000,
          completion_tokens: 150,
          prompt_tokens_details: { cached_tokens: 500 },
        },
      },
    ];
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.end(`${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}data: [DONE]\n\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;

  const entry = modelRegistry({ openaiCompatible: { baseUrl, model: 'qwen' } }).find('openai-compatible');
  const { input, flow, parts } = designerInput(entry.create(), { modelId: entry.id, held: 20_000_000 });
  const outcome = await runDesigner(input);
  server.close();

  expect(outcome).toMatchObject({
    status: 'succeeded',
    usage: { inputTokens: 4_000, cachedTokens: 1_000, outputTokens: 300 },
  });
  expect(Object.keys(flow.document.nodes)).toHaveLength(4);
  expect(bodies[0]?.model).toBe('qwen');
  expect(bodies[1]?.messages.map(({ role }) => role).filter((role) => role === 'tool')).toHaveLength(
    BUILD.length,
  );
  const ids = parts.flatMap((part) => (part.type === 'tool-input-available' ? [part.toolCallId] : []));
  expect(new Set(ids).size, 'ids are unique in the stream').toBe(BUILD.length + 1);
});
