import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** The two routes of credits behind real sockets on loopback, with faults to switch on. */
export class CreditsServer implements AsyncDisposable {
  available = 5;
  readonly known: Set<string> = new Set(['tok']);
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
