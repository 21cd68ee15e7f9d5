import { PONG } from './messages.ts';

/** Milliseconds of silence after which the other side is asked whether it is still there. */
const ASK_MS = 25_000;
/** Milliseconds of silence after which a connection from which something is due is taken for dead. */
const SILENCE_MS = 10_000;
/** Milliseconds that one and the same thing may be due, whatever else arrives meanwhile. */
const PATIENCE_MS = 30_000;

/**
 * Whether a connection still lives, as far as its client can know. Networks go without a word, in both directions or
 * in one, and a message may vanish where others pass; so silence is not the only sign. Knows no clock: the caller
 * says what time it is, in milliseconds of whatever clock that never goes back.
 */
export class Liveness {
  #heard: number;
  /** Since when an answer is waited for in silence. */
  #waiting: number | undefined;
  #asked = false;
  /** What the other side owes, and since when it is this. */
  #due: { what: string; since: number } | undefined;

  /** A connection is being made. */
  constructor(now: number) {
    this.#heard = now;
    this.#waiting = now;
  }

  /**
   * Something has arrived, whatever it is.
   *
   * @param due names what the other side owes next, and is another name as soon as it has come a step nearer.
   */
  heard(now: number, due: string | undefined): void {
    this.#heard = now;
    this.#asked = false;
    this.#waiting = undefined;
    this.#owed(now, due);
  }

  /** Something was sent that is to be answered. */
  sent(now: number, due: string | undefined): void {
    this.#owed(now, due);
    this.#waiting ??= now;
  }

  /** The verdict `ask` was followed: by a question, or by letting it be until something is heard again. */
  asked(now: number, question: boolean): void {
    this.#asked = true;
    if (question) this.#waiting ??= now;
  }

  /** What is to be done now: ask whether the other side is there, or give the connection up. */
  verdict(now: number): 'ask' | 'dead' | undefined {
    if (now >= this.#deadAt) return 'dead';
    return !this.#asked && now >= this.#heard + ASK_MS ? 'ask' : undefined;
  }

  /** When `verdict` can be another one, if nothing happens before. */
  get next(): number {
    return Math.min(this.#deadAt, this.#asked ? Infinity : this.#heard + ASK_MS);
  }

  get #deadAt(): number {
    return Math.min(
      this.#waiting === undefined ? Infinity : this.#waiting + SILENCE_MS,
      this.#due === undefined ? Infinity : this.#due.since + PATIENCE_MS,
    );
  }

  #owed(now: number, due: string | undefined): void {
    if (due === undefined) this.#due = undefined;
    else {
      this.#waiting ??= now;
      if (this.#due?.what !== due) this.#due = { what: due, since: now };
    }
  }
}

/** The answer to `ping` by a room that stands at `clock`; without one where it does not know. */
export function pong(clock?: number): string {
  return clock === undefined ? PONG : `${PONG} ${clock}`;
}

/** The clock in an answer to `ping`, null when it names none; undefined when `text` is something else. */
export function readPong(text: string): number | null | undefined {
  if (text === PONG) return null;
  return /^pong \d{1,15}$/.test(text) ? Number(text.slice(PONG.length + 1)) : undefined;
}
