import type { RoomSocket, SocketAttachment } from '@uxflow/flow/sync/server';
import type { LiveIdentity } from './live-identity.ts';

/** What a socket remembers while the room sleeps. */
export type LiveAttachment = SocketAttachment & LiveIdentity;

/** A hibernatable WebSocket as the room core sees it. */
export class LiveSocket implements RoomSocket {
  readonly #socket: WebSocket;
  #attachment: LiveAttachment;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.#attachment = socket.deserializeAttachment() as LiveAttachment;
  }

  get attachment(): LiveAttachment {
    return this.#attachment;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  attach(change: Partial<LiveAttachment>): void {
    this.#attachment = { ...this.#attachment, ...change };
    this.#socket.serializeAttachment(this.#attachment);
  }

  /** A socket that has gone meanwhile is passed over: its close event follows. */
  send(text: string): void {
    if (this.isOpen) this.#socket.send(text);
  }

  close(code: number, reason: string): void {
    if (this.isOpen) this.#socket.close(code, reason);
  }
}

/** The wrappers of a room's sockets, one each, as long as the room is awake. */
export class LiveSockets {
  readonly #ctx: DurableObjectState;
  readonly #wrapped = new WeakMap<WebSocket, LiveSocket>();

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
  }

  /** Takes a new connection in. */
  accept(socket: WebSocket, attachment: LiveAttachment): void {
    this.#ctx.acceptWebSocket(socket);
    socket.serializeAttachment(attachment);
  }

  of(socket: WebSocket): LiveSocket {
    let wrapper = this.#wrapped.get(socket);
    if (!wrapper) this.#wrapped.set(socket, (wrapper = new LiveSocket(socket)));
    return wrapper;
  }

  /** All that are open, those that slept included. */
  open(): LiveSocket[] {
    return this.#ctx
      .getWebSockets()
      .map((socket) => this.of(socket))
      .filter(({ isOpen }) => isOpen);
  }
}
