/** Unread changes after which a reader is taken for stalled: he is closed and comes back with a fresh hello. */
const MOST_MESSAGES = 400;
const MOST_LENGTH = 2 * 1024 * 1024;

interface Unread { messages: { clock: number; length: number }[]; length: number }

/**
 * Which changes each socket has been sent and not yet acknowledged. `send` never fails, so without this a reader
 * who stopped reading would fill the room's memory. Lost when the room sleeps, which it does only when all is read.
 */
export class ReadWindow {
  readonly #unread = new Map<string, Unread>();

  /** Notes that a change of `length` characters is about to be sent; false when the reader has too much unread. */
  sent(peerId: string, clock: number, length: number): boolean {
    let unread = this.#unread.get(peerId);
    if (!unread) this.#unread.set(peerId, unread = { messages: [], length: 0 });
    if (unread.messages.length >= MOST_MESSAGES || unread.length + length > MOST_LENGTH) return false;
    unread.messages.push({ clock, length });
    unread.length += length;
    return true;
  }

  /** Notes that the reader has everything up to `clock`. */
  read(peerId: string, clock: number): void {
    const unread = this.#unread.get(peerId);
    if (!unread) return;
    const next = unread.messages.findIndex((message) => message.clock > clock);
    const done = unread.messages.splice(0, next === -1 ? unread.messages.length : next);
    for (const { length } of done) unread.length -= length;
  }

  forget(peerId: string): void {
    this.#unread.delete(peerId);
  }
}
