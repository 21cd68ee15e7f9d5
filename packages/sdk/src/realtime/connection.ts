import { readPong } from '@uxflow/flow/sync';
import { APIError, UXFlowError } from '../core/errors.ts';
import type { Http } from '../core/http.ts';
import { backoff } from '../core/retry.ts';
import type { WebSocketConstructor, WebSocketLike } from './types.ts';
import { Watch } from './watch.ts';

/** `SUBPROTOCOL` and `TOKEN_SUBPROTOCOL_PREFIX` of the wire format; the test holds them equal. */
export const PROTOCOL = 'uxflow.v1';
export const TOKEN_PREFIX = 'token.';
/** The heartbeat of the wire format; the test holds it equal, too. */
export const PING = 'ping';
const RETRY_BASE_MS = 400;
const RETRY_CAP_MS = 15_000;
const OPEN = 1;
/** The longest delay a timer can hold. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** Where a connection leads. */
export interface ConnectionTarget {
  /** Path of the WebSocket. */
  live: string;
  /** Path that an ordinary request of the same credential may read: it says why a socket was refused. */
  ask: string;
}

export interface ConnectionEvents<Message> {
  /** There is a credential, which nobody has used yet. An error ends the connection for good. */
  credential(token: string): Promise<UXFlowError | null>;
  /** An attempt has failed; there will be another. */
  unreachable(): void;
  /** A socket is open and nothing has been said on it yet. */
  opened(): void;
  message(message: Message, length: number): void;
  /** The other side stands at this clock, and has said all that led there. */
  stands?(clock: number): void;
  /** Names what is due from the other side next, see `Liveness`. */
  due(): string | undefined;
  /** The open socket is gone; another one is on its way, unless `ended` follows. */
  lost(): void;
  /** For good: the server will not have us. */
  ended(error: UXFlowError): void;
}

/**
 * Keeps one WebSocket open: connects, reconnects with growing random delays, renews the credential in place,
 * notices dead connections, and finds out over HTTP why a socket was refused, which browsers do not tell.
 */
export class Connection<Message extends { type: string } | unknown[]> {
  readonly #http: Http;
  readonly #target: ConnectionTarget;
  readonly #WebSocket: WebSocketConstructor;
  readonly #events: ConnectionEvents<Message>;
  #socket: WebSocketLike | undefined;
  #opened = false;
  #bye = false;
  #token = '';
  #failures = 0;
  /** The credential was refused and a new one has been asked for, which has not led into the room yet. */
  #replaced = false;
  #stopped = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: Watch | undefined;
  #renewal: ReturnType<typeof setTimeout> | undefined;

  constructor(
    http: Http,
    target: ConnectionTarget,
    WebSocket: WebSocketConstructor,
    events: ConnectionEvents<Message>,
  ) {
    this.#http = http;
    this.#target = target;
    this.#WebSocket = WebSocket;
    this.#events = events;
  }

  start(): void {
    void this.#connect();
  }

  send(message: object): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** An answer is due: without it the connection is made anew. */
  expect(): void {
    this.#watch?.sent();
  }

  /** Nothing is wrong with this connection: the next failure is a first one. */
  settled(): void {
    this.#failures = 0;
    this.#replaced = false;
  }

