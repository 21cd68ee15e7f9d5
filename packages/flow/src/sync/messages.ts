import type { FlowDocument, Op, Point } from '../document/types.ts';
import type { ProposalSummary } from '../proposals/types.ts';

/**
 * The wire format of a live flow: JSON over WebSocket, one message a frame, `type` says which.
 * The protocol is versioned by the WebSocket subprotocol; a new meaning needs a new subprotocol.
 *
 * Two texts that are no JSON belong to it, the heartbeat: to `ping` the server answers `pong` with the flow's clock,
 * `pong 17`, at any time and also before `hello`. A client that has heard nothing for a while asks, and takes the
 * connection for dead when nothing at all comes back; a clock that it has not reached tells it that it missed
 * something. The answer is the same text until the next commit, so it is given without waking a room that sleeps.
 *
 * Who says `packed` in `hello` is told commits in frames that are JSON lists instead, several at a time, see
 * `PackedFrame`; all others are told each in its own message, as below.
 *
 * A reader says `ack` with his clock after every few dozen `changes`, 64 kB of them or a whole `snapshot`. Who leaves
 * 200 of them or 256 kB unread is told no more until he does; after five seconds he is told `bye` `slow_reader`,
 * closed with 1013, and comes back with `hello` and his clock.
 */
export const SUBPROTOCOL = 'uxflow.v1';
export const PING = 'ping';
export const PONG = 'pong';
/** Prefix of the second offered subprotocol, which carries the credential: `token.<credential>`. */
export const TOKEN_SUBPROTOCOL_PREFIX = 'token.';

export type Permission = 'view' | 'comment' | 'edit';

/** Who edits: a person (workspace + end-user id), a server key, or the system. Never a socket. */
export interface Actor {
  /** `user:<end-user id>`, `key:<key id>` or `system:<what>`: unique inside the workspace. */
  id: string;
  name: string;
  avatarUrl?: string;
}

export interface Presence {
  cursor?: Point;
  selection?: string[];
  viewport?: { x: number; y: number; zoom: number };
  typing?: boolean;
}

/** One open connection of somebody, as others see it. */
export interface Peer {
  peerId: string;
  actor: Actor;
  presence: Presence;
}

/** What has changed about a peer. Without an actor it is one who is known. */
export type PeerNews = Omit<Peer, 'actor'> & { actor?: Actor };

/** One commit as it is told to readers. `clock` is the flow's clock after it. */
export interface Change {
  clock: number;
  /** What was applied, referential clean-up included: applying these to the document at `clock − 1` gives it at `clock`. */
  ops: Op[];
  actor: Actor;
  /** Milliseconds since the epoch. */
  at: number;
  runId?: string;
  message?: string;
  /** The commit key, so that its author recognises its own change. */
  key?: string;
  /** The proposal that `actor` accepted by it. */
  proposal?: CommitProposal;
}

/** Where a commit that accepts a proposal comes from. */
export interface CommitProposal {
  id: string;
  /** Who proposed it. */
  author: Actor;
  /** The agent run that it comes from. */
  runId?: string;
}

/**
 * A field that somebody else had changed since `baseClock`; the later writer has won. The field `id` stands for the
 * record as a whole, the kind and id `document` for the flow itself.
 */
export interface Conflict {
  kind: string;
  id: string;
  field: string;
  /** When the other's change was made. */
  clock: number;
  /** True when the sent value was left out, because what it belongs to or points at has been removed since. */
  dropped?: true;
}

/** Where a request stands in its client's sequence. */
interface Follows {
  /**
   * The running number of the request sent before this one, unless that is answered. A room that has not dealt with
   * it yet has missed it, and does not carry this one out in its place.
   */
  after?: number;
}

export type ClientMessage =
  /** `packed` asks for the short forms of what is long or frequent, see SPEC.md. */
  | { type: 'hello'; clientId: string; clock?: number; packed?: true }
  | { type: 'auth'; token: string }
  | ({ type: 'commit'; key: string; baseClock: number; ops: Op[]; message?: string } & Follows)
  | ({ type: 'undo'; key: string } & Follows)
  | ({ type: 'redo'; key: string } & Follows)
  | ({ type: 'presence' } & Presence)
  | { type: 'ack'; clock: number };

/** A snapshot too large for one message comes in parts. */
export interface SnapshotPart {
  part: number;
  parts: number;
  /** A slice of the JSON text of the document … */
  json?: string;
  /** … or, for a client that has asked for it, blocks of the packed document, see `packDocument`. */
  packed?: unknown[];
}

export type ServerMessage =
  | {
      type: 'welcome';
      clock: number;
      self: { peerId: string; actor: Actor; permission: Permission };
      peers: Peer[];
      /** Either what has happened since the client's clock … */
      changes?: Change[];
      /** … or the document, when the client has none or is too far behind; further parts follow as `snapshot`. */
      snapshot?: SnapshotPart;
      /** Highest sequence number of this client's own commits that the room has answered; 0 if none. */
      lastSeq: number;
    }
  | ({ type: 'snapshot'; clock: number } & SnapshotPart)
  | {
      type: 'committed';
      key: string;
      clock: number;
      conflicts: Conflict[];
      /** What was really applied where the room had to add to the sent ops (clean-up); absent when it is the same. */
      ops?: Op[];
      /** For `undo` and `redo`: what could not be reverted, and why, in words. */
      skipped?: string[];
    }
  | {
      type: 'refused';
      key?: string;
      code: string;
      detail: string;
      issues?: { path: string; message: string }[];
    }
  | ({ type: 'changes' } & Change)
  | { type: 'run'; runId: string; status: string }
  /** A proposal was made, changed or decided on; its ops are read over REST. */
  | { type: 'proposal'; proposal: ProposalSummary }
  | {
      /**
       * Peers who came or whose presence changed, and those who left, since the last such message. To a client that
       * has asked for packed messages, only who has come is told with his actor.
       */
      type: 'presence';
      peers: PeerNews[];
      left?: string[];
    }
  | { type: 'bye'; code: string };

/** The document and the clock it stands at. */
export interface Snapshot {
  clock: number;
  document: FlowDocument;
}
