import { utf8Bytes } from '../../document/json.ts';
import { LIMITS } from '../../document/limits.ts';
import type { Change, ServerMessage, SnapshotPart } from '../messages.ts';
import { fits, splitText } from '../text.ts';
import type { FlowLog } from './log.ts';
import type { RoomSocket } from './room.ts';
import { ReadWindow } from './window.ts';

/** Left free in a message for its other members. */
export const ENVELOPE_BYTES: number = 8 * 1024;

/** A change as it is sent; without text when it is too long for a message and the document goes instead. */
interface Written {
  clock: number;
  bytes: number;
  text?: string;
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
  /** The latest snapshot as text, so that many who need it at once cost one. */
  #snapshot: { clock: number; text: string } | undefined;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#log = options.log;
  }

  /** Tells the readers of the commit that was just written. */
  tell(change: Change, readers: readonly RoomSocket[]): void {
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
      if (found.code === 'not_retained') this.#offer(socket, this.#document(next.after + 1));
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

  /** Sends the document in as many parts as it needs, the first one wrapped by `first`. */
  sendSnapshot(
    socket: RoomSocket,
    firstBytes: number = LIMITS.commitBytes - ENVELOPE_BYTES,
    first: (clock: number, part: SnapshotPart) => ServerMessage = (clock, part) => ({
      type: 'snapshot',
      clock,
      ...part,
    }),
  ): void {
    const { clock, text } = this.#snapshotText();
    const slices = splitText(text, firstBytes);
    slices.forEach((json, part) => {
      const slice = { part, parts: slices.length, json };
      socket.send(JSON.stringify(part === 0 ? first(clock, slice) : { type: 'snapshot', clock, ...slice }));
    });
  }

  /** Sends, or holds the reader back. */
  #offer(socket: RoomSocket, { clock, bytes, text }: Written): boolean {
    const { peerId } = socket.attachment;
    const held = this.#window.heldUntil(peerId) !== undefined;
    if (this.#window.admit(peerId, clock, bytes, this.#options.now())) {
      if (text === undefined) this.sendSnapshot(socket);
      else socket.send(text);
      return true;
    }
    const until = this.#window.heldUntil(peerId);
    if (!held && until !== undefined) this.#options.readerHeld(until);
    return false;
  }

  #write(change: Change): Written {
    const text = JSON.stringify({ type: 'changes', ...change } satisfies ServerMessage);
    if (!fits(text, LIMITS.commitBytes)) return this.#document(change.clock);
    return { clock: change.clock, bytes: utf8Bytes(text), text };
  }

  /** The document in place of the changes from `clock` on. */
  #document(clock: number): Written {
    return { clock, bytes: utf8Bytes(this.#snapshotText().text) };
  }

  #snapshotText(): { clock: number; text: string } {
    const snapshot = this.#log.snapshot();
    if (!snapshot.ok) throw new Error('A flow that has members has no document');
    if (this.#snapshot?.clock !== snapshot.clock) {
      this.#snapshot = { clock: snapshot.clock, text: JSON.stringify(snapshot.document) };
    }
    return this.#snapshot;
  }
}
