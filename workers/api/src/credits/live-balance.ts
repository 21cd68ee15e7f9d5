import { PING, PONG, SUBPROTOCOL } from '@uxflow/flow/sync';
import { standingOf } from '../identity/standing.ts';
import type { Env } from '../platform/env.ts';
import { logEvent } from '../platform/logging.ts';
import { type CreditsViewer, decodeViewer, VIEWER_HEADER } from './live-viewer.ts';

/** Milliseconds. */
const DELAY = {
  /** A burst of holds and settlements is told as one figure. */
  tell: 200,
  /** Expiry and revocation are looked up that often: both take effect within a minute. */
  standing: 45_000,
  /** The first look after a socket has opened: the credential it came with may be known from a cache of 30 s. */
  firstStanding: 25_000,
  retry: 5_000,
};
const REVOKED = 4401;

/**
 * The sockets of whoever watches a workspace's credits. Each is told what `GET /v1/credits` would answer, at once and
 * whenever it has changed: `{type: "credits", credits}`. Nothing is expected from the other side but the heartbeat.
 */
export class LiveBalance {
  readonly #ctx: DurableObjectState;
  readonly #env: Env;
  readonly #read: (viewer: CreditsViewer) => object;
  readonly #told = new WeakMap<WebSocket, string>();
  #lookAt: number | null = null;
  #telling = false;

  /** @param read what this viewer may see. */
  constructor(ctx: DurableObjectState, env: Env, read: (viewer: CreditsViewer) => object) {
    this.#ctx = ctx;
    this.#env = env;
    this.#read = read;
    // Answered by the runtime, so that the heartbeat does not wake the account.
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
    // An account that has slept looks soon: it does not know when it last did.
    if (this.#sockets().length > 0) this.#lookAt = Date.now();
  }

  /** The upgrade, whose bearer the Worker has already identified. */
  accept(request: Request): Response {
    const viewer = decodeViewer(request.headers.get(VIEWER_HEADER) ?? '');
    const { 0: client, 1: server } = new WebSocketPair();
    this.#ctx.acceptWebSocket(server);
    server.serializeAttachment(viewer);
    this.#lookAt = Math.min(this.#lookAt ?? Infinity, Date.now() + DELAY.firstStanding);
    this.#tell(server);
    return new Response(null, {
      status: 101,
      webSocket: client,
      headers: { 'Sec-WebSocket-Protocol': SUBPROTOCOL },
    });
  }

  /** Something may have changed what watchers see. */
  changed(): void {
    if (this.#telling || this.#sockets().length === 0) return;
    this.#telling = true;
    setTimeout(() => {
      this.#telling = false;
      for (const socket of this.#sockets()) this.#tell(socket);
    }, DELAY.tell);
  }

  /** When credentials have to be looked up again (ms); null while nobody watches. */
  nextLook(): number | null {
    if (this.#sockets().length === 0) this.#lookAt = null;
    return this.#lookAt;
  }

  /** Closes the sockets whose token has expired or whose token, user or key was revoked, if it is time to look. */
  async look(workspaceId: string): Promise<void> {
    const now = Date.now();
    if (this.#lookAt === null || now < this.#lookAt) return;
    for (const socket of this.#sockets()) {
      const { exp } = viewerOf(socket);
      if (exp !== undefined && exp * 1000 <= now) bye(socket, 'token_expired');
    }
    try {
      const stands = await standingOf(this.#env, workspaceId, now);
      for (const socket of this.#sockets()) if (!stands(viewerOf(socket))) bye(socket, 'token_revoked');
      this.#lookAt = now + DELAY.standing;
    } catch (error) {
      logEvent('warn', 'standing_unknown', { workspaceId, error: String(error) });
      this.#lookAt = now + DELAY.retry;
    }
  }

  #sockets(): WebSocket[] {
    return this.#ctx.getWebSockets().filter(({ readyState }) => readyState === WebSocket.OPEN);
  }

  #tell(socket: WebSocket): void {
    const text = JSON.stringify({ type: 'credits', credits: this.#read(viewerOf(socket)) });
    if (this.#told.get(socket) === text) return;
    this.#told.set(socket, text);
    socket.send(text);
  }
}

function viewerOf(socket: WebSocket): CreditsViewer {
  return socket.deserializeAttachment() as CreditsViewer;
}

function bye(socket: WebSocket, code: string): void {
  socket.send(JSON.stringify({ type: 'bye', code }));
  socket.close(REVOKED, code);
}
