import { FlowError } from '../document/errors.ts';
import { utf8Bytes } from '../document/json.ts';
import { LIMITS } from '../document/limits.ts';
import { applyOps } from '../document/ops.ts';
import { DocumentState } from '../document/state.ts';
import type { FlowDocument, Op } from '../document/types.ts';
import { Assembly } from './assembly.ts';
import type { Draft, QueueEntry } from './client-storage.ts';
import type { SharedQueue, SyncClientOptions, SyncEvent, SyncState, SyncStatus } from './client-types.ts';
import { keepIdentity } from './identity.ts';
import type { Actor, Change, Peer, Permission, Presence, ServerMessage } from './messages.ts';
import { clientOf, PendingQueue, sequenceOf } from './pending.ts';
import { Receipts } from './receipts.ts';

/**
 * The client's side of a live flow, without network and clock: it holds the room's document, the edits that the
 * room has not answered, and shows the one with the others on top. Feed it messages in the order of one connection.
 *
 * Edits show at once, are sent when there is a connection, and are sent again with the same keys after a broken one.
 */
export class SyncClient {
  readonly #options: SyncClientOptions;
  readonly #listeners = new Set<() => void>();
  readonly #peers = new Map<string, Peer>();
  readonly #pending: PendingQueue;
  #server: DocumentState | undefined;
  #clock = 0;
  #clientId: string;
  #seq = 0;
  #shared: SharedQueue | undefined;
  #tickets = 0;
  /** Whether this client sends what is pending; with a shared queue one of its clients does. */
  #sends = true;
  /** The client that the present connection has said hello as. */
  #named = '';
  #status: SyncStatus = 'offline';
  #self: { peerId: string; permission: Permission; actor: Actor } | undefined;
  #presence: Presence | undefined;
  #assembly: Assembly | undefined;
  readonly #receipts = new Receipts();
  /** The document shown; stale when `#stale`, and then only kept for the identity of its records. */
  #view: FlowDocument | undefined;
  #stale = false;
  #peerList: Peer[] | undefined;

  constructor(options: SyncClientOptions) {
    this.#options = options;
    this.#clientId = options.clientId;
    const { state } = options;
    this.#pending = new PendingQueue(state?.pending ?? []);
    if (!state) return;
    if (state.clientId !== options.clientId) throw new Error('The kept state belongs to another clientId');
    this.#seq = state.seq;
    this.#clock = state.clock ?? 0;
    if (state.document) this.#server = new DocumentState(state.document);
    this.#stale = true;
  }

  get clientId(): string {
    return this.#clientId;
  }

  /** The highest running number known to be used. */
  get seq(): number {
    return this.#seq;
  }

  get status(): SyncStatus {
    return this.#status;
  }

  /** Clock of the room's document as last heard of. */
  get clock(): number {
    return this.#clock;
  }

  /** What the room allows; undefined before the first welcome. */
  get permission(): Permission | undefined {
    return this.#self?.permission ?? this.#shared?.snapshot?.permission;
  }

  /** Who one is to the room; as last known when there is no connection yet. */
  get actor(): Actor | undefined {
    return this.#self?.actor ?? this.#shared?.snapshot?.actor;
  }

  get peerId(): string | undefined {
    return this.#self?.peerId;
  }

  /** Edits that the room has not answered. */
  get pendingCount(): number {
    return this.#pending.size;
  }

  /** Whether the room owes this client an answer. */
  get awaiting(): boolean {
    return this.#status !== 'live' || this.#pending.awaited;
  }

