import { FlowError } from '../document/errors.ts';
import { DocumentState } from '../document/state.ts';
import type { FlowDocument } from '../document/types.ts';
import type { ClientMessage } from './messages.ts';

/** An edit, undo or redo that the room has not answered yet. */
export type PendingRequest = Extract<ClientMessage, { type: 'commit' | 'undo' | 'redo' }>;

/**
 * Requests sent and not answered at a time. The room keeps the answers of a client's last 128 numbers in full; older
 * ones are only known to have been answered. With fewer under way a repeated request always gets its real answer.
 */
const WINDOW = 64;

interface Pending {
  /** Its key is empty until it has a number. */
  request: PendingRequest;
  /** How its author knows it: the key itself, or what a queue shared with other tabs will number. */
  ticket: string;
  /** When it was made, milliseconds since the epoch; 0 when nobody asked. */
  at: number;
  /** Its effect is in the room's document already; only the answer is missing. */
  landed: boolean;
  /** Sent on the present connection. */
  sent: boolean;
  /** Clock under which the room has answered it elsewhere; the document shown has not come so far. */
  answered?: number;
  /** Refused, and whether that will be remembered is not certain yet: it still takes its place in the window. */
  refused?: true;
}

type Answered = Readonly<Pick<Pending, 'request' | 'ticket' | 'at'>>;

/** The requests that the room has not answered, oldest first; those without a number last. */
export class PendingQueue {
  #queue: Pending[] = [];

  constructor(requests: readonly PendingRequest[]) {
    for (const request of requests) this.add(request, request.key);
  }

  /** Those that nobody has heard the answer of. */
  get size(): number {
    return this.#queue.filter(({ answered, refused }) => answered === undefined && !refused).length;
  }

  /** Key of the first that was sent on the present connection and is still without an answer. */
  get awaited(): string | undefined {
    return this.#queue.find(({ sent, answered, refused }) => sent && answered === undefined && !refused)
      ?.request.key;
  }

  get requests(): PendingRequest[] {
    return this.#queue.map(({ request }) => request);
  }

  /** @param key of the request; empty as long as it has no number. */
  add(request: PendingRequest, ticket: string): void {
    this.#queue.push({ request, ticket, at: 0, landed: false, sent: false });
  }

  /**
   * Takes a numbered request of the shared queue over: the own one of that ticket, or another tab's. It stands behind
   * those numbered before. False when that changes nothing about the order.
   */
  number(request: PendingRequest, ticket: string, at: number): boolean {
    if (this.#queue.some((pending) => pending.request.key === request.key)) return false;
    const first = this.#queue.findIndex((pending) => pending.request.key === '');
    const next = first < 0 ? this.#queue.length : first;
    const own = this.#queue.findIndex((pending) => pending.request.key === '' && pending.ticket === ticket);
    if (own >= 0) this.#queue.splice(own, 1);
    this.#queue.splice(next, 0, { request, ticket, at, landed: false, sent: false });
    return own !== next;
  }

  /** The shared queue is gone: gives every request without a number one from `next`, and waits for no notes. */
  separate(next: () => string): void {
    this.#queue = this.#queue.filter(({ refused }) => !refused);
    for (const pending of this.#queue)
      if (pending.request.key === '') pending.request = { ...pending.request, key: next() };
  }

  /** Removes and returns the request with this key, because it is answered. */
  take(key: string): Answered | undefined {
    const found = this.#queue.find(({ request }) => request.key === key);
    if (found?.refused) return undefined;
    if (found) this.#queue = this.#queue.filter((pending) => pending !== found);
    // An answer that another tab has had before is no news.
    return found?.answered === undefined ? found : undefined;
  }

  /** Takes a refused request out of view, but leaves it in the window until `drop`. Undefined when it is so already. */
  refuse(key: string): Answered | undefined {
    const found = this.#queue.find(({ request }) => request.key === key);
    if (!found || found.refused || found.answered !== undefined) return undefined;
    found.refused = true;
    return found;
  }

  /** Removes the request with this key. An entry that cannot be read has none, nor have requests without a number. */
  drop(key: string): void {
    if (key === '') return;
    this.#queue = this.#queue.filter(({ request }) => request.key !== key);
  }

  /** Keeps a request that was answered elsewhere in view until the document has come to `clock`. */
  answer(key: string, clock: number): string | undefined {
    const found = this.#queue.find(({ request }) => request.key === key);
    if (!found || found.refused || found.answered !== undefined) return undefined;
    found.answered = clock;
    return found.ticket;
  }

  /** Forgets those answered elsewhere whose effect the document at `clock` holds. */
  passed(clock: number): void {
    if (this.#queue.some(({ answered }) => answered !== undefined && answered <= clock))
      this.#queue = this.#queue.filter(({ answered }) => answered === undefined || answered > clock);
  }

  /** Whether the request with this key was made by this tab; without a shared queue all are. */
  isOwn(key: string | undefined, tab: string | undefined): boolean {
    const found = this.#queue.find(({ request }) => request.key !== '' && request.key === key);
    return found !== undefined && (tab === undefined || found.ticket.startsWith(`${tab}.`));
  }

  /** Notes that the room's document holds the effect of the request with this key. */
  land(key: string | undefined): void {
    for (const pending of this.#queue) if (pending.request.key === key) pending.landed = true;
  }

  /** Notes that the room has dealt with every request of this client up to this running number. */
  landUpTo(clientId: string, seq: number): void {
    for (const pending of this.#queue) {
      const { key } = pending.request;
      if (clientOf(key) === clientId && sequenceOf(key) <= seq) pending.landed = true;
    }
  }

  /** A new connection: nothing has been sent on it. */
  unsent(): void {
    for (const pending of this.#queue) pending.sent = false;
  }

  /** The client whose number the first unanswered request bears; undefined when none has a number. */
  get client(): string | undefined {
    const first = this.#queue.find(({ answered }) => answered === undefined);
    return first && first.request.key !== '' ? clientOf(first.request.key) : undefined;
  }

  /**
   * What to send next, and takes it for sent: without a gap from the first unanswered on, in order, as far as the
   * window and the numbers of this client reach. The room takes a number for answered as soon as a higher one is, so
   * that a request left out would be lost.
   */
  due(clientId: string): PendingRequest[] {
    const unanswered = this.#queue.filter(({ answered }) => answered === undefined).slice(0, WINDOW);
    const due: PendingRequest[] = [];
    let after: number | undefined;
    for (const pending of unanswered) {
      const { key } = pending.request;
      if (clientOf(key) !== clientId) break;
      if (!pending.sent) due.push(after === undefined ? pending.request : { ...pending.request, after });
      pending.sent = true;
      if (!pending.refused) after = sequenceOf(key);
    }
    return due;
  }

  /** Whether the request with this key is the first edit that lies over the room's document. */
  isNext(key: string): boolean {
    const first = this.#queue.find(
      ({ landed, refused, request }) => !landed && !refused && request.type === 'commit',
    );
    return first?.request.key === key;
  }

  /** `document` with the edits on top that it does not hold yet; what no longer applies is left out. */
  over(document: FlowDocument): FlowDocument {
    const waiting = this.#queue.filter(
      ({ landed, refused, request }) => !landed && !refused && request.type === 'commit',
    );
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

/** The client in a key `clientId:seq`. */
export function clientOf(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf(':')));
}

export function sequenceOf(key: string): number {
  return Number(key.slice(key.lastIndexOf(':') + 1));
}
