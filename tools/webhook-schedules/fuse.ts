import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * A Worker that may be killed: after so many calls to the outside everything it does next never returns. Calls count
 * before and after their effect, so it dies with and without having had it.
 */
class Fuse {
  readonly blown: Promise<'killed'>;
  readonly #blow: () => void;
  #left: number;

  constructor(calls: number) {
    this.#left = calls;
    let blow = (): void => undefined;
    this.blown = new Promise((resolve) => {
      blow = () => resolve('killed');
    });
    this.#blow = blow;
  }

  pass(): Promise<void> {
    this.#left -= 1;
    if (this.#left > 0) return Promise.resolve();
    this.#blow();
    return new Promise(() => undefined);
  }
}

const running = new AsyncLocalStorage<Fuse>();

/** To be awaited before and after each call to the outside. */
export function passFuse(): Promise<void> {
  return running.getStore()?.pass() ?? Promise.resolve();
}

/** `work`, or 'killed' when it would make more than so many passes. */
export function killedAfter<T>(calls: number, work: () => Promise<T>): Promise<T | 'killed'> {
  const fuse = new Fuse(calls);
  return running.run(fuse, () => Promise.race([work(), fuse.blown]));
}
