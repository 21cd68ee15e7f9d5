import { applyOps, FlowError, invertOps, type FlowDocument, type Op } from '@uxflow/flow';
import type { ProposalStatus } from '@uxflow/flow/proposals';
import type { Actor, Change, Peer, Permission, Presence } from '@uxflow/flow/sync';
import {
  UXFlowError,
  type PresenceChange,
  type RefusedEdit,
  type CommitReceipt,
  type Room,
  type RoomEvents,
  type RoomSnapshot,
  type RoomStatus,
  type UndoReceipt,
} from '@uxflow/sdk';

class Refused extends UXFlowError {
  override readonly name: string = 'RefusedError';
  readonly issues: readonly { path: string; message: string }[];

  constructor(code: string, detail: string, issues: readonly { path: string; message: string }[] = []) {
    super(code, detail);
    this.issues = issues;
  }
}

interface Step {
  actorId: string;
  inverse: Op[];
  runId?: string;
}

/** A flow in memory with the rooms that are open on it: the server's half of the SDK's room, without the wire. */
export class MemoryFlow {
  document: FlowDocument;
  clock = 0;
  readonly log: Change[] = [];
  readonly rooms = new Set<MemoryRoom>();
  /** Whether what is pending outlives the page. */
  kept = true;
  #steps: Step[] = [];
  #undone: Step[] = [];

  constructor(document: FlowDocument) {
    this.document = document;
  }

  /** The one door, as on the server: a bad commit is refused whole. */
  commit(actor: Actor, ops: Op[], runId?: string): number {
    const inverse = invertOps(this.document, ops);
    this.#steps.push({ actorId: actor.id, inverse, ...(runId !== undefined && { runId }) });
    return this.#apply(actor, ops, runId);
  }

  undo(actor: Actor): void {
    const at = this.#steps.findLastIndex(({ actorId }) => actorId === actor.id);
    const last = this.#steps[at];
    if (!last) throw new Refused('conflict', 'There is nothing to undo');
    // A run is one step, however many commits it made.
    const together =
      last.runId === undefined ? [last] : this.#steps.filter(({ runId }) => runId === last.runId);
    this.#steps = this.#steps.filter((step) => !together.includes(step));
    const back: Op[] = [];
    for (const step of together.toReversed()) back.push(...step.inverse);
    this.#undone.push({ actorId: actor.id, inverse: invertOps(this.document, back) });
    this.#apply(actor, back);
  }

  redo(actor: Actor): void {
    const at = this.#undone.findLastIndex(({ actorId }) => actorId === actor.id);
    const [step] = at < 0 ? [] : this.#undone.splice(at, 1);
    if (!step) throw new Refused('conflict', 'There is nothing to redo');
    this.commit(actor, step.inverse);
  }

  #apply(actor: Actor, ops: Op[], runId?: string): number {
    const { document, applied } = applyOps(this.document, ops);
    this.document = document;
    this.clock += 1;
    const change: Change = {
      clock: this.clock,
      ops: applied,
      actor,
      at: Date.now(),
      ...(runId !== undefined && { runId }),
    };
    this.log.push(change);
    for (const room of this.rooms) room.told(change);
    return this.clock;
  }

  announceRun(runId: string, status: string): void {
    for (const room of this.rooms) room.emit('run', { runId, status });
  }

  announceProposal(proposalId: string, status: ProposalStatus): void {
    for (const room of this.rooms) room.emit('proposal', { proposalId, status });
  }

  presenceChanged(): void {
    for (const room of this.rooms) room.changed();
  }
}

let nextPeer = 1;

/** One connection of somebody to a `MemoryFlow`, as the SDK hands it to the editor. */
export class MemoryRoom implements Room {
  readonly flowId: string;
  readonly #flow: MemoryFlow;
  readonly #listeners = new Set<() => void>();
  readonly #handlers = new Map<string, Set<(event: never) => void>>();
  readonly #self: { peerId: string; actor: Actor };
  #permission: Permission;
  #status: RoomStatus = 'online';
  #closedBecause: UXFlowError | null = null;
  #refusals: readonly RefusedEdit[] = [];
  #presence: Presence = {};
  #held: (() => void)[] = [];
  #snapshot: RoomSnapshot;

  constructor(flowId: string, flow: MemoryFlow, actor: Actor, permission: Permission) {
    this.flowId = flowId;
    this.#flow = flow;
    this.#self = { peerId: `peer-${nextPeer}`, actor };
    nextPeer += 1;
    this.#permission = permission;
    this.#snapshot = this.#read();
    flow.rooms.add(this);
    flow.presenceChanged();
  }

