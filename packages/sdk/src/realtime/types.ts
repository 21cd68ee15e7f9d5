import type { FlowDocument, Op } from '@uxflow/flow';
import type { ProposalStatus } from '@uxflow/flow/proposals';
import type { Actor, Change, Conflict, Peer, Permission, Presence } from '@uxflow/flow/sync';
import type { UXFlowError } from '../core/errors.ts';
import type { RefusedError } from './refused.ts';

/**
 * `connecting` until the document is there and the server has been reached or has not; `offline` while a connection is
 * being made anew, during which editing goes on; `closed` for good, see `closedBecause`.
 */
export type RoomStatus = 'connecting' | 'online' | 'offline' | 'closed';

/** How the server answered a commit. */
export interface CommitReceipt {
  /** The flow's clock after it. */
  clock: number;
  /** Fields that others had changed meanwhile; this commit has won. */
  conflicts: readonly Conflict[];
}
/** `skipped` says in words what could not be reverted, because others have changed it since. */
export interface UndoReceipt extends CommitReceipt {
  skipped: readonly string[];
}

/** All that a room shows, frozen: a new object whenever something has changed, the same one otherwise. */
export interface RoomSnapshot {
  status: RoomStatus;
  /**
   * With the own commits that the server has not answered yet. Null until it has arrived, or was found on this device,
   * which can be long before the server is reached.
   */
  document: FlowDocument | null;
  /** The clock of the last commit known from the server. */
  clock: number;
  permission: Permission | null;
  self: { peerId: string; actor: Actor } | null;
  /** The others, one for each of their connections. */
  peers: readonly Peer[];
  /** Own commits that the server has not answered yet, those of other pages of this browser too. 0: all is saved. */
  pending: number;
  /** Whether what is pending outlives this page, because it is kept on this device. */
  kept: boolean;
  /** Commits of earlier pages that the server has refused since. They stay until `dismiss`. */
  refusals: readonly RefusedEdit[];
  /** Why the room is `closed`. */
  closedBecause: UXFlowError | null;
}

/** A commit that was refused when the page that had made it was gone. It is not in the document. */
export interface RefusedEdit {
  id: number;
  error: RefusedError;
  ops: readonly Op[];
  /** When it was made, milliseconds since the epoch; 0 when not known. */
  at: number;
}

export interface RoomEvents {
  /** A commit made elsewhere: by others, by an agent, or in another window of the same user. */
  change: Change;
  /** An agent run on this flow has changed its status. */
  run: { runId: string; status: string };
  /** A proposal was made, edited, decided on or has expired. `proposals.get` tells its ops. */
  proposal: { proposalId: string; status: ProposalStatus; runId?: string };
  /** A commit, undo or redo was refused. A refused commit is taken back out of `document`. */
  refused: { error: RefusedError; ops: readonly Op[] };
  /** A commit was accepted over fields that others had changed since. */
  conflict: { conflicts: readonly Conflict[] };
  status: { status: RoomStatus; closedBecause: UXFlowError | null };
}

/**
 * One flow, live. Every getter gives the same object until its part changes, so each is a snapshot for
 * `useSyncExternalStore(room.subscribe, () => room.document)`. Methods are bound: pass them on freely.
 */
export interface Room extends Readonly<RoomSnapshot> {
  readonly flowId: string;
  /** Calls `listener` after each change of the snapshot; returns its own cancellation. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => RoomSnapshot;
  /** Calls `listener` on each event of this name; returns its own cancellation. */
  on<Name extends keyof RoomEvents>(name: Name, listener: (event: RoomEvents[Name]) => void): () => void;
  /**
   * Applies ops at once and sends them. The promise settles with the server's answer, after a reconnect if need be.
   * It may be ignored: a refusal, a local one included, is also told by the `refused` event.
   */
  readonly commit: (ops: Op[], options?: { message?: string | undefined }) => Promise<CommitReceipt>;
  /** Reverts the own last step, on the server. Rejects with `conflict` when there is none. */
  readonly undo: () => Promise<UndoReceipt>;
  readonly redo: () => Promise<UndoReceipt>;
  /** Merges into what others see of this connection; null takes a field away. Sent at most 30 times a second. */
  readonly setPresence: (change: PresenceChange) => void;
  /** Resolves with the document as soon as it is there; rejects when the room closes before. */
  readonly ready: () => Promise<FlowDocument>;
  /** Takes one of `refusals` off the list, in all pages of this browser. */
  readonly dismiss: (id: number) => void;
  /** Leaves. What is not answered yet is rejected with `room_closed`; what is `kept` is sent by the next room. */
  readonly close: () => void;
}

export type PresenceChange = { [K in keyof Presence]?: Presence[K] | null | undefined };

export interface RoomOptions {
  /** What others see from the start. */
  presence?: Presence | undefined;
  /**
   * Whether to keep the flow and what is not saved yet on this device, shared by all pages of the browser. Default
   * true; where a browser keeps nothing, and outside of browsers, the room does without.
   */
  offline?: boolean | undefined;
  /** Instead of the global `WebSocket`. */
  WebSocket?: WebSocketConstructor | undefined;
  /** Leaves the room when aborted. */
  signal?: AbortSignal | undefined;
}

/** The part of the standard WebSocket that a room uses. */
export interface WebSocketLike {
  readonly readyState: number;
  readonly protocol: string;
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { code: number; reason: string }) => void): void;
  addEventListener(type: 'error', listener: () => void): void;
}
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;
