import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { until } from '../../test/until.ts';
import { UXFlow } from '../client.ts';
import { hang, json, noContent, problem, reset, serve } from '../../test/server.ts';
import { APIError, AbortError, ConnectionError, TimeoutError, UXFlowError, isUXFlowError } from './errors.ts';
import { backoff, parseRetryAfter, retryDelay } from './retry.ts';

const flow = { id: 'flw_1', name: 'Sign up', tenantId: null, clock: 0, createdAt: '', updatedAt: '' };
const client = (baseUrl: string, more: object = {}): UXFlow =>
  new UXFlow({ apiKey: 'uxf_sk_test_x', baseUrl, ...more });

/** The error `promise` rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it should have been refused'),
    (error: unknown) => error,
  );
}

// No waiting between attempts; the length of the wait has a test of its own.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => void vi.restoreAllMocks());

describe('requests', () => {
  test('bear the credential, and answer the data or, on request, the whole response with its request id', async () => {
    await using server = await serve(json(flow));
    const sdk = client(server.url);
    expect(await sdk.flows.get('flw_1', { at: 3 })).toEqual(flow);
    const { data, status, requestId, headers } = await sdk.flows.get('flw_1').withResponse();
    expect({ data, status, requestId }).toEqual({ data: flow, status: 200, requestId: 'req_1' });
    expect(headers.get('content-type')).toContain('json');
    expect(server.seen[0]).toMatchObject({ method: 'GET', path: '/v1/flows/flw_1' });
    expect(server.seen[0]?.query.get('at')).toBe('3');
    expect(server.seen[0]?.headers.authorization).toBe('Bearer uxf_sk_test_x');
    expect(server.seen[0]?.headers['idempotency-key']).toBeUndefined();
  });

  test('ids are escaped: they cannot leave their place in the path', async () => {
    await using server = await serve(json(flow));
    await client(server.url).flows.get('../credits?x=1');
    expect(server.seen[0]?.path).toBe('/v1/flows/..%2Fcredits%3Fx%3D1');
  });

  test('an export is text, a document or bytes, as its format is', async () => {
    await using server = await serve(
      (_request, response) =>
        response.writeHead(200, { 'content-type': 'text/vnd.mermaid' }).end('flowchart TD'),
      json({ format: 'uxflow/1' }),
      (_request, response) =>
        response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([137, 80, 0, 255])),
    );
    const sdk = client(server.url);
    expect(await sdk.flows.export('flw_1', { format: 'mermaid' })).toBe('flowchart TD');
    expect(await sdk.flows.export('flw_1', { format: 'json' })).toEqual({ format: 'uxflow/1' });
    expect(await sdk.flows.export('flw_1', { format: 'png' })).toEqual(new Uint8Array([137, 80, 0, 255]));
  });
});

describe('errors', () => {
  test('a 402 tells what was needed and what was there', async () => {
    await using server = await serve(problem(402, 'insufficient_credits', { required: 20, available: 3 }));
    const error = await failure(client(server.url).runs.create('flw_1', { prompt: 'x' }));
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({
      name: 'APIError',
      status: 402,
      code: 'insufficient_credits',
      detail: 'It is insufficient_credits.',
      required: 20,
      available: 3,
      requestId: 'req_9',
    });
    expect(isUXFlowError(error, 'insufficient_credits')).toBe(true);
    expect(isUXFlowError(error, 'forbidden')).toBe(false);
  });

  test('a 422 names each field, and nothing is sent twice', async () => {
    const issues = [{ path: 'name', message: 'is too long' }];
    await using server = await serve(problem(422, 'invalid_request', { issues, param: 'name' }));
    expect(await failure(client(server.url).flows.create({ name: 'x' }))).toMatchObject({
      issues,
      param: 'name',
    });
    expect(server.seen).toHaveLength(1);
  });

  test('an error page that is not ours still becomes an APIError with its status', async () => {
    await using server = await serve((_request, response) =>
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>'),
    );
    expect(await failure(client(server.url).flows.get('x'))).toMatchObject({
      status: 404,
      code: 'invalid_response',
    });
  });

  test('a body that says JSON and is not is `invalid_response`', async () => {
    await using server = await serve((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"a'),
    );
    expect(await failure(client(server.url).flows.get('x'))).toMatchObject({ code: 'invalid_response' });
  });

  test('withResponse reports a failure once, without an unhandled rejection of the unused data promise', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    await using server = await serve(problem(404, 'not_found'));
    expect(await failure(client(server.url).flows.get('x').withResponse())).toMatchObject({
      code: 'not_found',
    });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

describe('retries', () => {
  test.each([
    ['a 500', problem(500, 'internal')],
    ['a reset connection', reset],
    ['a 503 with Retry-After', problem(503, 'credits_unavailable', {}, { 'retry-after': '0' })],
    ['a 409 idempotency_in_progress', problem(409, 'idempotency_in_progress', {}, { 'retry-after': '0' })],
    ['a 408', problem(408, 'timeout')],
  ])('after %s the same POST goes out again under the same idempotency key', async (_name, fault) => {
    await using server = await serve(fault, json(flow, 201));
    await client(server.url).flows.create({ name: 'Sign up' });
    const keys = server.seen.map((request) => request.headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(server.seen[1]?.body).toEqual({ name: 'Sign up' });
  });

  test('each call has its own key, and a given key is used as it is', async () => {
    await using server = await serve(json(flow, 201));
    const sdk = client(server.url);
    await sdk.flows.create({ name: 'a' });
    await sdk.flows.create({ name: 'b' });
    await sdk.flows.create({ name: 'c' }, { idempotencyKey: 'order-77' });
    const keys = server.seen.map((request) => request.headers['idempotency-key']);
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe('order-77');
  });

  test('minting leaves nothing behind, so a retry is a new request: the first answer is never shown again', async () => {
    await using server = await serve(
      reset,
      json({ token: 't', jti: 'j', expiresAt: '2030-01-01T00:00:00Z' }, 201),
    );
    await client(server.url).clientTokens.create({ user: { id: 'u', name: 'U' }, flows: { '*': 'edit' } });
    expect(server.seen[0]?.headers['idempotency-key']).not.toBe(server.seen[1]?.headers['idempotency-key']);
  });

  test('they end after maxRetries, with the last error', async () => {
    await using server = await serve(problem(500, 'internal'));
    expect(await failure(client(server.url, { maxRetries: 1 }).flows.get('x'))).toMatchObject({
      status: 500,
    });
    expect(server.seen).toHaveLength(2);
    expect(await failure(client(server.url).flows.get('x', {}, { maxRetries: 0 }))).toMatchObject({
      status: 500,
    });
    expect(server.seen).toHaveLength(3);
  });

  test.each([400, 401, 402, 403, 404, 409, 413, 422])('a %i is final', async (status) => {
    await using server = await serve(problem(status, 'conflict'));
    expect(await failure(client(server.url).flows.get('x'))).toMatchObject({ status });
    expect(server.seen).toHaveLength(1);
  });

  test('a DELETE whose answer was lost has succeeded when the second one finds nothing', async () => {
    await using server = await serve(reset, problem(404, 'not_found'));
    await expect(client(server.url).flows.delete('flw_1')).resolves.toBeUndefined();
  });

  test('a DELETE that was never lost and finds nothing is refused', async () => {
    await using server = await serve(
      problem(429, 'rate_limited', {}, { 'retry-after': '0' }),
      problem(404, 'not_found'),
    );
    expect(await failure(client(server.url).flows.delete('flw_1'))).toMatchObject({ status: 404 });
    await using second = await serve(noContent());
    await expect(client(second.url).flows.delete('flw_1')).resolves.toBeUndefined();
  });

  test('the wait obeys Retry-After, and is otherwise exponential with full jitter', () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const limited = new APIError(429, { code: 'rate_limited' }, undefined, 7);
    expect(retryDelay(limited, 0)).toBe(7_125);
    expect([0, 1, 2, 3, 9].map((attempt) => backoff(attempt))).toEqual([250, 500, 1_000, 2_000, 4_000]);
    expect(retryDelay(new APIError(429, { code: 'rate_limited' }, undefined, 3_600), 0)).toBeNull();
    expect(retryDelay(new ConnectionError('gone'), 1)).toBe(500);
    expect(parseRetryAfter('3')).toBe(3);
    expect(parseRetryAfter(new Date(Date.now() + 60_000).toUTCString())).toBeGreaterThan(55);
    expect(parseRetryAfter('Thu, 01 Jan 1970 00:00:00 GMT')).toBe(0);
    expect([parseRetryAfter(null), parseRetryAfter('soon')]).toEqual([undefined, undefined]);
  });
});

describe('time', () => {
  test('a server that hangs is a TimeoutError after the retries', async () => {
    await using server = await serve(hang);
    const error = await failure(client(server.url, { timeout: 30, maxRetries: 1 }).flows.get('x'));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ code: 'timeout' });
    expect(server.seen).toHaveLength(2);
  });

  test('the timeout covers a body that stops half-way', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
    });
    expect(await failure(client(server.url, { timeout: 50, maxRetries: 0 }).flows.get('x'))).toBeInstanceOf(
      TimeoutError,
    );
  });

  test('a nobody-there is a ConnectionError that names the origin', async () => {
    const server = await serve(json({}));
    await server[Symbol.asyncDispose]();
    const error = await failure(client(server.url, { maxRetries: 0 }).flows.get('x'));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(String(error)).toContain(server.url);
  });

  test('aborting ends a request that hangs, with the reason as cause', async () => {
    await using server = await serve(hang);
    const controller = new AbortController();
    const pending = failure(client(server.url).flows.get('x', {}, { signal: controller.signal }));
    await until(() => expect(server.seen).toHaveLength(1));
    controller.abort('left the page');
    const error = await pending;
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ code: 'aborted', cause: 'left the page' });
  });

  test('aborting ends the wait before a retry', async () => {
    await using server = await serve(problem(429, 'rate_limited', {}, { 'retry-after': '50' }));
    const controller = new AbortController();
    const pending = failure(client(server.url).flows.get('x', {}, { signal: controller.signal }));
    await until(() => expect(server.seen).toHaveLength(1));
    controller.abort();
    expect(await pending).toBeInstanceOf(AbortError);
    expect(server.seen).toHaveLength(1);
  });

  test('a signal that is aborted already sends nothing', async () => {
    await using server = await serve(json(flow));
    expect(
      await failure(client(server.url).flows.get('x', {}, { signal: AbortSignal.abort() })),
    ).toBeInstanceOf(AbortError);
    expect(server.seen).toHaveLength(0);
  });
});

describe('lists', () => {
  const pages = (): Parameters<typeof serve> => [
    json({ data: [1, 2], nextCursor: 'c1' }),
    json({ data: [3], nextCursor: 'c2' }),
    json({ data: [4], nextCursor: null }),
  ];

  test('for await gives every item of all pages, with the filters on each request', async () => {
    await using server = await serve(...pages());
    const items: unknown[] = [];
    for await (const item of client(server.url).flows.list({ q: 'sign', limit: 2 })) items.push(item);
    expect(items).toEqual([1, 2, 3, 4]);
    expect(server.seen.map((request) => request.query.get('cursor'))).toEqual([null, 'c1', 'c2']);
    expect(
      server.seen.every((request) => request.query.get('q') === 'sign' && request.query.get('limit') === '2'),
    ).toBe(true);
  });

  test('leaving the loop fetches no further page', async () => {
    await using server = await serve(...pages());
    for await (const item of client(server.url).flows.list()) if (String(item) === '1') break;
    expect(server.seen).toHaveLength(1);
  });

  test('awaited it is the first page, from which next() goes on to null', async () => {
    await using server = await serve(...pages());
    const first = await client(server.url).flows.list();
    expect(first).toMatchObject({ data: [1, 2], nextCursor: 'c1', requestId: 'req_1' });
    const last = await (await first.next())?.next();
    expect(last?.data).toEqual([4]);
    expect(await last?.next()).toBeNull();
  });

  test('pages() goes page by page, from a cursor of the caller if given', async () => {
    await using server = await serve(...pages());
    const sizes: number[] = [];
    for await (const page of client(server.url).flows.list({ cursor: 'c0' }).pages())
      sizes.push(page.data.length);
    expect(sizes).toEqual([2, 1, 1]);
    expect(server.seen[0]?.query.get('cursor')).toBe('c0');
  });

  test('an error on a later page ends the loop with it', async () => {
    await using server = await serve(json({ data: [1], nextCursor: 'c1' }), problem(403, 'forbidden'));
    const items: unknown[] = [];
    const error = await failure(
      (async () => {
        for await (const item of client(server.url).flows.list()) items.push(item);
      })(),
    );
    expect(items).toEqual([1]);
    expect(error).toBeInstanceOf(UXFlowError);
  });
});
