import { FlowError } from '../document/errors.ts';
import type { Op } from '../document/types.ts';
import type { SyncEvent } from './client-types.ts';
import type { LocalCopy } from './local-copy.ts';
import type { Membership } from './membership.ts';
import type { Change, ServerMessage, SnapshotPart } from './messages.ts';
import { FrameReader, type PackedFrame } from './packed-frame.ts';
import { Receipts } from './receipts.ts';
import type { Requests } from './requests.ts';
import type { Roster } from './roster.ts';

type Message<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;

export interface ReaderParts {
  copy: LocalCopy;
  requests: Requests;
  membership: Membership;
  roster: Roster;
  emit(event: SyncEvent): void;
}

/** Carries out what the room says. */
export class Reader {
  readonly #copy: LocalCopy;
  readonly #requests: Requests;
  readonly #membership: Membership;
  readonly #roster: Roster;
  readonly #emit: (event: SyncEvent) => void;
  readonly #receipts = new Receipts();
  readonly #frames = new FrameReader();

  constructor({ copy, requests, membership, roster, emit }: ReaderParts) {
    this.#copy = copy;
    this.#requests = requests;
    this.#membership = membership;
    this.#roster = roster;
    this.#emit = emit;
  }

  /** Takes several messages that came as one, `length` characters in all. */
  readFrame(frame: PackedFrame, length: number): void {
    let messages: ServerMessage[];
    try {
      messages = this.#frames.read(frame);
    } catch (error) {
      if (!(error instanceof FlowError)) throw error;
      // What was in it comes with the next welcome.
      if (this.#membership.isLive) this.#membership.join();
      return;
    }
    for (const message of messages) this.read(message, length / messages.length);
  }

  /** @returns false for a message of a newer room that this client does not understand. */
  read(message: ServerMessage, length: number): boolean {
    switch (message.type) {
      case 'welcome':
        this.#welcome(message);
        return true;
      case 'snapshot':
        this.#part(message.clock, message);
        return true;
      case 'changes':
        this.#changes(message, length);
        return true;
      case 'committed':
        this.#committed(message);
        return true;
      case 'refused':
        this.#refused(message);
        return true;
      case 'presence':
        this.#roster.note(message.peers, message.left);
        return true;
      case 'run':
        this.#emit({ type: 'run', runId: message.runId, status: message.status });
        return true;
      case 'proposal':
        this.#emit({ type: 'proposal', proposal: message.proposal });
        return true;
      case 'bye':
        this.#emit({ type: 'bye', code: message.code });
        return true;
      default:
        return false;
    }
  }

  #welcome(message: Message<'welcome'>): void {
    const { named } = this.#membership;
    this.#membership.self = message.self;
    this.#roster.clear();
    this.#roster.note(message.peers);
    this.#requests.pending.landUpTo(named, message.lastSeq);
    this.#copy.outdate();
    // Numbers used before a state was lost are never used again.
    if (named === this.#requests.clientId) this.#requests.used(message.lastSeq);
    if (message.snapshot) {
      this.#part(message.clock, message.snapshot);
      return;
    }
    for (const change of message.changes ?? []) this.#advance(change.clock, change.ops, change.key);
    if (this.#copy.isLoaded && this.#copy.clock === message.clock) this.#membership.joined();
    else this.#membership.join(true);
  }

  #part(clock: number, part: SnapshotPart): void {
    if (!this.#copy.take(clock, part)) return;
    if (this.#membership.status === 'joining') this.#membership.joined();
    else this.#membership.acknowledge();
  }

  #changes(change: Change, length: number): void {
    const before = this.#copy.clock;
    const own = this.#requests.pending.isOwn(change.key, this.#requests.shared?.tab);
    // Unless in step, the welcome that was asked for will tell it again.
    if (!this.#advance(change.clock, change.ops, change.key) && this.#membership.isLive)
      this.#membership.join();
    if (this.#copy.clock > before && !own) this.#emit({ type: 'changes', change });
    if (this.#receipts.due(length)) this.#membership.acknowledge();
  }

  #committed(message: Message<'committed'>): void {
    const { key, clock, conflicts, skipped } = message;
    const copy = this.#copy;
    const { pending } = this.#requests;
    // The first edit over the room's document becomes part of it as it is: what is shown stays the same.
    const same = !copy.isStale && !message.ops && clock === copy.clock + 1 && pending.isNext(key);
    const shown = same ? copy.shown : undefined;
    const taken = pending.take(key);
    copy.outdate();
    const ops = message.ops ?? (taken?.request.type === 'commit' ? taken.request.ops : []);
    if (clock > copy.clock && this.#membership.isLive && !(ops.length > 0 && this.#advance(clock, ops, key)))
      this.#membership.join();
    if (same && copy.clock === clock && this.#membership.isLive) copy.show(shown);
    if (taken) {
      const { ticket, at } = taken;
      this.#emit({ type: 'committed', key, ticket, clock, conflicts, skipped: skipped ?? [] });
      const { self } = this.#membership;
      // Sent for another tab, so to this one it is like an edit made elsewhere.
      if (!this.#requests.isOwn(ticket) && self && ops.length > 0)
        this.#emit({ type: 'changes', change: { clock, ops, key, at, actor: self.actor } });
    }
    this.#membership.pump();
  }

  #refused({ key, code, detail, issues }: Message<'refused'>): void {
    this.#copy.outdate();
    const { pending, shared } = this.#requests;
    // A shared one is left in the window until the queue has noted it, see `SyncClient.left`.
    const taken = key === undefined ? undefined : pending[shared ? 'refuse' : 'take'](key);
    if (key !== undefined && !taken) return;
    this.#emit({
      type: 'refused',
      ...(key !== undefined && taken && { key, ticket: taken.ticket }),
      code,
      detail,
      issues: issues ?? [],
    });
    this.#membership.pump();
  }

  /** Brings the copy to `clock`; false when a commit before it is missing. */
  #advance(clock: number, ops: readonly Op[], key: string | undefined): boolean {
    const done = this.#copy.advance(clock, ops, key);
    // The two documents have come apart: begin anew from the room's.
    if (done === 'apart') this.#membership.join(true);
    return done !== 'missing';
  }
}
