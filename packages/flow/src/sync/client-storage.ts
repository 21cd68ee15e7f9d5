import type { FlowDocument } from '../document/types.ts';
import type { Actor, Permission } from './messages.ts';
import type { PendingRequest } from './pending.ts';

type Unnumbered<Request> = Request extends unknown ? Omit<Request, 'key'> : never;

/** A request on its way into the queue, which will give it its number. */
export interface Draft {
  /** `<tab>.<count>`, so that its author knows it again. */
  ticket: string;
  request: Unnumbered<PendingRequest>;
  /** When it was made, milliseconds since the epoch. */
  at: number;
}

/** Why an edit cannot be carried out. */
export interface Refused {
  code: string;
  detail: string;
  issues: { path: string; message: string }[];
}

/** One request of the queue that the tabs of a browser share. */
export interface QueueEntry {
  /** Its place in the queue, counted up for ever. */
  seq: number;
  ticket: string;
  /** With its key, which it keeps whichever tab sends it. */
  request: PendingRequest;
  at: number;
  /** Set when the room has refused it and nobody has been told yet: it is shown, and never sent again. */
  refusal?: Refused;
}

/** The room's document as last heard of, and what was allowed then. */
export interface KeptSnapshot {
  clock: number;
  document: FlowDocument;
  permission: Permission;
  actor: Actor;
}

export interface KeptFlow {
  /** Names this browser to the room; the tabs share it. */
  clientId: string;
  snapshot?: KeptSnapshot;
  /** Oldest first. */
  entries: QueueEntry[];
}

/**
 * What a browser keeps of one flow for one person, shared by all tabs; drivers: IndexedDB, memory.
 *
 * Every call is one transaction: carried out whole or, when it rejects or the page dies, not at all. Calls of several
 * tabs happen one after another. What a resolved promise has written is there after a crash.
 */
export interface ClientStorage {
  load(): Promise<KeptFlow>;
  /**
   * Numbers the drafts in their order and writes them. The number is taken and the entry written in one transaction,
   * so that a lower number is always there before a higher one.
   *
   * @param floor a number known to be used, should the counter have been lost
   * @returns all entries after the number `after`, other tabs' included, in order
   */
  append(drafts: readonly Draft[], from: { after: number; floor: number }): Promise<QueueEntry[]>;
  /** The entries after the number `after`, in order. */
  entries(after: number): Promise<QueueEntry[]>;
  /** Notes a refusal that nobody has been told yet; nothing when the entry is no longer there. */
  refuse(seq: number, refusal: Refused): Promise<void>;
  /** Removes answered entries, together with writing the snapshot that holds their effects. */
  settle(seqs: readonly number[], snapshot?: KeptSnapshot): Promise<void>;
}

const OPS = new Set(['put', 'patch', 'remove', 'rename']);

/** What was read from a storage as an entry; what cannot be understood becomes a refused one, to be told. */
export function readEntry(seq: number, value: unknown): QueueEntry {
  if (isRecord(value)) {
    const { ticket, request, at, refusal } = value;
    if (typeof ticket === 'string' && typeof at === 'number' && isRequest(request)) {
      return {
        seq,
        ticket,
        request,
        at,
        ...(isRecord(refusal) && { refusal: refusal as unknown as Refused }),
      };
    }
  }
  return {
    seq,
    ticket: '',
    at: 0,
    request: { type: 'commit', key: '', baseClock: 0, ops: [] },
    refusal: {
      code: 'unreadable',
      detail: 'An edit that was kept on this device can no longer be read',
      issues: [],
    },
  };
}

/** What was read from a storage as a snapshot; undefined when it cannot be used, for the room has it too. */
export function readSnapshot(value: unknown): KeptSnapshot | undefined {
  if (!isRecord(value)) return undefined;
  const { clock, document, permission, actor } = value;
  const usable =
    Number.isSafeInteger(clock) &&
    isRecord(document) &&
    document['format'] === 'uxflow/1' &&
    ['nodes', 'edges', 'frames', 'personas'].every((name) => {
      const records = document[name];
      return isRecord(records) && Object.values(records).every(isRecord);
    }) &&
    (permission === 'view' || permission === 'comment' || permission === 'edit') &&
    isRecord(actor) &&
    typeof actor['id'] === 'string';
  return usable ? (value as unknown as KeptSnapshot) : undefined;
}

function isRequest(value: unknown): value is PendingRequest {
  if (!isRecord(value)) return false;
  const { type, key, ops, baseClock } = value;
  if (typeof key !== 'string' || !/^[\w-]{1,64}:\d+$/.test(key)) return false;
  if (type !== 'commit') return type === 'undo' || type === 'redo';
  return (
    Number.isSafeInteger(baseClock) &&
    Array.isArray(ops) &&
    ops.every((op: unknown) => isRecord(op) && OPS.has(String(op['op'])))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
