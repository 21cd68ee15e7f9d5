import type { Presence } from '@uxflow/flow/sync';
import type { PresenceChange } from './types.ts';

const INTERVAL_MS = 1_000 / 30;

/** Merges changes of one's own presence and passes it on at once, then at most 30 times a second. */
export class PresenceSender {
  readonly #send: (presence: Presence) => void;
  #presence: Presence = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting = false;

  constructor(send: (presence: Presence) => void) {
    this.#send = send;
  }

  set(change: PresenceChange): void {
    const merged = Object.entries({ ...this.#presence, ...change }).filter(
      ([, value]) => value !== null && value !== undefined,
    );
    this.#presence = Object.fromEntries(merged) as Presence;
    if (this.#timer === undefined) this.#flush();
    else this.#waiting = true;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #flush(): void {
    this.#waiting = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#waiting) this.#flush();
    }, INTERVAL_MS);
    this.#send(this.#presence);
  }
}
