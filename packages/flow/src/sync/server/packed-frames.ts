import { LIMITS } from '../../document/limits.ts';
import type { Introductions } from './introductions.ts';
import type { CommittedMessage, ToldChange } from './told.ts';

/** Bytes for the numbers before an item's contents. */
const HEAD_BYTES = 64;
/** UTF-8 bytes that a change may take to fit into a frame. */
export const MOST_PACKED_BYTES: number = LIMITS.commitBytes - 2 * HEAD_BYTES;

/** Writes what one socket is told as packed frames, see `PackedFrame`: as few as there can be. */
export class PackedFrames {
  readonly #peerId: string;
  readonly #introductions: Introductions;
  readonly #send: (text: string) => void;
  #items: string[] = [];
  #bytes = 0;
  /** Clock up to which the frame leads, as its reader counts. */
  #clock = 0;
  #from = 0;
  /** Time of the first change in the frame, milliseconds since the epoch. */
  #at: number | undefined;

  constructor(peerId: string, introductions: Introductions, send: (text: string) => void) {
    this.#peerId = peerId;
    this.#introductions = introductions;
    this.#send = send;
  }

  change({ change, packed }: ToldChange): void {
    const { contents, more, actor, bytes } = packed;
    this.#room(change.clock - 1, bytes, true);
    const no = this.#introductions.numberOf(actor);
    const who = this.#introductions.introduce(this.#peerId, no) ? `[${no},${actor}]` : `${no}`;
    this.#at ??= change.at;
    const dt = change.at - this.#at;
    this.#items.push(`[${who},${more === '' ? dt : `{"dt":${dt},${more}}`},${contents}`);
    this.#clock = change.clock;
  }

  /** @param text of the answer as a message */
  answer(answer: CommittedMessage, text: string): void {
    const { key, clock, conflicts } = answer;
    const plain = conflicts.length === 0 && !answer.ops && !answer.skipped;
    this.#room(clock - 1, text.length * 3, false);
    if (plain && clock === this.#clock + 1) this.#items.push(JSON.stringify(key));
    else this.#items.push(text);
    this.#clock = Math.max(this.#clock, clock);
  }

  /** Sends what there is. */
  end(): void {
    if (this.#items.length === 0) return;
    const time = this.#at === undefined ? '0' : this.#introductions.time(this.#peerId, this.#at);
    this.#send(`[${this.#from},${time},${this.#items.join(',')}]`);
    this.#items = [];
    this.#bytes = 0;
    this.#at = undefined;
  }

  /** Begins another frame when the present one is full, or leads elsewhere than to `clock`. */
  #room(clock: number, bytes: number, exactly: boolean): void {
    if (this.#bytes + bytes + HEAD_BYTES > LIMITS.commitBytes || (exactly && this.#clock !== clock))
      this.end();
    if (this.#items.length === 0) this.#from = this.#clock = clock;
    this.#bytes += bytes + HEAD_BYTES;
  }
}
