import { exports } from 'cloudflare:workers';
import { type ClientMessage, PONG, type ServerMessage } from '@uxflow/flow/sync';

type Kind = ServerMessage['type'];
type MessageOf<K extends Kind> = Extract<ServerMessage, { type: K }>;

/** The live WebSocket of a flow, as a client's test double: it keeps what arrives until a test asks for it. */
export class TestSocket {
  readonly #socket: WebSocket;
  readonly #arrived: ServerMessage[] = [];
  #wake: () => void = () => {};
  closed: { code: number; reason: string } | undefined;
  /** Answers to `ping` so far. */
  pongs = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      if (data === PONG) this.pongs += 1;
      else this.#arrived.push(JSON.parse(data as string) as ServerMessage);
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
  async next<K extends Kind>(type: K): Promise<MessageOf<K>> {
    for (;;) {
      const at = this.#arrived.findIndex((message) => message.type === type);
      if (at >= 0) return this.#arrived.splice(0, at + 1).at(-1) as MessageOf<K>;
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
    while (this.pongs < count) await this.#something('pong');
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
export function upgrade(
  flowId: unknown,
  credential: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return exports.default.fetch(
    new Request(`https://api.test/v1/flows/${flowId}/live`, {
      headers: {
        Upgrade: 'websocket',
        'Sec-WebSocket-Protocol': `uxflow.v1, token.${credential}`,
        ...headers,
      },
    }),
  );
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
): Promise<{ socket: TestSocket; welcome: MessageOf<'welcome'> }> {
  const socket = await connect(flowId, credential);
  socket.send({ type: 'hello', clientId, ...(clock !== undefined && { clock }) });
  return { socket, welcome: await socket.next('welcome') };
}
