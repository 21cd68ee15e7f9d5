import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CreditsServer } from '../../test/credits-server.ts';
import { until } from '../../test/until.ts';
import { UXFlow } from '../client.ts';
import { creditsEventStream, type CreditsWatch, watchCredits } from './index.ts';

const open: CreditsWatch[] = [];
function watch(client: UXFlow): CreditsWatch {
  const watching = watchCredits(client);
  open.push(watching);
  return watching;
}

beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0.02));
afterEach(() => {
  for (const watching of open.splice(0)) watching.stop();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('watchCredits', () => {
  test('has the balance at once, and every change of it', async () => {
    await using server = await CreditsServer.open();
    const watching = watch(new UXFlow({ token: 'tok', baseUrl: server.url }));
    expect(watching.getSnapshot()).toEqual({ credits: null, status: 'connecting', closedBecause: null });
    const seen: unknown[] = [];
    watching.subscribe(() => seen.push(watching.getSnapshot().credits));
    await until(() => expect(watching.getSnapshot()).toMatchObject({ status: 'live' }));
    server.set(4);
    await until(() => expect(seen).toEqual([{ available: 5 }, { available: 4 }]));
    expect(server.handshakes).toEqual(['/v1/credits/live tok']);
    expect(watching.getSnapshot()).toBe(watching.getSnapshot());
  });

  test('comes back after a break and then knows what has changed meanwhile', async () => {
    await using server = await CreditsServer.open();
    const watching = watch(new UXFlow({ token: 'tok', baseUrl: server.url }));
    await until(() => expect(watching.getSnapshot().status).toBe('live'));
    server.break();
    await until(() => expect(watching.getSnapshot().status).toBe('offline'));
    expect(watching.getSnapshot().credits).toEqual({ available: 5 });
    server.available = 3;
    await until(() =>
      expect(watching.getSnapshot()).toMatchObject({ status: 'live', credits: { available: 3 } }),
    );
  });

  test('comes back with a fresh token when the old one has ended', async () => {
    await using server = await CreditsServer.open();
    const tokens = ['tok', 'fresh'];
    const watching = watch(
      new UXFlow({ getToken: () => Promise.resolve(tokens.shift() ?? 'none'), baseUrl: server.url }),
    );
    await until(() => expect(watching.getSnapshot().status).toBe('live'));
    server.known.clear();
    server.known.add('fresh');
    server.say({ type: 'bye', code: 'token_expired' });
    await until(() => expect(server.handshakes.at(-1)).toBe('/v1/credits/live fresh'));
    await until(() => expect(watching.getSnapshot().status).toBe('live'));
  });

  test('is closed, and says why, when the server will not have the credential', async () => {
    await using server = await CreditsServer.open();
    const watching = watch(new UXFlow({ token: 'revoked', baseUrl: server.url }));
    await until(() =>
      expect(watching.getSnapshot()).toMatchObject({
        status: 'closed',
        closedBecause: { code: 'unauthenticated' },
      }),
    );
  });

  test('stops, by the signal too, and says nothing more', async () => {
    await using server = await CreditsServer.open();
    const stop = new AbortController();
    const client = new UXFlow({ token: 'tok', baseUrl: server.url });
    const watching = watchCredits(client, { signal: stop.signal });
    await until(() => expect(watching.getSnapshot().status).toBe('live'));
    stop.abort();
    expect(watching.getSnapshot().status).toBe('closed');
    await until(() => expect(server.watchers).toBe(0));
    expect(watchCredits(client, { signal: stop.signal }).getSnapshot().status).toBe('closed');
  });

  test('needs a WebSocket', () => {
    vi.stubGlobal('WebSocket', undefined);
    expect(() => watchCredits(new UXFlow({ token: 'tok', baseUrl: 'http://127.0.0.1:1' }))).toThrow(
      /pass one as the option WebSocket/,
    );
  });
});

describe('creditsEventStream', () => {
  /** The next event's data. */
  async function next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<unknown> {
    const { value, done } = await reader.read();
    return done ? 'the end' : JSON.parse(new TextDecoder().decode(value).replace(/^data: /, ''));
  }

  test('hands the balance on as events, and lets the account go when the page does', async () => {
    await using server = await CreditsServer.open();
    const response = creditsEventStream(new UXFlow({ token: 'tok', baseUrl: server.url }));
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.getReader();
    if (!reader) throw new Error('no body');
    expect(await next(reader)).toEqual({ available: 5 });
    server.set(4);
    expect(await next(reader)).toEqual({ available: 4 });
    await reader.cancel();
    await until(() => expect(server.watchers).toBe(0));
  });

  test('ends when the credential is refused', async () => {
    await using server = await CreditsServer.open();
    const response = creditsEventStream(new UXFlow({ token: 'revoked', baseUrl: server.url }));
    const reader = response.body?.getReader();
    if (!reader) throw new Error('no body');
    expect(await next(reader)).toBe('the end');
  });
});
