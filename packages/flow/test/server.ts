import type { Actor } from '../src/sync/index.ts';
import {
  FlowLog,
  readFrame,
  Room,
  type FlowLogOptions,
  type Ports,
  type Store,
} from '../src/sync/server/index.ts';
import { countingPorts, expectOk } from './edits.ts';
import { FaultyStore, StorageFailure, type FailurePoint } from './faulty-store.ts';
import { Link } from './network.ts';
import { forgotten } from './world-checks.ts';

export interface ServerOptions {
  store: Store;
  /** How long the log is and how often it is tidied up. */
  log?: FlowLogOptions;
  /** Makes the log; a test of the test puts a broken one here, or a broken part in one of those below. */
  makeLog?: (store: Store, ports: Ports) => FlowLog;
  /** Stands between the log and the store that fails. */
  wrap?: (store: Store) => Store;
  /** Changes what the room hears. */
  hears?: (text: string) => string;
}

/** The adapter round one flow's log and room: keeps its sockets, restarts, sleeps, and outlives a store that fails. */
export class Server {
  readonly disk: FaultyStore;
  /** What was seen to be wrong on the way. */
  readonly problems: string[] = [];
  /** Milliseconds. */
  time = 0;
  readonly #options: ServerOptions;
  readonly #clients: Iterable<{ actor: Actor; clientId: string }>;
  readonly #ports = countingPorts();
  readonly #store: Store;
  /** The room's side of all connections, those included that their client has given up. */
  readonly #links = new Set<Link>();
  #log: FlowLog;
  #room: Room;
  #peer = 0;
  #turns = 0;

  constructor(options: ServerOptions, owner: Actor, clients: Iterable<{ actor: Actor; clientId: string }>) {
    this.#options = options;
    this.#clients = clients;
    this.disk = new FaultyStore(options.store);
    this.#store = options.wrap?.(this.disk) ?? this.disk;
    this.#log = this.#makeLog();
    expectOk(this.#log.create({ name: 'Flow', actor: owner }));
    this.#room = this.#makeRoom();
  }

  get log(): FlowLog {
    return this.#log;
  }

  get room(): Room {
    return this.#room;
  }

  get links(): Link[] {
    return [...this.#links];
  }

  /** Takes a connection in. @param lasts seconds until its token expires */
  accept(actor: Actor, lasts?: number): Link {
    this.#peer += 1;
    const link = new Link({
      peerId: `peer${this.#peer}`,
      actor,
      permission: 'edit',
      ...(lasts !== undefined && { exp: this.time / 1_000 + lasts }),
    });
    this.#links.add(link);
    return link;
  }

  /** Reads one message; false when there is none. */
  read(link: Link | undefined): boolean {
    const text = link?.open ? link.up.shift() : undefined;
    if (text === undefined || !link) {
      this.flush();
      return false;
    }
    const frame = readFrame(this.#options.hears?.(text) ?? text);
    if (!frame.ok) throw new Error(`The room could not read ${text}: ${frame.detail}`);
    const { message } = frame;
    // As the adapter does: who cannot be answered is told so and closed.
    if (message.type !== 'auth' && !this.survives(() => this.#room.receive(link, message)))
      this.#room.bye(link, 'internal', 1011);
    return true;
  }

  /** What was gathered is told; never, when the server goes down before that. */
  flush(): void {
    this.survives(() => this.#room.flush());
  }

  /** Learns that a connection is gone. */
  end(link: Link): void {
    link.open = false;
    if (this.#links.delete(link)) this.#room.left(link);
  }

  /** Ends the connections of expired tokens, whether they say something or not. */
  closeExpired(): void {
    for (const link of this.#links) {
      if (link.open && (link.attachment.exp ?? Infinity) * 1_000 <= this.time)
        this.#room.bye(link, 'token_expired', 4401);
    }
  }

  /** A new token arrives on an open connection. */
  renew(link: Link | undefined): void {
    if (link?.attachment.exp === undefined) return;
    link.attachment = { ...link.attachment, exp: this.time / 1_000 + 15 };
  }

  /** The room forgets all but the attachments of its sockets; it sleeps only when nothing is due. */
  hibernate(): void {
    this.flush();
    this.#room.flushPresence();
    this.#room = this.#makeRoom();
  }

  /** Goes down, and comes back with what it had stored. */
  restart(): void {
    for (const link of this.#links) link.open = false;
    this.#links.clear();
    while (!this.survives(() => (this.#log = this.#makeLog())));
    this.#room = this.#makeRoom();
  }

  breakDisk(point: FailurePoint, statements: number): void {
    this.disk.arm(point, statements);
  }

  /** Whether `body` got by without a failure of the store; what the log holds in memory must be what is stored. */
  survives(body: () => void): boolean {
    try {
      body();
      return true;
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error;
      const stored = new FlowLog(this.#store, this.#ports);
      this.problems.push(...forgotten(this.#log, stored, this.#clients));
      return false;
    }
  }

  #makeLog(): FlowLog {
    const { makeLog, log } = this.#options;
    return makeLog?.(this.#store, this.#ports) ?? new FlowLog(this.#store, this.#ports, log);
  }

  #makeRoom(): Room {
    const room: Room = new Room({
      log: this.#log,
      now: () => this.time,
      // At once every third time, else when there is nothing more to read or something else is said.
      flushIn: () => {
        this.#turns += 1;
        if (this.#turns % 3 === 0) room.flush();
      },
      presenceChanged: () => undefined,
      readerHeld: () => undefined,
      sockets: () => this.links.filter(({ open }) => open),
    });
    return room;
  }
}
