import { FlowError } from '../document/errors.ts';
import { utf8Bytes } from '../document/json.ts';
import { LIMITS } from '../document/limits.ts';
import { applyOps } from '../document/ops.ts';
import type { FlowDocument, Op } from '../document/types.ts';
import type { Draft, QueueEntry } from './client-storage.ts';
import type { SharedQueue, SyncClientOptions, SyncState, SyncStatus } from './client-types.ts';
import { LocalCopy } from './local-copy.ts';
import { Membership } from './membership.ts';
import type { Actor, Peer, Permission, Presence, ServerMessage } from './messages.ts';
import type { PackedFrame } from './packed-frame.ts';
import { Reader } from './reader.ts';
import { Requests } from './requests.ts';
import { Roster } from './roster.ts';

/**
 * The client's side of a live flow, without network and clock: it holds the room's document, the edits that the
 * room has not answered, and shows the one with the others on top. Feed it messages in the order of one connection.
 *
 * Edits show at once, are sent when there is a connection, and are sent again with the same keys after a broken one.
 */
export class SyncClient {
  readonly #listeners = new Set<() => void>();
  readonly #requests: Requests;
  readonly #copy: LocalCopy;
  readonly #membership: Membership;
  readonly #roster = new Roster();
  readonly #reader: Reader;

  constructor({ clientId, state, send, onEvent }: SyncClientOptions) {
    if (state && state.clientId !== clientId) throw new Error('The kept state belongs to another clientId');
    this.#requests = new Requests(clientId, state);
    this.#copy = new LocalCopy(this.#requests.pending);
    if (state) this.#copy.load(state.clock ?? 0, state.document);
    this.#membership = new Membership(send, this.#requests, this.#copy);
    this.#reader = new Reader({
      copy: this.#copy,
      requests: this.#requests,
      membership: this.#membership,
      roster: this.#roster,
      emit: (event) => onEvent?.(event),
    });
  }

  get clientId(): string {
    return this.#requests.clientId;
  }

  /** The highest running number known to be used. */
  get seq(): number {
    return this.#requests.seq;
  }

  get status(): SyncStatus {
    return this.#membership.status;
  }

  /** Clock of the room's document as last heard of. */
  get clock(): number {
    return this.#copy.clock;
  }

  /** What the room allows; undefined before the first welcome. */
  get permission(): Permission | undefined {
    return this.#membership.self?.permission ?? this.#requests.shared?.snapshot?.permission;
  }

  /** Who one is to the room; as last known when there is no connection yet. */
  get actor(): Actor | undefined {
    return this.#membership.self?.actor ?? this.#requests.shared?.snapshot?.actor;
  }

  get peerId(): string | undefined {
    return this.#membership.self?.peerId;
  }

  /** Edits that the room has not answered. */
  get pendingCount(): number {
    return this.#requests.pending.size;
  }

  /** Names what the room owes this client next, another name with every step towards it; undefined when nothing. */
  get due(): string | undefined {
    return this.#membership.isLive ? this.#requests.pending.awaited : `welcome ${this.#copy.parts}`;
  }

  /** The others in the room; the same array until something changes. */
  get peers(): readonly Peer[] {
    return this.#roster.others(this.peerId);
  }

  /** The flow with all own edits; undefined before the first welcome. Records that did not change stay the same objects. */
  get document(): FlowDocument | undefined {
    return this.#copy.shown;
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
    this.#copy.show(document);
    return this.#request({
      type: 'commit',
      baseClock: this.#copy.clock,
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
    this.#membership.show(presence);
  }

  /**
   * Goes over to a queue that is shared with other clients, before the first connection. Requests get their numbers
   * there, and only one client at a time has to send them; that several do is harmless.
   */
  share(queue: SharedQueue): void {
    this.#requests.share(queue);
    if (queue.snapshot) this.#copy.load(queue.snapshot.clock, queue.snapshot.document);
    this.entered(queue.entries);
  }

  /** The shared queue can be used no more: goes on alone, as `clientId`, behind what has been numbered. */
  unshare(clientId: string): void {
    this.#requests.unshare(clientId);
    this.#pump();
  }

  /** The shared queue has these entries, behind all that were told before. */
  entered(entries: readonly QueueEntry[]): void {
    for (const entry of entries) if (this.#requests.enter(entry)) this.#copy.outdate();
    this.#pump();
  }

  /** Whether to send what the shared queue holds. */
  lead(sends: boolean): void {
    this.#requests.lead(sends);
    this.#membership.pump();
  }

  /**
   * Another client has heard that the entry with this key was carried out; 0 when the clock is not known.
   * @returns its ticket, undefined when that is known already
   */
  answeredElsewhere(key: string, clock: number): string | undefined {
    const { pending } = this.#requests;
    const ticket = pending.answer(key, clock);
    pending.passed(this.#copy.clock);
    this.#changed();
    return ticket;
  }

  /** The entry with this key is no longer in the shared queue, because it is answered or was refused. */
  left(key: string): void {
    this.#requests.pending.drop(key);
    this.#copy.outdate();
    this.#pump();
  }

  /** A connection is open: says hello. */
  connected(): void {
    this.#membership.join();
    this.#changed();
  }

  /** The connection is gone. */
  disconnected(): void {
    this.#membership.lost();
    this.#copy.interrupt();
    this.#roster.clear();
    this.#changed();
  }

  /** The room says that it stands at `clock`, and has said all that led there: a client that is behind missed some. */
  stands(clock: number): void {
    if (!this.#membership.isLive || clock <= this.#copy.clock) return;
    this.#membership.join();
    this.#changed();
  }

  /** What to keep so that this session can go on later, in this page or the next. */
  exportState(): SyncState {
    const { document, clock } = this.#copy;
    return {
      clientId: this.clientId,
      seq: this.seq,
      pending: this.#requests.pending.requests,
      ...(document && { clock, document }),
    };
  }

  /**
   * Takes one message of the room, or several that come as a packed frame.
   *
   * @param length characters of the message, so that reading is acknowledged in time.
   */
  receive(message: ServerMessage | PackedFrame, length = 0): void {
    if (Array.isArray(message)) this.#reader.readFrame(message, length);
    else if (!this.#reader.read(message, length)) return;
    this.#changed();
  }

  #request(request: Draft['request']): string {
    const ticket = this.#requests.add(request);
    this.#pump();
    return ticket;
  }

  #pump(): void {
    this.#membership.pump();
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
