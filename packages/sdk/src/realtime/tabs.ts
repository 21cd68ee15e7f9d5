import type { TabNote } from '@uxflow/flow/sync';

/** What the pages of one browser tell each other about one kept flow, and which of them sends. */
export class Tabs {
  /** Names this page, unlike any other. */
  readonly name: string = crypto.randomUUID();
  readonly #scope: string;
  readonly #channel: BroadcastChannel;
  readonly #people: BroadcastChannel;
  readonly #life = new AbortController();

  /** @param signedOut the person has left this browser: let go of everything at once */
  constructor(api: string, scope: string, note: (note: TabNote) => void, signedOut: () => void) {
    this.#scope = scope;
    this.#people = new BroadcastChannel(peopleOf(api));
    this.#people.addEventListener('message', signedOut);
    this.#hold(peopleOf(api), () => undefined, 'shared');
    this.#channel = new BroadcastChannel(`uxflow ${scope}`);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<TabNote>) => note(data));
    this.#hold(lifeOf(this.name), () => undefined);
  }

  post(note: TabNote): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target, unlike a window
    this.#channel.postMessage(note);
  }

  /** The browser lets go of the locks of a page that is gone, however it went. */
  async alive(tab: string): Promise<boolean> {
    const { held = [] } = await navigator.locks.query();
    return held.some(({ name }) => name === lifeOf(tab));
  }

  /** Calls `begin` when this page is the one to send, which it stays until `close`. */
  lead(begin: () => void): void {
    this.#hold(`uxflow ${this.#scope}`, begin);
  }

  close(): void {
    this.#life.abort();
    this.#channel.close();
    this.#people.close();
  }

  #hold(name: string, begin: () => void, mode: LockMode = 'exclusive'): void {
    const { signal } = this.#life;
    navigator.locks
      .request(name, { signal, mode }, () => {
        begin();
        return new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => resolve());
        });
      })
      .catch((error: unknown) => {
        // Closed while it waited.
        if (!signal.aborted) throw error;
      });
  }
}

/** Milliseconds that pages have to let go when the person leaves; a frozen one cannot. */
const GOODBYE_MS = 2_000;

/** Makes all pages of this browser let go of what is kept for this API, then calls `forget`. */
export async function whenAllLeft<T>(api: string, forget: () => Promise<T>): Promise<T> {
  const channel = new BroadcastChannel(peopleOf(api));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target, unlike a window
  channel.postMessage('signed out');
  try {
    return await navigator.locks.request(peopleOf(api), { signal: AbortSignal.timeout(GOODBYE_MS) }, forget);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return await forget();
    throw error;
  } finally {
    channel.close();
  }
}

function peopleOf(api: string): string {
  return `uxflow people ${api}`;
}

function lifeOf(tab: string): string {
  return `uxflow tab ${tab}`;
}
