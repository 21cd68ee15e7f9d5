/** Messages of commits that a room sends at most in a second, to all its readers together. */
const MESSAGES_PER_SECOND = 6_000;
/** Milliseconds that a commit waits at most to be told with others. */
const LONGEST_MS = 50;

/** When to tell of commits: the first one at once, those that follow close behind it together. */
export class Pace {
  #next = 0;

  /** Milliseconds to wait from `now` on. */
  wait(now: number): number {
    // A clock that was put back must not hold anything up.
    return Math.min(Math.max(0, this.#next - now), LONGEST_MS);
  }

  /** Notes that so many readers have been told. */
  told(now: number, readers: number): void {
    this.#next = now + Math.min(Math.floor((readers * 1_000) / MESSAGES_PER_SECOND), LONGEST_MS);
  }
}
