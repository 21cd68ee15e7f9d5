import { afterEach, describe, expect, test, vi } from 'vitest';
import { UXFlow } from '../client.ts';
import { json, problem, reset, serve } from '../../test/server.ts';
import { renewing } from './auth.ts';

const flow = json({ id: 'flw_1' });
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
const jws = (exp: number): string =>
  `h.${Buffer.from(JSON.stringify({ exp, name: 'Zoë ✓?>' })).toString('base64url')}.s`;

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('options', () => {
  test.each([
    [{}],
    [{ apiKey: '' }],
    [{ apiKey: 'a', token: 'b' }],
    [{ authEndpoint: '/x', getToken: async () => 't' }],
  ])('exactly one credential is asked for: %j', (options) => {
    expect(() => new UXFlow(options)).toThrow(expect.objectContaining({ code: 'invalid_config' }));
  });

  test.each(['', 'localhost:8787', 'ftp://x', '/v1'])('baseUrl "%s" is refused', (baseUrl) => {
    expect(() => new UXFlow({ token: 't', baseUrl })).toThrow(/baseUrl must be an http\(s\) URL/);
  });

  test('a secret key in a browser is refused before it can be sent', () => {
    vi.stubGlobal('window', {});
    vi.stubGlobal('document', {});
    expect(() => new UXFlow({ apiKey: 'uxf_sk_live_x' })).toThrow(/must not reach a browser.*authEndpoint/s);
    expect(() => new UXFlow({ token: 't' })).not.toThrow();
  });
});

describe('authEndpoint', () => {
  test('is asked once by POST however many requests wait, and its token kept', async () => {
    await using auth = await serve(json({ token: 'tok-1', expiresAt: inMs(900_000) }));
    await using api = await serve(flow);
    const sdk = new UXFlow({ authEndpoint: `${auth.url}/token`, baseUrl: api.url });
    await Promise.all([sdk.flows.get('a'), sdk.flows.get('b'), sdk.flows.get('c')]);
    await sdk.flows.get('d');
    expect(auth.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /token']);
    expect(api.seen.map((request) => request.headers.authorization)).toEqual(Array(4).fill('Bearer tok-1'));
  });

  test('a path is resolved against the page, and cookies go to its own origin only', async () => {
    vi.stubGlobal('location', { href: 'https://app.example.com/board/7' });
    const calls: [string, RequestInit | undefined][] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      calls.push([String(input), init]);
      return Response.json(calls.length === 1 ? { token: 't', expiresAt: inMs(900_000) } : {});
    };
    await new UXFlow({
      authEndpoint: '/api/uxflow-token',
      baseUrl: 'https://api.example.com/',
      fetch,
    }).credits.get();
    expect(calls[0]?.[0]).toBe('https://app.example.com/api/uxflow-token');
    expect(calls[0]?.[1]).toMatchObject({ method: 'POST', credentials: 'same-origin' });
    expect(calls[1]?.[0]).toBe('https://api.example.com/v1/credits');
    expect(calls[1]?.[1]?.credentials).toBeUndefined();
  });

  test('a 401 token_expired renews once for all who ran into it, and repeats their requests', async () => {
    await using auth = await serve(
      json({ token: 'old', expiresAt: inMs(900_000) }),
      json({ token: 'new', expiresAt: inMs(900_000) }),
    );
    await using api = await serve((request, response, raw) =>
      (request.headers.authorization === 'Bearer old' ? problem(401, 'token_expired') : flow)(
        request,
        response,
        raw,
      ),
    );
    const sdk = new UXFlow({ authEndpoint: auth.url, baseUrl: api.url, maxRetries: 0 });
    await Promise.all([sdk.flows.get('a'), sdk.flows.get('b')]);
    expect(auth.seen).toHaveLength(2);
  });

  test('a token that is refused after renewal too is an error, not a loop', async () => {
    await using auth = await serve(json({ token: 't', expiresAt: inMs(900_000) }));
    await using api = await serve(problem(401, 'token_expired'));
    const sdk = new UXFlow({ authEndpoint: auth.url, baseUrl: api.url });
    await expect(sdk.flows.get('a')).rejects.toMatchObject({ status: 401, code: 'token_expired' });
    expect([auth.seen.length, api.seen.length]).toEqual([2, 2]);
  });

  test('other 401s and fixed tokens are not renewed', async () => {
    await using auth = await serve(json({ token: 't', expiresAt: inMs(900_000) }));
    await using api = await serve(problem(401, 'unauthenticated'), problem(401, 'token_expired'));
    await expect(
      new UXFlow({ authEndpoint: auth.url, baseUrl: api.url }).flows.get('a'),
    ).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(new UXFlow({ token: 't', baseUrl: api.url }).flows.get('a')).rejects.toMatchObject({
      code: 'token_expired',
    });
    expect([auth.seen.length, api.seen.length]).toEqual([1, 2]);
  });

  test('a hiccup of it is retried; its refusal is `auth_failed` and names it, and the next request asks anew', async () => {
    await using auth = await serve(
      reset,
      problem(403, 'signed_out'),
      json({ token: 't', expiresAt: inMs(900_000) }),
    );
    await using api = await serve(flow);
    const sdk = new UXFlow({ authEndpoint: auth.url, baseUrl: api.url });
    await expect(sdk.flows.get('a')).rejects.toMatchObject({
      code: 'auth_failed',
      message: expect.stringContaining(auth.url),
    });
    expect(api.seen).toHaveLength(0);
    await sdk.flows.get('a');
    expect(api.seen).toHaveLength(1);
  });

  test.each([[{}], [{ token: '' }], [{ token: 7 }], ['ok'], [null]])(
    'an answer without a token, %j, is `auth_failed`',
    async (answer) => {
      await using auth = await serve(json(answer));
      const refused = new UXFlow({ authEndpoint: auth.url, baseUrl: auth.url }).flows.get('a');
      if (answer === 'ok') await expect(refused).resolves.toBe('ok'); // a bare string is a token
      else await expect(refused).rejects.toMatchObject({ code: 'auth_failed' });
    },
  );
});