  get status(): RoomStatus {
    return this.#snapshot.status;
  }
  get document(): FlowDocument | null {
    return this.#snapshot.document;
  }
  get clock(): number {
    return this.#snapshot.clock;
  }
  get permission(): Permission | null {
    return this.#snapshot.permission;
  }
  get self(): RoomSnapshot['self'] {
    return this.#snapshot.self;
  }
  get peers(): readonly Peer[] {
    return this.#snapshot.peers;
  }
  get pending(): number {
    return this.#snapshot.pending;
  }
  get kept(): boolean {
    return this.#snapshot.kept;
  }
  get refusals(): RoomSnapshot['refusals'] {
    return this.#snapshot.refusals;
  }
  get closedBecause(): UXFlowError | null {
    return this.#snapshot.closedBecause;
  }

  readonly getSnapshot = (): RoomSnapshot => this.#snapshot;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  on<Name extends keyof RoomEvents>(name: Name, listener: (event: RoomEvents[Name]) => void): () => void {
    const handlers = this.#handlers.get(name) ?? new Set();
    this.#handlers.set(name, handlers);
    handlers.add(listener);
    return () => handlers.delete(listener);
  }

  emit<Name extends keyof RoomEvents>(name: Name, event: RoomEvents[Name]): void {
    for (const handler of this.#handlers.get(name) ?? [])
      (handler as (event: RoomEvents[Name]) => void)(event);
  }

  readonly commit = (ops: Op[]): Promise<CommitReceipt> =>
    this.#send(() => {
      try {
        return { clock: this.#flow.commit(this.#self.actor, ops), conflicts: [] };
      } catch (cause) {
        if (!(cause instanceof FlowError)) throw cause;
        const error = new Refused(cause.code, cause.message, cause.issues);
        this.emit('refused', { error, ops });
        throw error;
      }
    });
  readonly undo = (): Promise<UndoReceipt> =>
    this.#send(() => {
      this.#flow.undo(this.#self.actor);
      return { clock: this.#flow.clock, conflicts: [], skipped: [] };
    });
  readonly redo = (): Promise<UndoReceipt> =>
    this.#send(() => {
      this.#flow.redo(this.#self.actor);
      return { clock: this.#flow.clock, conflicts: [], skipped: [] };
    });
  readonly setPresence = (change: PresenceChange): void => {
    const merged = Object.entries({ ...this.#presence, ...change }).filter(
      ([, value]) => value !== null && value !== undefined,
    );
    this.#presence = Object.fromEntries(merged) as Presence;
    this.#flow.presenceChanged();
  };
  readonly ready = (): Promise<FlowDocument> => Promise.resolve(this.#flow.document);
  readonly close = (): void => {
    this.#flow.rooms.delete(this);
    this.#flow.presenceChanged();
  };

  readonly dismiss = (id: number): void => {
    this.#refusals = this.#refusals.filter((refusal) => refusal.id !== id);
    this.changed();
  };

  /** As if the server had refused edits of a page that is gone. */
  refuseEarlier(errors: readonly UXFlowError[]): void {
    this.#refusals = errors.map((error, id) => ({
      id,
      error: new Refused(error.code, error.message),
      ops: [],
      at: 1_700_000_000_000,
    }));
    this.changed();
  }

  /** Cuts the connection: commits wait until `reconnect`. */
  disconnect(): void {
    this.#status = 'offline';
    this.changed();
  }

  reconnect(): void {
    this.#status = 'online';
    for (const send of this.#held.splice(0)) send();
    this.changed();
  }

  /** The server closes the room for good. */
  shut(error: UXFlowError): void {
    this.#status = 'closed';
    this.#closedBecause = error;
    this.changed();
  }

  told(change: Change): void {
    this.changed();
    if (change.actor.id !== this.#self.actor.id || change.runId !== undefined) this.emit('change', change);
  }

  changed(): void {
    this.#snapshot = this.#read();
    for (const listener of this.#listeners) listener();
  }

  #send<T>(action: () => T): Promise<T> {
    if (this.#status !== 'offline') return new Promise((resolve) => resolve(action()));
    return new Promise((resolve, reject) => {
      this.#held.push(() => {
        try {
          resolve(action());
        } catch (error) {
          reject(error);
        }
      });
      this.changed();
    });
  }

  #read(): RoomSnapshot {
    const peers = [...this.#flow.rooms]
      .filter((room) => room !== this)
      .map((room): Peer => ({ ...room.#self, presence: room.#presence }));
    return Object.freeze({
      status: this.#status,
      document: this.#flow.document,
      clock: this.#flow.clock,
      permission: this.#permission,
      self: this.#self,
      peers,
      pending: this.#held.length,
      kept: this.#flow.kept,
      refusals: this.#refusals,
      closedBecause: this.#closedBecause,
    });
  }
}
