import type { Draft, QueueEntry } from './client-storage.ts';
import type { SharedQueue, SyncState } from './client-types.ts';
import { clientOf, PendingQueue, sequenceOf } from './pending.ts';

/** Own requests: how they get their numbers, alone or in a queue shared with other clients, and who sends them. */
export class Requests {
  readonly pending: PendingQueue;
  #clientId: string;
  #seq: number;
  #shared: SharedQueue | undefined;
  #tickets = 0;
  /** Whether this client sends what is pending; with a shared queue one of its clients does. */
  #sends = true;

  constructor(clientId: string, state: SyncState | undefined) {
    this.#clientId = clientId;
    this.#seq = state?.seq ?? 0;
    this.pending = new PendingQueue(state?.pending ?? []);
  }

  get clientId(): string {
    return this.#clientId;
  }

  /** The highest running number known to be used. */
  get seq(): number {
    return this.#seq;
  }

  get shared(): SharedQueue | undefined {
    return this.#shared;
  }

  get sends(): boolean {
    return this.#sends;
  }

  /** As whom to send next: the client whose number the first unanswered request bears. */
  get sender(): string {
    return this.pending.client ?? this.#clientId;
  }

  /** Takes a new request on; returns its ticket. */
  add(request: Draft['request']): string {
    this.#tickets += 1;
    const shared = this.#shared;
    const key = shared ? '' : this.#nextKey();
    const ticket = shared ? `${shared.tab}.${this.#tickets}` : key;
    this.pending.add({ ...request, key }, ticket);
    shared?.enter(ticket, request);
    return ticket;
  }

  /** Whether a request with this ticket was made by this client. */
  isOwn(ticket: string): boolean {
    return this.#shared === undefined || ticket.startsWith(`${this.#shared.tab}.`);
  }

  share(queue: SharedQueue): void {
    this.#shared = queue;
    this.#clientId = queue.clientId;
    this.#seq = 0;
    this.#sends = false;
  }

  unshare(clientId: string): void {
    this.#shared = undefined;
    this.#clientId = clientId;
    this.#seq = 0;
    this.#sends = true;
    this.pending.separate(() => this.#nextKey());
  }

  lead(sends: boolean): void {
    this.#sends = sends;
  }

  /** Takes an entry of the shared queue over; true when that changes what is shown. */
  enter({ request, ticket, at, refusal }: QueueEntry): boolean {
    if (clientOf(request.key) === this.#clientId) this.used(sequenceOf(request.key));
    if (!refusal) return this.pending.number(request, ticket, at);
    this.pending.drop(request.key);
    return true;
  }

  /** Numbers up to this one are never used again. */
  used(seq: number): void {
    this.#seq = Math.max(this.#seq, seq);
  }

  #nextKey(): string {
    this.#seq += 1;
    return `${this.#clientId}:${this.#seq}`;
  }
}
