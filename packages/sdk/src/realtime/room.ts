import type { FlowDocument, Op } from '@uxflow/flow';
import { type PackedFrame, type ServerMessage, SyncClient, type SyncEvent } from '@uxflow/flow/sync';
import { UXFlowError } from '../core/errors.ts';
import type { Http } from '../core/http.ts';
import { Connection } from './connection.ts';
import { Emitter } from './emitter.ts';
import { Keeper } from './keeper.ts';
import { PresenceSender } from './presence.ts';
import { RefusedError } from './refused.ts';
import { Requests } from './requests.ts';
import type {
  CommitReceipt,
  PresenceChange,
  Room,
  RoomEvents,
  RoomOptions,
  RoomSnapshot,
  RoomStatus,
  UndoReceipt,
  WebSocketConstructor,
} from './types.ts';

/**
 * Opens a flow live; the room comes back at once, still `connecting`.
 * @throws UXFlowError `invalid_config` where there is no WebSocket and none is given
 */
export function connectRoom(
  client: { readonly http: Http },
  flowId: string,
  options: RoomOptions = {},
): Room {
  return new LiveRoom(client.http, flowId, options);
}

class LiveRoom implements Room {
  readonly flowId: string;
  readonly #sync: SyncClient;
  readonly #connection: Connection<ServerMessage | PackedFrame>;
  readonly #keeper: Keeper;
  readonly #events = new Emitter<RoomEvents & { changed: void }>();
  readonly #requests = new Requests((event) => this.#events.emit('refused', event));
  readonly #presence: PresenceSender;
  readonly #lifetime = new AbortController();
  #snapshot: RoomSnapshot;
  #dirty = true;
  /** The present connection has been in step before: a short catching up on it is no interruption. */
  #joined = false;
  /** An attempt to connect has succeeded or failed. */
  #tried = false;
  #closed = false;
  #closedBecause: UXFlowError | null = null;
  #status: RoomStatus = 'connecting';