  /** Something has changed about the network: try now if waiting. */
  wake(): void {
    if (this.#retry === undefined || this.#stopped) return;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#failures = 0;
    void this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    const socket = this.#forget();
    clearTimeout(this.#retry);
    socket?.close(1000, '');
  }

  async #connect(refused?: string): Promise<void> {
    let token: string;
    try {
      token = await this.#http.config.credentials.get(refused);
    } catch (error) {
      this.#failed(error);
      return;
    }
    const refusal = await this.#events.credential(token);
    if (this.#stopped) return;
    if (refusal) {
      this.#end(refusal);
      return;
    }
    this.#token = token;
    const url = this.#http.url(this.#target.live).replace(/^http/, 'ws');
    let socket: WebSocketLike;
    try {
      socket = new this.#WebSocket(url, [PROTOCOL, TOKEN_PREFIX + token]);
    } catch (cause) {
      this.#end(
        new UXFlowError('invalid_config', 'The WebSocket could not be made; is the credential complete?', {
          cause,
        }),
      );
      return;
    }
    this.#socket = socket;
    this.#opened = false;
    this.#bye = false;
    this.#watch = new Watch({
      ask: () => this.#ask(),
      dead: () => this.#drop(),
      due: () => this.#events.due(),
    });
    const mine = (): boolean => this.#socket === socket;
    socket.addEventListener('open', () => {
      if (!mine()) return;
      this.#opened = true;
      this.#scheduleRenewal();
      this.#events.opened();
    });
    socket.addEventListener('message', ({ data }) => {
      if (mine() && typeof data === 'string') this.#read(data);
    });
    socket.addEventListener('close', () => {
      if (mine()) this.#lost();
    });
    // Tells nothing; the close event follows it. Without a listener some implementations throw.
    socket.addEventListener('error', () => undefined);
  }

  #read(text: string): void {
    const clock = readPong(text);
    if (clock === undefined) this.#take(text);
    else if (clock !== null) this.#events.stands?.(clock);
    this.#watch?.heard();
  }

  /** Asks for a sign of life. A hidden page rests: it looks when it is shown again. */
  #ask(): boolean {
    if (globalThis.document?.hidden || this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(PING);
    return true;
  }

  #take(text: string): void {
    let message: Message;
    try {
      message = JSON.parse(text) as Message;
    } catch {
      // Something between here and the room garbles messages. What the room said meanwhile comes with the next welcome.
      this.#drop();
      return;
    }
    if (!Array.isArray(message) && message.type === 'bye') this.#bye = true;
    this.#events.message(message, text.length);
    if (this.#bye) this.#drop();
  }

  /** Gives up a socket that may never say that it is closed. */
  #drop(): void {
    const socket = this.#socket;
    this.#lost();
    socket?.close();
  }

  #lost(): void {
    const explained = this.#opened && !this.#bye;
    this.#forget();
    this.#events.lost();
    if (this.#stopped) return;
    if (explained) this.#again();
    else void this.#inquire();
  }

  /** The handshake failed or the room said goodbye: an ordinary request says why, and renews an expired token. */
  async #inquire(): Promise<void> {
    try {
      await this.#http.request('GET', this.#target.ask, {}, { maxRetries: 0 });
    } catch (error) {
      this.#failed(error);
      return;
    }
    this.#again();
  }

  #failed(error: unknown): void {
    if (this.#stopped) return;
    if (!(error instanceof UXFlowError && isFinal(error))) {
      this.#events.unreachable();
      this.#again();
    } else if (this.#replaced || !this.#http.config.credentials.renewable || !isRefusal(error))
      this.#end(error);
    else {
      // Revoked before its time, it may be: the page's own server decides whether there is another one.
      this.#replaced = true;
      void this.#connect(this.#token);
    }
  }

  #again(): void {
    if (this.#stopped) return;
    this.#retry = setTimeout(
      () => {
        this.#retry = undefined;
        void this.#connect();
      },
      backoff(this.#failures++, RETRY_BASE_MS, RETRY_CAP_MS),
    );
  }

  #end(error: UXFlowError): void {
    this.#stopped = true;
    this.#events.ended(error);
  }

  #forget(): WebSocketLike | undefined {
    const socket = this.#socket;
    this.#socket = undefined;
    clearTimeout(this.#renewal);
    this.#watch?.stop();
    this.#watch = undefined;
    return socket;
  }

  /** Hands the room a fresh credential before the one that opened the socket ends. */
  #scheduleRenewal(failures = 0): void {
    const { renewAt } = this.#http.config.credentials;
    if (renewAt === null) return;
    const wait =
      failures > 0
        ? 1_000 + backoff(failures, RETRY_BASE_MS, RETRY_CAP_MS)
        : Math.max(1_000, renewAt - Date.now());
    this.#renewal = setTimeout(() => void this.#renew(failures), Math.min(wait, MAX_DELAY_MS));
  }

  async #renew(failures: number): Promise<void> {
    const socket = this.#socket;
    try {
      const token = await this.#http.config.credentials.get();
      const refusal = await this.#events.credential(token);
      if (this.#socket !== socket) return;
      if (refusal) {
        this.#end(refusal);
        return;
      }
      if (token !== this.#token) this.send({ type: 'auth', token });
      this.#token = token;
      this.#scheduleRenewal();
    } catch {
      // The old one still holds for a while. When it ends without another, the room says goodbye and #inquire tells why.
      if (this.#socket === socket) this.#scheduleRenewal(failures + 1);
    }
  }
}

/** The credential is not, or no longer, good for anything. */
function isRefusal(error: UXFlowError): boolean {
  return error instanceof APIError && error.code === 'unauthenticated';
}

/** Asking again would get the same answer. */
function isFinal(error: UXFlowError): boolean {
  const answer = error.cause instanceof APIError ? error.cause : error;
  if (answer instanceof APIError) return answer.status < 500 && ![408, 409, 429].includes(answer.status);
  return error.code === 'auth_failed' && error.cause === undefined;
}
