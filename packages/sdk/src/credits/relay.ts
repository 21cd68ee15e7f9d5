import type { Http } from '../core/http.ts';
import { Emitter } from '../realtime/emitter.ts';
import {
  type Credits,
  type CreditsSnapshot,
  type CreditsWatch,
  type CreditsWatchOptions,
  watchCredits,
} from './watch.ts';

/** Milliseconds of silence after which a comment is sent, so that no proxy takes the connection for dead. */
const KEEP_ALIVE_MS = 20_000;

/**
 * The balance as server-sent events, for a route of your own server that serves your own admins: the secret key stays
 * there, and who may look is yours to decide before you call this. The page reads it with `watchCreditsAt`.
 * Ends when the page goes, or when the credential is refused.
 */
export function creditsEventStream(
  client: { readonly http: Http },
  options: CreditsWatchOptions = {},
): Response {
  const encoder = new TextEncoder();
  let leave = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const watching = watchCredits(client, options);
      let told: Credits | null = null;
      const tell = (): void => {
        const { credits, status } = watching.getSnapshot();
        if (credits !== told) {
          told = credits;
          controller.enqueue(encoder.encode(`data: ${JSON.stringify(credits)}\n\n`));
        }
        if (status !== 'closed') return;
        leave();
        controller.close();
      };
      const timer = setInterval(() => controller.enqueue(encoder.encode(': here\n\n')), KEEP_ALIVE_MS);
      const unsubscribe = watching.subscribe(tell);
      leave = () => {
        unsubscribe();
        clearInterval(timer);
        watching.stop();
      };
      tell();
    },
    cancel: () => leave(),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  });
}

/** Watches what `creditsEventStream` sends from your server at `url`. Connections that break are made anew. */
export function watchCreditsAt(url: string): CreditsWatch {
  const events = new Emitter<{ changed: void }>();
  let snapshot: CreditsSnapshot = { credits: null, status: 'connecting', closedBecause: null };
  const change = (next: Partial<CreditsSnapshot>): void => {
    snapshot = { ...snapshot, ...next };
    events.emit('changed', undefined);
  };
  const source = new EventSource(url);
  source.addEventListener('message', ({ data }) => {
    change({ credits: JSON.parse(String(data)) as Credits, status: 'live' });
  });
  // The browser tries again by itself, except after an answer that is no stream.
  source.addEventListener('error', () => {
    change({ status: source.readyState === EventSource.CLOSED ? 'closed' : 'offline' });
  });
  return {
    getSnapshot: () => snapshot,
    subscribe: (listener) => events.on('changed', listener),
    stop: () => {
      source.close();
      change({ status: 'closed' });
    },
  };
}
