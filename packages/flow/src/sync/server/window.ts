/** Unread changes after which a reader is told no more until he has acknowledged some. */
const MOST_MESSAGES = 200;
const MOST_BYTES = 256 * 1024;
/** Milliseconds of holding back without an acknowledgement after which a reader is taken for stalled. */
const PATIENCE_MS = 5_000;

interface Unread {
  messages: { clock: number; bytes: number }[];
  bytes: number;
  /** Set while he is held back: the clock up to which he was told, and when he is taken for stalled. */
  held?: { after: number; until: number };
}

/**
 * Which changes each socket has been sent and not yet acknowledged. `send` never fails, so without this a reader
 * who stopped reading would fill the room's memory. Lost when the room sleeps, which it does only long after
 * everybody who was held back has caught up or was closed.
 */
export class ReadWindow {
  readonly #unread = new Map<string, Unread>();

  /**
   * Notes that a change of so many bytes is about to be sent; false when the reader has too much unread and is held
   * back from here on. What is unread before it counts alone: one change may be as large as the window.
   */
  admit(peerId: string, clock: number, bytes: number, now: number): boolean {
    let unread = this.#unread.get(peerId);
    if (!unread) this.#unread.set(peerId, (unread = { messages: [], bytes: 0 }));
    if (unread.held) return false;
    if (isFull(unread)) {
      unread.held = { after: clock - 1, until: now + PATIENCE_MS };
      return false;
    }
    unread.messages.push({ clock, bytes });
    unread.bytes += bytes;
    return true;
  }

  /** When a reader who is held back is taken for stalled, in milliseconds since the epoch. */
  heldUntil(peerId: string): number | undefined {
    return this.#unread.get(peerId)?.held?.until;
  }

  /**
   * Notes that the reader has everything up to `clock`.
   *
   * @returns where to go on with a reader who was held back and no longer is: after which clock, and how many
   *   changes he takes.
   */
  read(peerId: string, clock: number): { after: number; most: number } | undefined {
    const unread = this.#unread.get(peerId);
    if (!unread) return undefined;
    const next = unread.messages.findIndex((message) => message.clock > clock);
    const done = unread.messages.splice(0, next === -1 ? unread.messages.length : next);
    for (const { bytes } of done) unread.bytes -= bytes;
    if (!unread.held || isFull(unread)) return undefined;
    const { after } = unread.held;
    delete unread.held;
    return { after, most: MOST_MESSAGES - unread.messages.length };
  }

  forget(peerId: string): void {
    this.#unread.delete(peerId);
  }
}

function isFull({ messages, bytes }: Unread): boolean {
  return messages.length >= MOST_MESSAGES || bytes >= MOST_BYTES;
}
