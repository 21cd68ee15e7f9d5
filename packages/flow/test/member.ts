import { applyOps, type Op } from '../src/index.ts';
import {
  Liveness,
  readPong,
  SyncClient,
  type Actor,
  type ClientMessage,
  type ServerMessage,
  type SyncEvent,
} from '../src/sync/index.ts';
import { Link } from './network.ts';
import { randomOp, TRACE, type Choose } from './random-ops.ts';

export interface MemberOptions {
  clientId: string;
  actor: Actor;
  /** Undoes and redoes now and then; who does not must find all his traces in the end. */
  undoes: boolean;
  choose: Choose;
  /** Names for new records. */
  fresh: () => string;
  /** The client core; a test of the test puts a broken one here. */
  Client?: typeof SyncClient;
  /** When it gives a connection up; the same. */
  Liveness?: typeof Liveness;
}

/** One page of somebody: the client core behind a connection that it looks after as the SDK does. */
export class Member {
  readonly actor: Actor;
  readonly undoes: boolean;
  /** Everything that the client core has told. */
  readonly events: SyncEvent[] = [];
  /** Ops that were given to the client core. */
  ops = 0;
  client: SyncClient;
  link: Link | undefined;
  readonly #options: MemberOptions;
  #liveness: Liveness | undefined;
  #now = 0;

  constructor(options: MemberOptions) {
    this.#options = options;
    this.actor = options.actor;
    this.undoes = options.undoes;
    this.client = this.#makeClient();
  }

  get clientId(): string {
    return this.#options.clientId;
  }

  /** A new connection is open. */
  connected(link: Link, now: number): void {
    this.#now = now;
    this.link = link;
    this.#liveness = new (this.#options.Liveness ?? Liveness)(now);
    this.client.connected();
  }

  /** The connection is known to be gone, or given up; the room may think otherwise. */
  disconnected(): Link | undefined {
    const { link } = this;
    if (!link) return undefined;
    this.link = undefined;
    this.#liveness = undefined;
    this.client.disconnected();
    return link;
  }

  /** The page is closed and opened again: only what was exported remains. */
  reopen(): Link | undefined {
    const link = this.disconnected();
    this.client = this.#makeClient(this.client);
    return link;
  }

  /** One message of the room arrives; false when none is on its way. */
  hear(now: number): boolean {
    this.#now = now;
    const text = this.link?.down.shift();
    if (text === undefined) return false;
    const clock = readPong(text);
    if (clock === undefined) this.client.receive(JSON.parse(text) as ServerMessage, text.length);
    else if (clock !== null) this.client.stands(clock);
    this.#liveness?.heard(now, this.client.due);
    return true;
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

  edit(): void {
    const { choose, fresh } = this.#options;
    for (let many = 1 + choose(2); many > 0; many -= 1) {
      let view = this.client.document;
      if (!view) return;
      const ops: Op[] = [];
      for (let i = 1 + choose(4); i > 0; i -= 1) {
        const op = randomOp(choose, view, fresh);
        view = applyOps(view, [op]).document;
        ops.push(op);
      }
      this.ops += ops.length;
      // A trace that nobody else touches.
      const id = `${TRACE}${this.client.clientId}.${this.client.exportState().seq + 1}`;
      if (!this.undoes) ops.push({ op: 'put', kind: 'persona', value: { id, name: 'trace' } });
      this.client.commit(ops);
    }
  }

  #makeClient(from?: SyncClient): SyncClient {
    return new (this.#options.Client ?? SyncClient)({
      clientId: this.#options.clientId,
      send: (message) => this.#say(message),
      onEvent: (event) => this.events.push(event),
      ...(from && { state: JSON.parse(JSON.stringify(from.exportState())) }),
    });
  }

  #say(message: ClientMessage): void {
    this.link?.say(JSON.stringify(message));
    if (message.type !== 'ack' && message.type !== 'presence')
      this.#liveness?.sent(this.#now, this.client.due);
  }
}
