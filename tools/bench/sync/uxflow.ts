import type { FlowDocument } from '@uxflow/flow';
import type { Actor, ClientMessage } from '@uxflow/flow/sync';
import {
  FlowLog,
  readFrame,
  Room,
  type Ports,
  type RoomSocket,
  type SocketAttachment,
  type Store,
} from '@uxflow/flow/sync/server';

const OWNER: Actor = { id: 'system:bench', name: 'Bench' };

/** One connection of this product's room, to whatever carries its messages. */
class Connection implements RoomSocket {
  attachment: SocketAttachment;
  readonly send: (text: string) => void;
  readonly close: () => void;

  constructor(attachment: SocketAttachment, send: (text: string) => void, close: () => void) {
    this.attachment = attachment;
    this.send = send;
    this.close = close;
  }

  attach(change: { clientId: string; packed: boolean }): void {
    this.attachment = { ...this.attachment, ...change };
  }
}

/** This product's room outside a Durable Object: its log, its protocol, and its limits. */
export class UxflowRoom {
  readonly #log: FlowLog;
  readonly #room: Room;
  readonly #sockets = new Set<Connection>();
  #peers = 0;
  #presenceDue = false;
  #flushDue = false;

  constructor(store: Store, document: FlowDocument) {
    let ids = 0;
    const ports: Ports = {
      now: () => Date.now(),
      newId: (prefix) => `${prefix}_${String((ids += 1)).padStart(26, '0')}`,
    };
    this.#log = new FlowLog(store, ports);
    const created = this.#log.create({ name: document.name, document, actor: OWNER });
    if (!created.ok) throw new Error(created.detail);
    this.#room = new Room({
      log: this.#log,
      now: () => Date.now(),
      sockets: () => this.#sockets,
      flushIn: () => {
        this.#flushDue = true;
      },
      presenceChanged: () => this.#presenceSoon(),
      readerHeld: (until) => void setTimeout(() => this.#room.closeStalled(), until - Date.now()).unref(),
    });
  }

  #presenceSoon(): void {
    if (this.#presenceDue) return;
    this.#presenceDue = true;
    setTimeout(() => {
      this.#presenceDue = false;
      this.#room.flushPresence();
    }, 50).unref();
  }

  /** Opens a connection; returns what takes its messages and what ends it. */
  connect(
    send: (text: string) => void,
    close: () => void = () => undefined,
  ): { receive(text: string): void; left(): void } {
    this.#peers += 1;
    const no = this.#peers;
    const actor = { id: `user:${no}`, name: `User ${no}` };
    const socket = new Connection({ peerId: `p${no}`, actor, permission: 'edit' }, send, close);
    this.#sockets.add(socket);
    return {
      receive: (text) => {
        const frame = readFrame(text);
        if (!frame.ok) throw new Error(frame.detail);
        if (frame.message.type !== 'auth') this.#room.receive(socket, frame.message);
        // Each message is a turn of its own.
        if (this.#flushDue) this.#room.flush();
        this.#flushDue = false;
      },
      left: () => {
        this.#sockets.delete(socket);
        this.#room.left(socket);
      },
    };
  }

  /** The flow as it stands. */
  get document(): FlowDocument {
    const snapshot = this.#log.snapshot();
    if (!snapshot.ok) throw new Error(snapshot.detail);
    return snapshot.document;
  }
}

export function write(message: ClientMessage): string {
  return JSON.stringify(message);
}
