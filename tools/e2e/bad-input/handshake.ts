import { request } from 'node:http';
import type { Answer, JsonObject } from '../black-box.ts';

/** Asks for a WebSocket and tells how the server answered; an opened socket is closed at once (status 101). */
export function handshake(
  url: string,
  headers: Record<string, string> = {},
): Promise<Answer & { protocol?: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64'),
        ...headers,
      },
    });
    asked.on('upgrade', (response, socket) => {
      socket.destroy();
      const protocol = response.headers['sec-websocket-protocol'];
      resolve({
        status: 101,
        headers: new Headers(),
        text: '',
        body: {},
        ...(protocol !== undefined && { protocol }),
      });
    });
    asked.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const told = Object.entries(response.headers).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value] as [string, string]] : [],
        );
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(told),
          text,
          body: text.startsWith('{') ? (JSON.parse(text) as JsonObject) : {},
        });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** A live socket that remembers what it was told. */
export class LiveClient {
  readonly heard: JsonObject[] = [];
  closed: { code: number; reason: string } | undefined;
  readonly #socket: WebSocket;
  #wake: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      this.heard.push(JSON.parse(String(data)) as JsonObject);
      this.#wake();
    });
    socket.addEventListener('close', ({ code, reason }) => {
      this.closed = { code, reason };
      this.#wake();
    });
  }

  static async open(url: string, credential: string): Promise<LiveClient> {
    const socket = new WebSocket(url, ['uxflow.v1', `token.${credential}`]);
    const client = new LiveClient(socket);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    return client;
  }

  send(message: string | Uint8Array<ArrayBuffer> | JsonObject): void {
    const raw = typeof message === 'string' || message instanceof Uint8Array;
    this.#socket.send(raw ? message : JSON.stringify(message));
  }

  /** The next message that fits, from the `from`th on. */
  async next(fits: (message: JsonObject) => boolean, from = 0): Promise<JsonObject> {
    const until = Date.now() + 5_000;
    for (;;) {
      const found = this.heard.slice(from).find(fits);
      if (found) return found;
      if (this.closed || Date.now() > until)
        throw new Error(
          `not heard; closed: ${JSON.stringify(this.closed)}; heard: ${JSON.stringify(this.heard.slice(from)).slice(0, 500)}`,
        );
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close(): void {
    this.#socket.close();
  }
}
