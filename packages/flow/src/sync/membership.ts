import type { SyncStatus } from './client-types.ts';
import type { LocalCopy } from './local-copy.ts';
import type { Actor, ClientMessage, Permission, Presence } from './messages.ts';
import type { Requests } from './requests.ts';

/** One client's part in the room over one connection after another: what it says, and as whom. */
export class Membership {
  readonly #send: (message: ClientMessage) => void;
  readonly #requests: Requests;
  readonly #copy: LocalCopy;
  #status: SyncStatus = 'offline';
  /** The client that the present connection has said hello as. */
  #named = '';
  #presence: Presence | undefined;
  /** Who one is to the room, and what it allows; undefined before the first welcome. */
  self: { peerId: string; permission: Permission; actor: Actor } | undefined;

  constructor(send: (message: ClientMessage) => void, requests: Requests, copy: LocalCopy) {
    this.#send = send;
    this.#requests = requests;
    this.#copy = copy;
  }

  get status(): SyncStatus {
    return this.#status;
  }

  get named(): string {
    return this.#named;
  }

  get isLive(): boolean {
    return this.#status === 'live';
  }

  show(presence: Presence): void {
    this.#presence = presence;
    if (this.isLive) this.#send({ type: 'presence', ...presence });
  }

  /** Says hello. @param anew asks for the whole document */
  join(anew = false): void {
    this.#status = 'joining';
    this.#named = this.#requests.sends ? this.#requests.sender : this.#requests.clientId;
    this.#send({
      type: 'hello',
      clientId: this.#named,
      packed: true,
      ...(this.#copy.isLoaded && !anew && { clock: this.#copy.clock }),
    });
  }

  /** In step with the room: whatever it has not answered is sent again, in order. */
  joined(): void {
    this.#status = 'live';
    this.#requests.pending.unsent();
    this.pump(true);
    if (this.#presence) this.#send({ type: 'presence', ...this.#presence });
  }

  lost(): void {
    this.#status = 'offline';
  }

  acknowledge(): void {
    if (this.isLive) this.#send({ type: 'ack', clock: this.#copy.clock });
  }

  /** Sends what is due. Requests of another client than the connection's wait until it has said hello as that one. */
  pump(joined = false): void {
    if (!this.isLive || !this.#requests.sends) return;
    if (this.#requests.sender !== this.#named) {
      this.join();
      return;
    }
    const { clock } = this.#copy;
    for (const request of this.#requests.pending.due(this.#named)) {
      // A room that was restored from a backup may stand before what this client had seen.
      const late = joined && request.type === 'commit' && request.baseClock > clock;
      this.#send(late ? { ...request, baseClock: clock } : request);
    }
  }
}
