import { FlowError } from '../document/errors.ts';
import { DocumentState } from '../document/state.ts';
import type { FlowDocument } from '../document/types.ts';
import type { ClientMessage } from './messages.ts';

/** An edit, undo or redo that the room has not answered yet. */
export type PendingRequest = Extract<ClientMessage, { type: 'commit' | 'undo' | 'redo' }>;

interface Pending {
  request: PendingRequest;
  /** Its effect is in the room's document already; only the answer is missing. */
  landed: boolean;
}

/** The requests that the room has not answered, oldest first. */
export class PendingQueue {
  #queue: Pending[];

  constructor(requests: readonly PendingRequest[]) {
    this.#queue = requests.map((request) => ({ request, landed: false }));
  }

  get size(): number {
    return this.#queue.length;
  }

  get requests(): PendingRequest[] {
    return this.#queue.map(({ request }) => request);
  }

  add(request: PendingRequest): void {
    this.#queue.push({ request, landed: false });
  }

  /** Removes and returns the request with this key, because it is answered. */
  take(key: string): PendingRequest | undefined {
    const found = this.#queue.find(({ request }) => request.key === key);
    if (found) this.#queue = this.#queue.filter((pending) => pending !== found);
    return found?.request;
  }

  /** Notes that the room's document holds the effect of the request with this key. */
  land(key: string | undefined): void {
    for (const pending of this.#queue) if (pending.request.key === key) pending.landed = true;
  }

  /** Notes that the room has dealt with every request up to this running number. */
  landUpTo(seq: number): void {
    for (const pending of this.#queue) if (sequenceOf(pending.request.key) <= seq) pending.landed = true;
  }

  /** `document` with the edits on top that it does not hold yet; what no longer applies is left out. */
  over(document: FlowDocument): FlowDocument {
    const waiting = this.#queue.filter((pending) => !pending.landed && pending.request.type === 'commit');
    if (waiting.length === 0) return document;
    const state = new DocumentState(document);
    for (const { request } of waiting) {
      for (const op of request.type === 'commit' ? request.ops : []) {
        try {
          state.apply(op, '');
        } catch (error) {
          // The room will drop or refuse it too, and says so in its answer.
          if (!(error instanceof FlowError)) throw error;
        }
      }
    }
    return state.document;
  }
}

function sequenceOf(key: string): number {
  return Number(key.slice(key.lastIndexOf(':') + 1));
}