describe('getToken', () => {
  test('that throws is `auth_failed` with its error as cause, and is asked again by the next request', async () => {
    await using api = await serve(flow);
    const getToken = vi.fn(async () => 'tok').mockRejectedValueOnce(new Error('signed out'));
    const sdk = new UXFlow({ getToken, baseUrl: api.url });
    await expect(sdk.flows.get('a')).rejects.toMatchObject({
      code: 'auth_failed',
      message: expect.stringContaining('signed out'),
      cause: expect.objectContaining({ message: 'signed out' }),
    });
    await sdk.flows.get('a');
    expect(api.seen.map((request) => request.headers.authorization)).toEqual(['Bearer tok']);
  });
});

describe('renewal', () => {
  const times = (from: number, ms: number[]): number[] => ms.map((each) => from + each);

  test('happens a minute before the end of a long life, at four fifths of a short one', async () => {
    for (const [life, renewedAfter] of [
      [900_000, 840_000],
      [60_000, 48_000],
    ] as const) {
      vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
      const source = vi.fn(async () => ({
        token: `t${source.mock.calls.length}`,
        expiresAt: Date.now() + life,
      }));
      const credentials = renewing(source);
      const got: string[] = [];
      for (const at of times(1_000_000, [0, renewedAfter - 1, renewedAfter])) {
        vi.setSystemTime(at);
        got.push(await credentials.get());
      }
      expect(got).toEqual(['t1', 't1', 't2']);
    }
  });

  test('`exp` of a bare token is read, and a token without a known end is kept until it is refused', async () => {
    const exp = Math.floor(Date.now() / 1_000) + 600;
    const known = renewing(async () => jws(exp));
    await known.get();
    expect(Math.abs((known.renewAt ?? 0) - (exp - 60) * 1_000)).toBeLessThan(10);
    const source = vi.fn(async () => `opaque${source.mock.calls.length}`);
    const unknown = renewing(source);
    expect([await unknown.get(), await unknown.get(), unknown.renewAt]).toEqual(['opaque1', 'opaque1', null]);
    expect(await unknown.get('opaque1')).toBe('opaque2');
    expect(await unknown.get('opaque1')).toBe('opaque2');
  });

  test('a local clock that runs ahead does not mint on every call', async () => {
    const source = vi.fn(async () => ({ token: 't', expiresAt: Date.now() - 3_600_000 }));
    const credentials = renewing(source);
    for (let call = 0; call < 5; call++) await credentials.get();
    expect(source).toHaveBeenCalledTimes(1);
  });
});
