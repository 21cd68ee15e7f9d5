/** A receipt is due after this much was read, well before the room takes the reader for stalled. */
const MESSAGES = 16;
const LENGTH = 64 * 1024;

/** Counts what was read since the last receipt. */
export class Receipts {
  #messages = 0;
  #length = 0;

  /** Counts one message of `length` characters; true when a receipt is due, and then counts anew. */
  due(length: number): boolean {
    this.#messages += 1;
    this.#length += length;
    if (this.#messages < MESSAGES && this.#length < LENGTH) return false;
    this.#messages = 0;
    this.#length = 0;
    return true;
  }
}
