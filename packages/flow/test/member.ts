import { applyOps, type Op } from '../src/index.ts';
import {
  SyncClient,
  type Actor,
  type ClientMessage,
  type Liveness,
  type SyncEvent,
} from '../src/sync/index.ts';
import { ClientEnd } from './client-end.ts';
import type { Link } from './network.ts';
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

/** One page of somebody, who edits. */
export class Member {
  readonly actor: Actor;
  readonly undoes: boolean;
  /** Everything that the client core has told. */
  readonly events: SyncEvent[] = [];
  /** Ops that were given to the client core. */
  ops = 0;
  client: SyncClient;
  readonly end: ClientEnd;
  readonly #options: MemberOptions;

  constructor(options: MemberOptions) {
    this.#options = options;
    this.actor = options.actor;
    this.undoes = options.undoes;
    this.end = new ClientEnd(() => this.client, options.Liveness);
    this.client = this.#makeClient();
  }

  get link(): Link | undefined {
    return this.end.link;
  }

  get clientId(): string {
    return this.#options.clientId;
  }

  /** The page is closed and opened again: only what was exported remains. Returns the connection it had. */
  reopen(): Link | undefined {
    const link = this.end.disconnected();
    this.client = this.#makeClient(this.client);
    return link;
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

  /** Every third one does not know of packed messages. */
  get #isOld(): boolean {
    return Number(this.clientId.slice(1)) % 3 === 2;
  }

  #makeClient(from?: SyncClient): SyncClient {
    return new (this.#options.Client ?? SyncClient)({
      clientId: this.#options.clientId,
      send: (message) => this.end.say(this.#isOld ? unpacked(message) : message),
      onEvent: (event) => this.events.push(event),
      ...(from && { state: JSON.parse(JSON.stringify(from.exportState())) }),
    });
  }
}

function unpacked(message: ClientMessage): ClientMessage {
  if (message.type !== 'hello') return message;
  const { packed: _packed, ...rest } = message;
  return rest;
}
