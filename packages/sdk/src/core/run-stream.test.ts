import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { UXFlow } from '../client.ts';
import type { RunEvent } from '../events.ts';
import { type Handler, events, hang, json, problem, reset, serve } from '../../test/server.ts';
import type { RunStream } from './run-stream.ts';

const started = { id: 'run_1', status: 'running', cost: 0 };
const ended = { id: 'run_1', status: 'succeeded', cost: 420 };
const part = (delta: string): RunEvent => ({ type: 'text-delta', id: 't', delta });
const create = json(started, 201);

const client = (baseUrl: string): UXFlow => new UXFlow({ token: 't', baseUrl, maxRetries: 2 });

async function deltas(stream: RunStream): Promise<string> {
  let text = '';
  for await (const event of stream) if (event.type === 'text-delta') text += event.delta;
  return text;
}

/** Starts an event stream, writes these bytes one after another, and leaves it open. */
const trickle =
  (...chunks: string[]): Handler =>
  async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const chunk of chunks) {
      response.write(chunk);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => void vi.restoreAllMocks());

describe('a run stream', () => {
  test('gives every event in order, then the settled run', async () => {
    await using server = await serve(
      create,
      events([part('a'), part('b')]),
      json({ ...ended, status: 'running' }),
      json(ended),
    );
    const stream = client(server.url).runs.stream('flw_1', { prompt: 'Sign up' });
    expect((await stream.created).id).toBe('run_1');
    expect(await deltas(stream)).toBe('ab');
    expect(stream.lastEventId).toBe('2');
    expect(await stream.finalRun()).toEqual(ended);
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/flows/flw_1/runs',
      'GET /v1/runs/run_1/stream',
      'GET /v1/runs/run_1',
      'GET /v1/runs/run_1',
    ]);
    expect(server.seen[0]?.body).toEqual({ agent: 'designer', mode: 'apply', prompt: 'Sign up' });
    expect(server.seen[1]?.headers.accept).toBe('text/event-stream');
  });

  test.each([
    ['cut off in the middle of an event', { cut: true }],
    ['ended without [DONE]', { done: false }],
  ])('that is %s goes on after the last whole event: none lost, none twice', async (_name, fault) => {
    await using server = await serve(
      create,
      events([part('a'), part('b')], fault),
      reset,
      events([part('c')], { firstId: 3, ...fault }),
      events([part('d')], { firstId: 4 }),
      json(ended),
    );
    const stream = client(server.url).runs.stream('flw_1', { prompt: 'x' });
    expect(await deltas(stream)).toBe('abcd');
    expect(server.seen.slice(1, 5).map((request) => request.headers['last-event-id'])).toEqual([
      undefined,
      '2',
      '2',
      '3',
    ]);
  });

  test('that keeps breaking without a new event ends in a ConnectionError, and finalRun fails alike', async () => {
    await using server = await serve(
      create,
      events([part('a')], { done: false }),
      events([], { done: false }),
    );
    const stream = client(server.url).runs.stream('flw_1', { prompt: 'x' });
    await expect(deltas(stream)).rejects.toMatchObject({ code: 'connection_error' });
    // The first reading had an event; three more had none.
    expect(server.seen).toHaveLength(1 + 1 + 2);
    await expect(stream.finalRun()).rejects.toMatchObject({ code: 'connection_error' });
  });

  test('that falls silent is made anew after idleTimeout', async () => {
    await using server = await serve(
      create,
      trickle('id: 1\ndata: {"type":"text-delta","id":"t","delta":"a"}\n\n'),
      events([part('b')], { firstId: 2 }),
      json(ended),
    );
    const stream = client(server.url).runs.stream('flw_1', { prompt: 'x' }, { idleTimeout: 40 });
    expect(await deltas(stream)).toBe('ab');
    expect(server.seen[2]?.headers['last-event-id']).toBe('1');
  });

  test('is put together again however its bytes are cut, CRLF and comments included', async () => {
    const bytes =
      ': hello\r\n\r\nid: 7\r\ndata: {"type":"text-delta",\r\ndata: "id":"t","delta":"é✓"}\r\n\r\nevent: x\ndata:[DONE]\n\n';
    await using server = await serve(create, (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const buffer = Buffer.from(bytes);
      let at = 0;
      const step = (): void => {
        if (at >= buffer.length) return void response.end();
        response.write(buffer.subarray(at, ++at), () => setImmediate(step));
      };
      step();
    });
    const stream = client(server.url).runs.stream('flw_1', { prompt: 'x' });
    expect(await deltas(stream)).toBe('é✓');
    expect(stream.lastEventId).toBe('7');
  });

  test('finalRun alone reads it to its end; called during the loop it waits for the loop', async () => {
    await using server = await serve(create, events([part('a')]), json(ended));
    expect(await client(server.url).runs.stream('flw_1', { prompt: 'x' }).finalRun()).toEqual(ended);
    await using second = await serve(create, events([part('a')]), json(ended));
    const stream = client(second.url).runs.stream('flw_1', { prompt: 'x' });
    expect(await Promise.all([deltas(stream), stream.finalRun()])).toEqual(['a', ended]);
    expect(second.seen.filter((request) => request.path.endsWith('/stream'))).toHaveLength(1);
  });

  test('goes on after the event at which a first loop was left', async () => {
    await using server = await serve(
      create,
      events([part('a'), part('b')]),
      events([part('b')], { firstId: 2 }),
      json(ended),
    );
    const stream = client(server.url).runs.stream('flw_1', { prompt: 'x' });
    for await (const event of stream) if (event.type === 'text-delta') break;
    expect(await deltas(stream)).toBe('b');
    expect(server.seen[2]?.headers['last-event-id']).toBe('1');
  });

  test('has one reader at a time', async () => {
    await using server = await serve(create, trickle(`data: ${JSON.stringify(part('a'))}\n\n`));
    const stream = client(server.url).runs.stream('flw_1', { prompt: 'x' });
    for await (const _event of stream) {
      await expect(deltas(stream)).rejects.toThrow(/read already/);
      break;
    }
  });

  test('that is refused rejects the loop, `created` and finalRun with the 402', async () => {
    await using server = await serve(problem(402, 'budget_exceeded', { required: 5, available: 1 }));
    const stream = client(server.url).runs.stream('flw_1', { prompt: 'x' });
    for (const promise of [stream.created, deltas(stream), stream.finalRun()]) {
      await expect(promise).rejects.toMatchObject({ code: 'budget_exceeded', required: 5, available: 1 });
    }
  });

  test('ends at once when its signal aborts, in the middle of silence too, and leaves the server free to go on', async () => {
    await using server = await serve(create, trickle(`data: ${JSON.stringify(part('a'))}\n\n`));
    const controller = new AbortController();
    const stream = client(server.url).runs.stream('flw_1', { prompt: 'x' }, { signal: controller.signal });
    const seen: RunEvent[] = [];
    await expect(
      (async () => {
        for await (const event of stream) {
          seen.push(event);
          setTimeout(() => controller.abort(), 10);
        }
      })(),
    ).rejects.toMatchObject({ code: 'aborted' });
    expect(seen).toHaveLength(1);
    expect(server.seen.some((request) => request.path.endsWith('/cancel'))).toBe(false);
  });

  test('cancel asks the server to stop the run', async () => {
    await using server = await serve(create, json({ ...ended, status: 'cancelled' }));
    const stream = client(server.url).runs.stream('flw_1', { prompt: 'x' });
    expect((await stream.cancel()).status).toBe('cancelled');
    expect(server.seen[1]).toMatchObject({ method: 'POST', path: '/v1/runs/run_1/cancel' });
  });

  test("of a run that is there already goes on after the caller's last event", async () => {
    await using server = await serve(json(started), events([part('c')], { firstId: 3 }), json(ended));
    const stream = client(server.url).runs.resume('run_1', { lastEventId: '2' });
    expect(await deltas(stream)).toBe('c');
    expect(server.seen[1]?.headers['last-event-id']).toBe('2');
  });

  test.each([
    ['{oops', 'not JSON'],
    ['[1]', 'no type'],
    ['null', 'no type'],
  ])('with an event %s is `invalid_response`', async (data, why) => {
    await using server = await serve(create, trickle(`data: ${data}\n\n`));
    await expect(deltas(client(server.url).runs.stream('flw_1', { prompt: 'x' }))).rejects.toThrow(why);
  });

  test('whose head never comes is a TimeoutError', async () => {
    await using server = await serve(create, hang);
    const stream = new UXFlow({ token: 't', baseUrl: server.url, timeout: 100, maxRetries: 0 }).runs.stream(
      'flw_1',
      { prompt: 'x' },
    );
    await expect(deltas(stream)).rejects.toMatchObject({ code: 'timeout' });
  });
});
