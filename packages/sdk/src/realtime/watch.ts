import { Liveness } from '@uxflow/flow/sync';

export interface WatchEvents {
  /** Asks the other side for a sign of life; false when this is no time to ask. */
  ask(): boolean;
  /** The connection is to be given up. */
  dead(): void;
  /** Names what is due from the other side next, see `Liveness`. */
  due(): string | undefined;
}

/** Looks after the liveness of one connection with a timer. */
export class Watch {
  readonly #events: WatchEvents;
  readonly #liveness = new Liveness(performance.now());
  #look: ReturnType<typeof setTimeout> | undefined;
  #lookAt = Infinity;

  /** A connection is being made. */
  constructor(events: WatchEvents) {
    this.#events = events;
    this.#plan();
  }

  heard(): void {
    this.#liveness.heard(performance.now(), this.#events.due());
    this.#plan();
  }

  /** Something was sent that is to be answered. */
  sent(): void {
    this.#liveness.sent(performance.now(), this.#events.due());
    this.#plan();
  }

  stop(): void {
    clearTimeout(this.#look);
    this.#lookAt = -Infinity;
  }

  #plan(): void {
    const { next } = this.#liveness;
    // What is later than the look that is coming anyway is seen to then: most messages set no timer.
    if (next >= this.#lookAt) return;
    clearTimeout(this.#look);
    this.#lookAt = next;
    this.#look = setTimeout(() => this.#check(), Math.max(0, next - performance.now()));
  }

  #check(): void {
    this.#lookAt = Infinity;
    const now = performance.now();
    const verdict = this.#liveness.verdict(now);
    if (verdict === 'dead') {
      this.#events.dead();
      return;
    }
    if (verdict === 'ask') this.#liveness.asked(now, this.#events.ask());
    this.#plan();
  }
}
