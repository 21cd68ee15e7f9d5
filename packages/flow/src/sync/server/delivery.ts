import { utf8Bytes } from '../../document/json.ts';
import { LIMITS } from '../../document/limits.ts';
import type { Change, ServerMessage } from '../messages.ts';
import { fits } from '../text.ts';
import type { FlowLog } from './log.ts';
import type { RoomSocket } from './room.ts';
import { SnapshotText } from './snapshot-text.ts';
import { ReadWindow } from './window.ts';

/** A change as it is sent; without text when it is too long for a message and the document goes instead. */
interface Written {
  clock: number;
  text?: { json: string; bytes: number };
}

export interface DeliveryOptions {
  log: FlowLog;
  /** Milliseconds since the epoch. */
  now(): number;
  /** A reader is held back: call `closeStalled` at this time, in milliseconds since the epoch. */
  readerHeld(until: number): void;
  /** Closes a reader who has stalled. */
  stalled(socket: RoomSocket): void;
}

/**
 * Brings commits to readers, to each no faster than he reads: who has too much unread is held back, goes on from the
 * log when he acknowledges, and is closed when he does not.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #log: FlowLog;
  readonly #window = new ReadWindow();
  /** The latest snapshot, so that many who need it at once cost one. */
  #snapshot: SnapshotText | undefined;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#log = options.log;
  }

  /** Tells the readers of the commit that was just written. */
  tell(change: Change, readers: readonly RoomSocket[]): void {
    // It would be held for nothing until somebody comes.
    this.#snapshot = undefined;
    const written = this.#write(change);
    for (const socket of readers) this.#offer(socket, written);
  }

  /** A reader has everything up to `clock`; whoever was held back is told what he has missed meanwhile. */
  read(socket: RoomSocket, clock: number): void {
    const next = this.#window.read(socket.attachment.peerId, clock);
    if (!next) return;
    // One more than he takes: the one that does not go holds him back again.
    const found = this.#log.commitsAfter(next.after, next.most + 1);
    if (!found.ok) {
      // What he has missed is no longer in the log.
      if (found.code === 'not_retained') this.#offer(socket, { clock: next.after + 1 });
      return;
    }
    for (const { commitId: _, ...change } of found.commits) {
      const written = this.#write(change);
      // The document holds all that follows.
      if (!this.#offer(socket, written) || written.text === undefined) return;
    }
  }

  /** Closes the readers who were held back and have acknowledged nothing since. */
  closeStalled(readers: readonly RoomSocket[]): void {
    const now = this.#options.now();
    for (const socket of readers) {
      const until = this.#window.heldUntil(socket.attachment.peerId);
      if (until === undefined) continue;
      if (until <= now) this.#options.stalled(socket);
      else this.#options.readerHeld(until);
    }
  }

  /** The reader has gone, or begins anew. */
  forget(peerId: string): void {
    this.#window.forget(peerId);
  }

  /** Sends the document in as many parts as it needs. */
  sendSnapshot(socket: RoomSocket): void {
    const snapshot = this.#snapshotText();
    snapshot.parts(isPacked(socket)).forEach((part) => sendPart(socket, snapshot.clock, part));
  }

  /**
   * Sends the document, its first part, of at most so many bytes, inside of `welcome`.
   * @param welcome the message as JSON without its closing brace, but for clock and document
   */
  sendWelcome(socket: RoomSocket, welcome: string, firstBytes: number): void {
    const snapshot = this.#snapshotText();
    const { clock } = snapshot;
    snapshot.parts(isPacked(socket), firstBytes).forEach((part, at) => {
      if (at > 0) sendPart(socket, clock, part);
      else socket.send(`${welcome},"clock":${clock},"snapshot":{${part}}}`);
    });
  }

  /** Sends, or holds the reader back. */
  #offer(socket: RoomSocket, { clock, text }: Written): boolean {
    const { peerId } = socket.attachment;
    const held = this.#window.heldUntil(peerId) !== undefined;
    const bytes = text?.bytes ?? this.#snapshotText().bytes(isPacked(socket));
    if (this.#window.admit(peerId, clock, bytes, this.#options.now())) {
      if (text) socket.send(text.json);
      else this.sendSnapshot(socket);
      return true;
    }
    const until = this.#window.heldUntil(peerId);
    if (!held && until !== undefined) this.#options.readerHeld(until);
    return false;
  }

  #write(change: Change): Written {
    const { clock } = change;
    const json = JSON.stringify({ type: 'changes', ...change } satisfies ServerMessage);
    return fits(json, LIMITS.commitBytes) ? { clock, text: { json, bytes: utf8Bytes(json) } } : { clock };
  }

  #snapshotText(): SnapshotText {
    const snapshot = this.#log.snapshot();
    if (!snapshot.ok) throw new Error('A flow that has members has no document');
    if (this.#snapshot?.clock !== snapshot.clock)
      this.#snapshot = new SnapshotText(snapshot.clock, snapshot.document);
    return this.#snapshot;
  }
}

function isPacked({ attachment }: RoomSocket): boolean {
  return attachment.packed === true;
}

function sendPart(socket: RoomSocket, clock: number, part: string): void {
  socket.send(`{"type":"snapshot","clock":${clock},${part}}`);
}
