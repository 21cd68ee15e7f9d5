import type { FlowIssue } from '../document/errors.ts';
import type { FlowDocument } from '../document/types.ts';
import type { ProposalSummary } from '../proposals/types.ts';
import type { Draft, KeptSnapshot, QueueEntry } from './client-storage.ts';
import type { Change, ClientMessage, Conflict } from './messages.ts';
import type { PendingRequest } from './pending.ts';

/** All that has to be kept so that a closed page loses nothing. JSON. */
export interface SyncState {
  clientId: string;
  /** The room's document as last heard of; absent before the first welcome. */
  clock?: number;
  document?: FlowDocument;
  /** Oldest first. */
  pending: PendingRequest[];
  /** The last running number used. */
  seq: number;
}

/** What became of something, to be told to people. */
export type SyncEvent =
  /** `clock` is 0 when the room only knows that it was done. `ticket` is what `commit` had returned. */
  | {
      type: 'committed';
      key: string;
      ticket: string;
      clock: number;
      conflicts: Conflict[];
      skipped: string[];
    }
  /** Without a key it concerns no edit. */
  | {
      type: 'refused';
      key?: string;
      ticket?: string;
      code: string;
      detail: string;
      issues: FlowIssue[];
    }
  | { type: 'changes'; change: Change }
  | { type: 'run'; runId: string; status: string }
  /** Its ops are read over REST. */
  | { type: 'proposal'; proposal: ProposalSummary }
  | { type: 'bye'; code: string };

export interface SyncClientOptions {
  /**
   * Names this one editing session, `[A-Za-z0-9_-]{1,64}`. Two pages must never share it at the same time: the room
   * counts its commits.
   */
  clientId: string;
  /** Called only between `connected` and `disconnected`. */
  send(message: ClientMessage): void;
  onEvent?(event: SyncEvent): void;
  /** What `exportState` gave before, to go on from there. */
  state?: SyncState;
}

/** A queue of requests outside of the client, which several clients of one person share. */
export interface SharedQueue {
  /** Names all of these clients together. */
  clientId: string;
  snapshot?: KeptSnapshot;
  /** Oldest first. */
  entries: readonly QueueEntry[];
  /** Told of every new request; `entered` is to be called when it has its number. */
  enter(ticket: string, request: Draft['request']): void;
  /** A prefix for tickets that no other client uses. */
  tab: string;
}

export type SyncStatus = 'offline' | 'joining' | 'live';