  constructor(http: Http, flowId: string, options: RoomOptions) {
    const WebSocket: WebSocketConstructor | undefined = options.WebSocket ?? globalThis.WebSocket;
    if (!WebSocket) {
      throw new UXFlowError(
        'invalid_config',
        'There is no WebSocket here: pass one as the option WebSocket, e.g. from the package "ws"',
      );
    }
    this.flowId = flowId;
    this.#sync = new SyncClient({
      clientId: crypto.randomUUID(),
      send: (message) => {
        this.#connection.send(message);
        if (message.type !== 'ack' && message.type !== 'presence') this.#connection.expect();
      },
      onEvent: (event) => {
        this.#tell(event);
        this.#keeper.heard(event);
      },
    });
    this.#keeper = new Keeper(this.#sync, http.config.baseUrl, flowId, options.offline !== false, {
      event: (event) => this.#tell(event),
      changed: () => this.#changed(),
      signedOut: () => this.#end(new UXFlowError('auth_failed', 'Signed out')),
    });
    this.#sync.subscribe(() => this.#changed());
    const path = `/v1/flows/${encodeURIComponent(flowId)}`;
    const target = {
      live: `${path}/live`,
      ask: `${path}/commits?limit=1&after=${Number.MAX_SAFE_INTEGER}`,
    };
    this.#connection = new Connection(http, target, WebSocket, {
      credential: (token) => this.#keeper.credential(token),
      unreachable: () => {
        this.#tried = true;
        this.#keeper.unreachable();
        this.#changed();
      },
      opened: () => {
        this.#sync.connected();
        this.#keeper.check();
      },
      message: (message, length) => this.#sync.receive(message, length),
      stands: (clock) => this.#sync.stands(clock),
      due: () => this.#sync.due,
      lost: () => {
        this.#joined = false;
        this.#tried = true;
        this.#sync.disconnected();
      },
      ended: (error) => this.#end(error),
    });
    this.#presence = new PresenceSender((presence) => this.#sync.setPresence(presence));
    if (options.presence) this.#presence.set(options.presence);
    this.#snapshot = this.#read();
    this.#listen(options.signal);
    if (this.#closed) return;
    this.#connection.start();
  }

  get status(): RoomStatus {
    return this.getSnapshot().status;
  }
  get document(): FlowDocument | null {
    return this.getSnapshot().document;
  }
  get clock(): number {
    return this.getSnapshot().clock;
  }
  get permission(): RoomSnapshot['permission'] {
    return this.getSnapshot().permission;
  }
  get self(): RoomSnapshot['self'] {
    return this.getSnapshot().self;
  }
  get peers(): RoomSnapshot['peers'] {
    return this.getSnapshot().peers;
  }
  get pending(): number {
    return this.getSnapshot().pending;
  }
  get kept(): boolean {
    return this.getSnapshot().kept;
  }
  get refusals(): RoomSnapshot['refusals'] {
    return this.getSnapshot().refusals;
  }
  get closedBecause(): UXFlowError | null {
    return this.getSnapshot().closedBecause;
  }

  readonly getSnapshot = (): RoomSnapshot => {
    if (this.#dirty) {
      this.#dirty = false;
      const next = this.#read();
      const same = (Object.keys(next) as (keyof RoomSnapshot)[]).every(
        (name) => next[name] === this.#snapshot[name],
      );
      if (!same) this.#snapshot = next;
    }
    return this.#snapshot;
  };

  readonly subscribe = (listener: () => void): (() => void) => this.#events.on('changed', listener);

  readonly on = <Name extends keyof RoomEvents>(
    name: Name,
    listener: (event: RoomEvents[Name]) => void,
  ): (() => void) => this.#events.on(name, listener);

  readonly commit = (ops: Op[], { message }: { message?: string | undefined } = {}): Promise<CommitReceipt> =>
    this.#request(ops, () => this.#sync.commit(ops, message));

  readonly undo = (): Promise<UndoReceipt> => this.#request([], () => this.#sync.undo());

  readonly redo = (): Promise<UndoReceipt> => this.#request([], () => this.#sync.redo());

  readonly setPresence = (change: PresenceChange): void => {
    if (!this.#closed) this.#presence.set(change);
  };

  readonly dismiss = (id: number): void => this.#keeper.dismiss(id);

  readonly ready = (): Promise<FlowDocument> =>
    new Promise((resolve, reject) => {
      const look = (): boolean => {
        const { document } = this;
        if (this.#closed) reject(this.#closedBecause ?? roomClosed());
        else if (document) resolve(document);
        return this.#closed || document !== null;
      };
      if (look()) return;
      const stop = this.subscribe(() => {
        if (look()) stop();
      });
    });

  readonly close = (): void => this.#end(null);

  #request(ops: readonly Op[], ask: () => string | undefined): Promise<UndoReceipt> {
    const start = (): string | undefined => {
      if (this.#closed) throw roomClosed();
      const { permission } = this.#sync;
      if (permission === undefined || permission === 'edit') return ask();
      throw new RefusedError('forbidden', `This credential may ${permission} the flow, not edit it`);
    };
    return this.#requests.run(ops, start, () => ({ clock: this.#sync.clock, conflicts: [], skipped: [] }));
  }

  #tell(event: SyncEvent): void {
    this.#dirty = true;
    if ('ticket' in event && this.#requests.isForeign(event.ticket)) return;
    switch (event.type) {
      case 'committed': {
        const { ticket, clock, conflicts, skipped } = event;
        this.#requests.resolve(ticket, { clock, conflicts, skipped });
        if (conflicts.length > 0) this.#events.emit('conflict', { conflicts });
        return;
      }
      case 'refused':
        return this.#requests.reject(event.ticket, new RefusedError(event.code, event.detail, event.issues));
      case 'changes':
        return this.#events.emit('change', event.change);
      case 'run':
        return this.#events.emit('run', { runId: event.runId, status: event.status });
      case 'proposal': {
        const { id: proposalId, status, runId } = event.proposal;
        return this.#events.emit('proposal', { proposalId, status, ...(runId !== undefined && { runId }) });
      }
    }
  }

  #changed(): void {
    this.#dirty = true;
    if (this.#sync.status === 'live') {
      this.#joined = true;
      this.#tried = true;
      this.#connection.settled();
    }
    this.#keeper.watch();
    const status = this.#statusNow();
    const before = this.#status;
    this.#status = status;
    this.#events.emit('changed', undefined);
    if (status !== before) this.#events.emit('status', { status, closedBecause: this.#closedBecause });
  }

  #statusNow(): RoomStatus {
    if (this.#closed) return 'closed';
    if (this.#sync.status === 'live' || this.#joined) return 'online';
    return this.#tried && this.#sync.document ? 'offline' : 'connecting';
  }

  #read(): RoomSnapshot {
    const { peerId, actor } = this.#sync;
    const known = this.#snapshot?.self;
    const self =
      peerId === undefined || !actor
        ? null
        : known?.peerId === peerId && known.actor === actor
          ? known
          : { peerId, actor };
    return Object.freeze({
      status: this.#status,
      document: this.#sync.document ?? null,
      clock: this.#sync.clock,
      permission: this.#sync.permission ?? null,
      self,
      peers: this.#sync.peers,
      pending: this.#sync.pendingCount,
      kept: this.#keeper.kept,
      refusals: this.#keeper.refusals,
      closedBecause: this.#closedBecause,
    });
  }

  /** A page that comes back, or a network that does, is the moment to look whether the connection still lives. */
  #listen(signal: AbortSignal | undefined): void {
    const until = { signal: this.#lifetime.signal };
    const look = (): void => {
      if (this.#sync.status === 'live') this.#sync.connected();
      else this.#connection.wake();
      this.#keeper.check();
    };
    const save = (): void => this.#keeper.save();
    if ('window' in globalThis) {
      globalThis.addEventListener('online', look, until);
      globalThis.addEventListener('pagehide', save, until);
      globalThis.document?.addEventListener(
        'visibilitychange',
        () => {
          if (globalThis.document.hidden) save();
          else look();
        },
        until,
      );
    }
    if (signal?.aborted) this.close();
    signal?.addEventListener('abort', this.close, until);
  }

  #end(error: UXFlowError | null): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#closedBecause = error;
    this.#lifetime.abort();
    this.#presence.stop();
    this.#connection.stop();
    this.#requests.rejectAll(error ?? roomClosed(this.#keeper.kept));
    this.#keeper.leave();
    this.#joined = false;
    this.#sync.disconnected();
  }
}

function roomClosed(kept = false): UXFlowError {
  const rest = kept ? 'is sent when the flow is opened again' : 'is lost';
  return new UXFlowError('room_closed', `The room is closed; what it had not saved ${rest}`);
}
