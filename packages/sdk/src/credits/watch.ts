import { UXFlowError } from '../core/errors.ts';
import type { Http } from '../core/http.ts';
import { Connection } from '../realtime/connection.ts';
import { Emitter } from '../realtime/emitter.ts';
import type { WebSocketConstructor } from '../realtime/types.ts';
import type { Balance, ClientCredits } from '../types.ts';

/** With a secret key the workspace's balance; with a client token what is left of its user's budget. Micro-credits. */
export type Credits = Balance | ClientCredits;

export interface CreditsSnapshot {
  /** As last heard of; null before the first time. */
  credits: Credits | null;
  /** `offline` while a connection is being made anew; `closed` for good, see `closedBecause`. */
  status: 'connecting' | 'live' | 'offline' | 'closed';
  closedBecause: UXFlowError | null;
}

/** A balance that is kept up to date. `subscribe` and `getSnapshot` fit `useSyncExternalStore`. */
export interface CreditsWatch {
  getSnapshot(): CreditsSnapshot;
  /** @returns a function that ends it */
  subscribe(listener: () => void): () => void;
  stop(): void;
}

export interface CreditsWatchOptions {
  /** Aborted: the same as `stop`. */
  signal?: AbortSignal | undefined;
  /** For runtimes without one, e.g. Node 20: the one of the package `ws`. */
  WebSocket?: WebSocketConstructor | undefined;
}

type Message = { type: 'credits'; credits: Credits } | { type: 'bye'; code: string };

/**
 * Watches the credits of whoever `client` is. Connections that break are made anew.
 * @throws UXFlowError `invalid_config` where there is no WebSocket and none is given
 */
export function watchCredits(
  client: { readonly http: Http },
  { signal, WebSocket = globalThis.WebSocket }: CreditsWatchOptions = {},
): CreditsWatch {
  if (!WebSocket) {
    throw new UXFlowError(
      'invalid_config',
      'There is no WebSocket here: pass one as the option WebSocket, e.g. from the package "ws"',
    );
  }
  const events = new Emitter<{ changed: void }>();
  let snapshot: CreditsSnapshot = { credits: null, status: 'connecting', closedBecause: null };
  let heard = false;
  const change = (next: Partial<CreditsSnapshot>): void => {
    if (snapshot.status === 'closed') return;
    snapshot = { ...snapshot, ...next };
    events.emit('changed', undefined);
  };
  const path = '/v1/credits';
  const connection = new Connection<Message>(client.http, { live: `${path}/live`, ask: path }, WebSocket, {
    credential: () => Promise.resolve(null),
    unreachable: () => change({ status: 'offline' }),
    opened: () => {
      heard = false;
    },
    message: (message) => {
      if (message.type !== 'credits') return;
      heard = true;
      connection.settled();
      change({ credits: message.credits, status: 'live' });
    },
    due: () => (heard ? undefined : 'credits'),
    lost: () => change({ status: 'offline' }),
    ended: (closedBecause) => change({ status: 'closed', closedBecause }),
  });
  const stop = (): void => {
    change({ status: 'closed' });
    connection.stop();
  };
  if (signal?.aborted) stop();
  else {
    signal?.addEventListener('abort', stop, { once: true });
    connection.start();
  }
  return { getSnapshot: () => snapshot, subscribe: (listener) => events.on('changed', listener), stop };
}
