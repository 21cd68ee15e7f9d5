import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { until } from '../../test/until.ts';
import { UXFlow } from '../client.ts';
import { type CreditsWatch, watchCredits } from './index.ts';

/** The two routes of credits behind real sockets on loopback, with faults to switch on. */
class CreditsServer implements AsyncDisposable {
  available = 5;
  readonly known = new Set(['tok']);
  readonly handshakes: string[] = [];
  url = '';
  readonly #sockets = new Set<WebSocket>();
  readonly #http = createServer((request, response) => {
    const known = this.known.has(request.headers.authorization?.replace('Bearer ', '') ?? '');
    response.writeHead(known ? 200 : 401, {
      'content-type': known ? 'application/json' : 'application/problem+json',
    });
    response.end(
      JSON.stringify(
        known
          ? { available: this.available }
          : { status: 401, code: 'unauthenticated', detail: 'Not known here' },
      ),
    );
  });
  readonly #server = new WebSocketServer({ noServer: true, handleProtocols: () => 'uxflow.v1' });

  static async open(): Promise<CreditsServer> {
    const server = new CreditsServer();
    server.#http.on('upgrade', (request, socket, head) => {
      const token = String(request.headers['sec-websocket-protocol']).split('token.')[1] ?? '';
      server.handshakes.push(`${request.url} ${token}`);
      if (!server.known.has(token)) {
        socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
        return;
      }
      server.#server.handleUpgrade(request, socket, head, (opened) => {
        server.#sockets.add(opened);
        opened.on('close', () => server.#sockets.delete(opened));
        server.#tell(opened);
      });
    });
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve));
    server.url = `http://127.0.0.1:${(server.#http.address() as AddressInfo).port}`;
    return server;
  }

  get watchers(): number {
    return this.#sockets.size;
  }

  set(available: number): void {
    this.available = available;
    for (const socket of this.#sockets) this.#tell(socket);
  }

  say(message: object): void {
    for (const socket of this.#sockets) socket.send(JSON.stringify(message));
  }

  break(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.break();
    this.#server.close();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #tell(socket: WebSocket): void {
    socket.send(JSON.stringify({ type: 'credits', credits: { available: this.available } }));
  }
}

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