  /** The others in the room; the same array until something changes. */
  get peers(): readonly Peer[] {
    return (this.#peerList ??= [...this.#peers.values()].filter(
      (peer) => peer.peerId !== this.#self?.peerId,
    ));
  }

  /** The flow with all own edits; undefined before the first welcome. Records that did not change stay the same objects. */
  get document(): FlowDocument | undefined {
    if (this.#stale && this.#server) {
      this.#view = keepIdentity(this.#view, this.#pending.over(this.#server.document));
      this.#stale = false;
    }
    return this.#view;
  }

  /** Calls `listener` after every change of anything that this object shows. Returns how to stop it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Edits the flow: shows at once, and reaches the room now or when there is a connection.
   *
   * @returns the ticket under which the outcome will be told; undefined when `ops` change nothing.
   * @throws FlowError when the ops do not apply to the document shown, or are more than one commit holds; nothing
   *   has changed then.
   */
  commit(ops: readonly Op[], message?: string): string | undefined {
    const text = JSON.stringify(ops);
    if (ops.length > LIMITS.commitOps || utf8Bytes(text) > LIMITS.commitBytes - 1_024) {
      throw new FlowError('limit_exceeded', [
        {
          path: 'ops',
          message: `At most ${LIMITS.commitOps} ops and ${LIMITS.commitBytes} bytes fit into one commit`,
        },
      ]);
    }
    const view = this.document;
    if (!view) throw new FlowError('invalid_request', [{ path: '', message: 'The flow is not loaded yet' }]);
    // A copy, as the room will read it: the caller may go on to change what he gave.
    const own = JSON.parse(text) as Op[];
    const { document, applied } = applyOps(view, own);
    if (applied.length === 0) return undefined;
    this.#view = document;
    return this.#request({
      type: 'commit',
      baseClock: this.#clock,
      ops: own,
      ...(message !== undefined && { message }),
    });
  }

  /** Asks the room to take back the last own step; shows when it answers. Returns the ticket of the outcome. */
  undo(): string {
    return this.#request({ type: 'undo' });
  }

  /** Asks the room to do again what was last taken back. Returns the ticket of the outcome. */
  redo(): string {
    return this.#request({ type: 'redo' });
  }

  /** Shows others where one is. Kept and told again after a reconnect; thinning out is the caller's. */
  setPresence(presence: Presence): void {
    this.#presence = presence;
    if (this.#status === 'live') this.#options.send({ type: 'presence', ...presence });
  }

  /**
   * Goes over to a queue that is shared with other clients, before the first connection. Requests get their numbers
   * there, and only one client at a time has to send them; that several do is harmless.
   */
  share(queue: SharedQueue): void {
    this.#shared = queue;
    this.#clientId = queue.clientId;
    this.#seq = 0;
    this.#sends = false;
    const { snapshot } = queue;
    if (snapshot) {
      this.#clock = snapshot.clock;
      this.#server = new DocumentState(snapshot.document);
      this.#stale = true;
    }
    this.entered(queue.entries);
  }

  /** The shared queue can be used no more: goes on alone, as `clientId`, behind what has been numbered. */
  unshare(clientId: string): void {
    this.#shared = undefined;
    this.#clientId = clientId;
    this.#seq = 0;
    this.#sends = true;
    this.#pending.separate(() => this.#nextKey());
    this.#pump();
    this.#changed();
  }

  /** The shared queue has these entries, behind all that were told before. */
  entered(entries: readonly QueueEntry[]): void {
    for (const { request, ticket, at, refusal } of entries) {
      if (refusal) this.left(request.key);
      else if (this.#pending.number(request, ticket, at)) this.#stale = true;
      if (clientOf(request.key) === this.#clientId) this.#seq = Math.max(this.#seq, sequenceOf(request.key));
    }
    this.#pump();
    this.#changed();
  }

  /** Whether to send what the shared queue holds. */
  lead(sends: boolean): void {
    this.#sends = sends;
    this.#pump();
  }

  /**
   * Another client has heard that the entry with this key was carried out; 0 when the clock is not known.
   * @returns its ticket, undefined when that is known already
   */
  answeredElsewhere(key: string, clock: number): string | undefined {
    const ticket = this.#pending.answer(key, clock);
    this.#passed();
    this.#changed();
    return ticket;
  }

  /** The entry with this key is no longer in the shared queue, because it is answered or was refused. */
  left(key: string): void {
    this.#pending.drop(key);
    this.#stale = true;
    this.#pump();
    this.#changed();
  }

  /** A connection is open: says hello. */
  connected(): void {
    this.#join();
    this.#changed();
  }

  /** The connection is gone. */
  disconnected(): void {
    this.#status = 'offline';
    this.#assembly = undefined;
    this.#peers.clear();
    this.#peerList = undefined;
    this.#changed();
  }

  /** What to keep so that this session can go on later, in this page or the next. */
  exportState(): SyncState {
    return {
      clientId: this.#clientId,
      seq: this.#seq,
      pending: this.#pending.requests,
      ...(this.#server && { clock: this.#clock, document: this.#server.document }),
    };
  }

  /**
   * Takes one message of the room.
   *
   * @param length characters of the message, so that reading is acknowledged in time.
   */
  receive(message: ServerMessage, length = 0): void {
    switch (message.type) {
      case 'welcome':
        this.#welcome(message);
        break;
      case 'snapshot':
        this.#part(message.clock, message);
        break;
      case 'changes':
        this.#changes(message, length);
        break;
      case 'committed':
        this.#committed(message);
        break;
      case 'refused':
        this.#refused(message);
        break;
      case 'presence':
        this.#present(message.peers, message.left ?? []);
        break;
      case 'run':
        this.#emit({ type: 'run', runId: message.runId, status: message.status });
        break;
      case 'bye':
        this.#emit({ type: 'bye', code: message.code });
        break;
      // A newer room may say more than this client understands.
      default:
        return;
    }
    this.#changed();
  }

  #welcome(message: Extract<ServerMessage, { type: 'welcome' }>): void {
    this.#self = message.self;
    this.#peers.clear();
    this.#present(message.peers, []);
    this.#pending.landUpTo(this.#named, message.lastSeq);
    this.#stale = true;
    // Numbers used before a state was lost are never used again.
    if (this.#named === this.#clientId) this.#seq = Math.max(this.#seq, message.lastSeq);
    if (message.snapshot) {
      this.#part(message.clock, message.snapshot);
      return;
    }
    for (const change of message.changes ?? []) this.#advance(change.clock, change.ops, change.key);
    if (this.#server && this.#clock === message.clock) this.#joined();
    else this.#join(true);
  }

  #part(clock: number, part: { part: number; parts: number; json: string }): void {
    if (part.part === 0) this.#assembly = new Assembly(clock, part.parts);
    const text = this.#assembly?.add(clock, part);
    if (text === undefined) return;
    this.#assembly = undefined;
    this.#server = new DocumentState(JSON.parse(text) as FlowDocument);
    this.#clock = clock;
    this.#stale = true;
    this.#passed();
    if (this.#status === 'joining') this.#joined();
    else if (this.#status === 'live') this.#options.send({ type: 'ack', clock });
  }

  #changes(change: Change, length: number): void {
    // Unless in step, the welcome that was asked for will tell it again.
    const before = this.#clock;
    const own = this.#pending.isOwn(change.key, this.#shared?.tab);
    if (!this.#advance(change.clock, change.ops, change.key) && this.#status === 'live') this.#join();
    if (this.#clock > before && !own) this.#emit({ type: 'changes', change });
    if (this.#receipts.due(length) && this.#status === 'live')
      this.#options.send({ type: 'ack', clock: this.#clock });
  }

  #committed(message: Extract<ServerMessage, { type: 'committed' }>): void {
    const { key, clock, conflicts, skipped } = message;
    // The first edit over the room's document becomes part of it as it is: what is shown stays the same.
    const same = !this.#stale && !message.ops && clock === this.#clock + 1 && this.#pending.isNext(key);
    const taken = this.#pending.take(key);
    this.#stale = true;
    const ops = message.ops ?? (taken?.request.type === 'commit' ? taken.request.ops : []);
    if (clock > this.#clock && this.#status === 'live' && !(ops.length > 0 && this.#advance(clock, ops, key)))
      this.#join();
    if (same && this.#clock === clock && this.#status === 'live') this.#stale = false;
    if (taken) {
      const { ticket, at } = taken;
      this.#emit({ type: 'committed', key, ticket, clock, conflicts, skipped: skipped ?? [] });
      const shared = this.#shared;
      // Sent for another tab, so to this one it is like an edit made elsewhere.
      if (shared && !ticket.startsWith(`${shared.tab}.`) && this.#self && ops.length > 0)
        this.#emit({ type: 'changes', change: { clock, ops, key, at, actor: this.#self.actor } });
    }
    this.#pump();
  }

  #refused({ key, code, detail, issues }: Extract<ServerMessage, { type: 'refused' }>): void {
    this.#stale = true;
    // A shared one is left in the window until the queue has noted it, see `left`.
    const taken = key === undefined ? undefined : this.#pending[this.#shared ? 'refuse' : 'take'](key);
    if (key !== undefined && !taken) return;
    this.#emit({
      type: 'refused',
      ...(key !== undefined && taken && { key, ticket: taken.ticket }),
      code,
      detail,
      issues: issues ?? [],
    });
    this.#pump();
  }

  /** Brings the room's document to `clock`; false when a commit before it is missing. */
  #advance(clock: number, ops: readonly Op[], key: string | undefined): boolean {
    if (clock <= this.#clock) return true;
    if (!this.#server || clock !== this.#clock + 1) return false;
    try {
      this.#server.applyAll(ops);
    } catch (error) {
      if (!(error instanceof FlowError)) throw error;
      // The two documents have come apart, which must not happen: begin anew from the room's.
      this.#join(true);
      return true;
    }
    this.#clock = clock;
    this.#stale = true;
    this.#pending.land(key);
    this.#passed();
    return true;
  }

  #passed(): void {
    this.#pending.passed(this.#clock);
  }

  #request(request: Draft['request']): string {
    this.#tickets += 1;
    const shared = this.#shared;
    const key = shared ? '' : this.#nextKey();
    const ticket = shared ? `${shared.tab}.${this.#tickets}` : key;
    this.#pending.add({ ...request, key }, ticket);
    shared?.enter(ticket, request);
    this.#pump();
    this.#changed();
    return ticket;
  }

  /** Sends what is due. Requests of another client than the connection's wait until it has said hello as that one. */
  #pump(joined = false): void {
    if (this.#status !== 'live' || !this.#sends) return;
    const next = this.#pending.client ?? this.#clientId;
    if (next !== this.#named) {
      this.#join();
      return;
    }
    for (const request of this.#pending.due(this.#named)) {
      // A room that was restored from a backup may stand before what this client had seen.
      const late = joined && request.type === 'commit' && request.baseClock > this.#clock;
      this.#options.send(late ? { ...request, baseClock: this.#clock } : request);
    }
  }

  #nextKey(): string {
    this.#seq += 1;
    return `${this.#clientId}:${this.#seq}`;
  }

  #join(anew = false): void {
    this.#status = 'joining';
    this.#named = (this.#sends ? this.#pending.client : undefined) ?? this.#clientId;
    this.#options.send({
      type: 'hello',
      clientId: this.#named,
      ...(this.#server && !anew && { clock: this.#clock }),
    });
  }

  /** In step with the room: whatever it has not answered is sent again, in order. */
  #joined(): void {
    this.#status = 'live';
    this.#pending.unsent();
    this.#pump(true);
    if (this.#presence) this.#options.send({ type: 'presence', ...this.#presence });
  }

  #present(peers: readonly Peer[], left: readonly string[]): void {
    for (const peer of peers) this.#peers.set(peer.peerId, peer);
    for (const peerId of left) this.#peers.delete(peerId);
    this.#peerList = undefined;
  }

  #emit(event: SyncEvent): void {
    this.#options.onEvent?.(event);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
