import {
  Liveness,
  readPong,
  type ClientMessage,
  type ServerMessage,
  type SyncClient,
} from '../src/sync/index.ts';
import type { Link } from './network.ts';

/** A client core's end of one connection after another, which it looks after as the SDK does. */
export class ClientEnd {
  link: Link | undefined;
  readonly #client: () => SyncClient;
  readonly #Liveness: typeof Liveness;
  #liveness: Liveness | undefined;
  #now = 0;

  /** @param Watch when to give a connection up; a test of the test puts a broken one here */
  constructor(client: () => SyncClient, Watch: typeof Liveness = Liveness) {
    this.#client = client;
    this.#Liveness = Watch;
  }

  /** A new connection is open. */
  connected(link: Link, now: number): void {
    this.#now = now;
    this.link = link;
    this.#liveness = new this.#Liveness(now);
    this.#client().connected();
  }

  /** The connection is known to be gone, or given up; the room may think otherwise. */
  disconnected(): Link | undefined {
    const { link } = this;
    if (!link) return undefined;
    this.link = undefined;
    this.#liveness = undefined;
    this.#client().disconnected();
    return link;
  }

  /** One message of the room arrives; false when none is on its way. */
  hear(now: number): boolean {
    this.#now = now;
    const text = this.link?.down.shift();
    if (text === undefined) return false;
    const clock = readPong(text);
    if (clock === undefined) this.#client().receive(JSON.parse(text) as ServerMessage, text.length);
    else if (clock !== null) this.#client().stands(clock);
    this.#liveness?.heard(now, this.#client().due);
    return true;
  }

  /** Whether the room has closed the connection, and that can be known here. */
  get isClosed(): boolean {
    return this.link !== undefined && !this.link.open && !this.link.dead.down && this.link.down.length === 0;
  }

  /** Looks after the connection; true when it is to be given up. */
  watch(now: number): boolean {
    this.#now = now;
    const verdict = this.#liveness?.verdict(now);
    if (verdict === 'ask') {
      this.link?.say('ping');
      this.#liveness?.asked(now, true);
    }
    return verdict === 'dead';
  }

  /** What the client core sends. */
  say(message: ClientMessage): void {
    this.link?.say(JSON.stringify(message));
    if (message.type !== 'ack' && message.type !== 'presence')
      this.#liveness?.sent(this.#now, this.#client().due);
  }
}
