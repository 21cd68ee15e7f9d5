import { exports } from 'cloudflare:workers';
import { type ClientMessage, readPong, type ServerMessage } from '@uxflow/flow/sync';

interface Message {
  type: string;
}

/** A live WebSocket, of a flow unless told, as a client's test double: it keeps what arrives until a test asks for it. */
export class TestSocket<M extends Message = ServerMessage> {
  readonly #socket: WebSocket;
  readonly #arrived: M[] = [];
  #wake: () => void = () => {};
  closed: { code: number; reason: string } | undefined;
  /** The clocks in the answers to `ping` so far; null where the room knew none. */
  readonly pongs: (number | null)[] = [];

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const pong = readPong(data as string);
      if (pong !== undefined) this.pongs.push(pong);
      else this.#arrived.push(JSON.parse(data as string) as M);
      this.#wake();
    });
    socket.addEventListener('close', ({ code, reason }) => {
      this.closed = { code, reason };
      this.#wake();
    });
    socket.accept();
  }

  send(message: ClientMessage | Record<string, unknown>): void {
    this.#socket.send(JSON.stringify(message));
  }

  sendRaw(data: string | ArrayBuffer): void {
    this.#socket.send(data);
  }

  close(): void {
    this.#socket.close(1000, 'done');
  }

  /** The next message of this type; those before it are skipped. */
  async next<K extends M['type']>(type: K): Promise<Extract<M, { type: K }>> {
    for (;;) {
      const at = this.#arrived.findIndex((message) => message.type === type);
      if (at >= 0) return this.#arrived.splice(0, at + 1).at(-1) as Extract<M, { type: K }>;
      if (this.closed)
        throw new Error(`closed ${this.closed.code} ${this.closed.reason} before "${type}" came`);
      await this.#something(type);
    }
  }

  async untilClosed(): Promise<{ code: number; reason: string }> {
    while (!this.closed) await this.#something('close');
    return this.closed;
  }

  async untilPong(count = 1): Promise<void> {
    while (this.pongs.length < count) await this.#something('pong');
  }

  #something(what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no "${what}" within 2 s`)), 2_000);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Asks for the upgrade; the answer may refuse it. */
export function upgradeAt(
  path: string,
  credential: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return exports.default.fetch(
    new Request(`https://api.test${path}`, {
      headers: {
        Upgrade: 'websocket',
        'Sec-WebSocket-Protocol': `uxflow.v1, token.${credential}`,
        ...headers,
      },
    }),
  );
}

/** Asks for the upgrade to a flow's live WebSocket. */
export function upgrade(
  flowId: unknown,
  credential: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return upgradeAt(`/v1/flows/${flowId}/live`, credential, headers);
}

/** A connected socket that has not said hello. */
export async function connect(
  flowId: unknown,
  credential: string,
  headers: Record<string, string> = {},
): Promise<TestSocket> {
  const response = await upgrade(flowId, credential, headers);
  if (!response.webSocket) throw new Error(`refused: ${response.status} ${await response.text()}`);
  return new TestSocket(response.webSocket);
}

/** A connected socket that was welcomed. */
export async function join(
  flowId: unknown,
  credential: string,
  clientId: string,
  clock?: number,
): Promise<{ socket: TestSocket; welcome: Extract<ServerMessage, { type: 'welcome' }> }> {
  const socket = await connect(flowId, credential);
  socket.send({ type: 'hello', clientId, ...(clock !== undefined && { clock }) });
  return { socket, welcome: await socket.next('welcome') };
}
