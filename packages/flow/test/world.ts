import { applyOps, emptyDocument, FlowError, type FlowDocument, type Op } from '../src/index.ts';
import {
  SyncClient,
  type Actor,
  type ClientMessage,
  type ServerMessage,
  type SyncEvent,
} from '../src/sync/index.ts';
import {
  FlowLog,
  readFrame,
  Room,
  type Ports,
  type RoomSocket,
  type SocketAttachment,
  type Store,
} from '../src/sync/server/index.ts';
import { countingPorts, expectOk } from './edits.ts';
import { namesFrom, randomOp, TRACE, type Choose } from './random-ops.ts';

/** One connection, both ways, in order, delivered when the simulation says so. */
class Link implements RoomSocket {
  attachment: SocketAttachment;
  readonly up: string[] = [];
  readonly down: string[] = [];
  open = true;

  constructor(attachment: SocketAttachment) {
    this.attachment = attachment;
  }

  attach(change: { clientId: string; packed: boolean }): void {
    // As a Durable Object keeps it: a copy that has been through serialisation.
    this.attachment = JSON.parse(JSON.stringify({ ...this.attachment, ...change })) as SocketAttachment;
  }

  send(text: string): void {
    if (text.length > 256 * 1024) throw new Error('a message longer than the limit');
    if (this.open) this.down.push(text);
  }

  close(): void {
    this.open = false;
  }
}

export interface Member {
  actor: Actor;
  client: SyncClient;
  link: Link | undefined;
  events: SyncEvent[];
  undoes: boolean;
}

export interface WorldOptions {
  choose: Choose;
  store: Store;
  members: number;
  /** Makes the log; a test of the test puts a broken one here. */
  makeLog?: (store: Store, ports: Ports) => FlowLog;
}

const AGENT: Actor = { id: 'system:agent', name: 'Agent' };

/** A room, its members and an agent, with everything that networks and servers do to them. */
export class World {
  readonly members: Member[] = [];
  readonly #choose: Choose;
  readonly #options: WorldOptions;
  readonly #ports = countingPorts();
  readonly #fresh: () => string;
  #log: FlowLog;
  #room: Room;
  #peer = 0;
  /** Milliseconds, for what expires; a second goes by with each step. */
  #time = 0;
  #agentKey = 0;
  /** What the agent was told is committed. */
  readonly agentCommits = new Map<string, number>();
  /** Keys of all undo and redo requests. */
  readonly reverts = new Map<string, 'undo' | 'redo'>();

  constructor(options: WorldOptions) {
    this.#options = options;
    this.#choose = options.choose;
    this.#fresh = namesFrom(options.choose, 30);
    this.#log = this.#makeLog();
    expectOk(this.#log.create({ name: 'Flow', actor: AGENT }));
    this.#room = this.#makeRoom();
    for (let i = 0; i < options.members; i += 1) {
      // Two members may be one person in two windows.
      const actor = { id: `user:${Math.floor(i / 2)}`, name: `User ${Math.floor(i / 2)}` };
      const events: SyncEvent[] = [];
      const member: Member = {
        actor,
        events,
        link: undefined,
        undoes: Math.floor(i / 2) % 2 === 0,
        client: this.#makeClient(`c${i}`, events, () => member.link),
      };
      this.members.push(member);
    }
  }

  get log(): FlowLog {
    return this.#log;
  }

  get document(): FlowDocument {
    return expectOk(this.#log.snapshot()).document;
  }

  /** One thing happens somewhere. */
  step(): void {
    const member = this.members[this.#choose(this.members.length)];
    if (!member) return;
    this.#time += 1_000;
    switch (this.#choose(26)) {
      case 0:
        this.#disconnect(member);
        break;
      case 1:
      case 2:
        this.#connect(member);
        break;
      case 3:
      case 4:
      case 5:
      case 6:
        this.#edit(member);
        break;
      case 7:
        this.#undoOrRedo(member);
        break;
      case 8:
        this.#agent();
        break;
      case 9:
        this.#presence(member);
        break;
      case 10:
        if (this.#choose(8) === 0) this.#restartServer();
        break;
      case 11:
        if (this.#choose(4) === 0) this.#hibernate();
        break;
      case 12:
        if (this.#choose(4) === 0) this.#reopen(member);
        break;
      case 13:
        this.#sendTwice(member);
        break;
      case 14:
        this.#renew(member);
        break;
      case 15:
        this.#closeExpired();
        break;
      default:
        this.#deliver(member);
    }
  }

  /** Everybody comes online and everything in flight arrives. */
  settle(): void {
    for (const member of this.members) this.#connect(member);
    for (let quiet = 0; quiet < 2;) {
      quiet += 1;
      for (const member of this.members) {
        if (!member.link?.open) this.#connect(member);
        while (this.#deliverUp(member) || this.#deliverDown(member)) quiet = 0;
      }
      this.#room.flushPresence();
    }
  }

  #makeLog(): FlowLog {
    return (
      this.#options.makeLog?.(this.#options.store, this.#ports) ??
      new FlowLog(this.#options.store, this.#ports)
    );
  }

  #makeRoom(): Room {
    return new Room({
      log: this.#log,
      now: () => this.#time,
      presenceChanged: () => undefined,
      readerHeld: () => undefined,
      sockets: () => this.members.flatMap((member) => (member.link?.open ? [member.link] : [])),
    });
  }

  #makeClient(
    clientId: string,
    events: SyncEvent[],
    link: () => Link | undefined,
    from?: SyncClient,
  ): SyncClient {
    return new SyncClient({
      clientId,
      send: (message: ClientMessage) => link()?.up.push(JSON.stringify(message)),
      onEvent: (event) => events.push(event),
      ...(from && { state: JSON.parse(JSON.stringify(from.exportState())) }),
    });
  }

  #connect(member: Member): void {
    if (member.link?.open) return;
    this.#disconnect(member);
    this.#peer += 1;
    const lasts = this.#choose(3) === 0 ? { exp: this.#time / 1_000 + 1 + this.#choose(60) } : {};
    member.link = new Link({
      peerId: `peer${this.#peer}`,
      actor: member.actor,
      permission: 'edit',
      ...lasts,
    });
    member.client.connected();
  }

  /** A new token arrives on the open connection. */
  #renew({ link }: Member): void {
    if (link?.attachment.exp === undefined) return;
    link.attachment = { ...link.attachment, exp: this.#time / 1_000 + 30 };
  }

  /** What the adapter does now and then: ends the connections of expired tokens, whether they say something or not. */
  #closeExpired(): void {
    for (const { link } of this.members) {
      if (link?.open && (link.attachment.exp ?? Infinity) * 1_000 <= this.#time)
        this.#room.bye(link, 'token_expired', 4401);
    }
  }

  /** What was in flight, either way, is lost, or the end of it. */
  #disconnect(member: Member): void {
    const { link } = member;
    if (!link) return;
    // The room may or may not still read what had been sent.
    while (this.#choose(2) === 0 && this.#deliverUp(member));
    while (this.#choose(2) === 0 && this.#deliverDown(member));
    link.open = false;
    member.link = undefined;
    this.#room.left(link);
    member.client.disconnected();
  }

  /** The page is closed and opened again: only what was exported remains. */
  #reopen(member: Member): void {
    this.#disconnect(member);
    member.client = this.#makeClient(member.client.clientId, member.events, () => member.link, member.client);
  }

  /** The room forgets all but the attachments of its sockets; it sleeps only when nothing is due. */
  #hibernate(): void {
    this.#room.flushPresence();
    this.#room = this.#makeRoom();
  }

  /** The server goes down in the midst of sending: all connections break, and it comes back with what it had stored. */
  #restartServer(): void {
    for (const member of this.members) {
      const { link } = member;
      if (!link) continue;
      while (this.#choose(2) === 0 && this.#deliverDown(member));
      link.open = false;
      member.link = undefined;
      member.client.disconnected();
    }
    this.#log = this.#makeLog();
    this.#room = this.#makeRoom();
  }

  #edit(member: Member): void {
    for (let many = 1 + this.#choose(2); many > 0; many -= 1) {
      let view = member.client.document;
      if (!view) return;
      const ops: Op[] = [];
      for (let i = 1 + this.#choose(4); i > 0; i -= 1) {
        const op = randomOp(this.#choose, view, this.#fresh);
        view = applyOps(view, [op]).document;
        ops.push(op);
      }
      // A trace that nobody else touches: who never undoes must find all of his in the end.
      if (!member.undoes)
        ops.push({
          op: 'put',
          kind: 'persona',
          value: {
            id: `${TRACE}${member.client.clientId}.${member.client.exportState().seq + 1}`,
            name: 'trace',
          },
        });
      member.client.commit(ops);
    }
  }

  #undoOrRedo(member: Member): void {
    if (!member.undoes) return;
    const how = this.#choose(3) === 0 ? 'redo' : 'undo';
    this.reverts.set(member.client[how](), how);
  }

  #agent(): void {
    const { document, clock } = expectOk(this.#log.snapshot());
    this.#agentKey += 1;
    const request = {
      actor: AGENT,
      key: `agent-${this.#agentKey}`,
      runId: `run_${Math.floor(this.#agentKey / 4)}`,
      baseClock: clock,
      ops: [randomOp(this.#choose, document, this.#fresh)],
    };
    if (this.#agentKey % 7 === 0) {
      const key = `agent-undo-${this.#agentKey}`;
      this.reverts.set(key, 'undo');
      this.#room.undo({ actor: AGENT, key });
    }
    const outcome = this.#room.commit(request);
    if (outcome.ok && outcome.commitId !== '') this.agentCommits.set(request.key, outcome.clock);
    // A caller who got no answer asks again.
    if (this.#choose(3) === 0) this.#room.commit(request);
  }

  #presence(member: Member): void {
    member.client.setPresence({ cursor: { x: this.#choose(100), y: this.#choose(100) } });
    if (this.#choose(2) === 0) this.#room.flushPresence();
  }

  /** The last thing on the way up arrives twice, as after a retry below us. */
  #sendTwice(member: Member): void {
    const last = member.link?.up.at(-1);
    if (last !== undefined) member.link?.up.push(last);
  }

  #deliver(member: Member): void {
    if (this.#choose(2) === 0) this.#deliverUp(member);
    else this.#deliverDown(member);
  }

  #deliverUp(member: Member): boolean {
    const text = member.link?.open ? member.link.up.shift() : undefined;
    if (text === undefined || !member.link) return false;
    const frame = readFrame(text);
    if (!frame.ok) throw new Error(`The room could not read ${text}: ${frame.detail}`);
    if (frame.message.type !== 'auth') this.#room.receive(member.link, frame.message);
    return true;
  }

  #deliverDown(member: Member): boolean {
    const text = member.link?.down.shift();
    if (text === undefined) return false;
    member.client.receive(JSON.parse(text) as ServerMessage, text.length);
    return true;
  }
}

/** The document that the log's commits make when applied one after another to an empty flow. */
export function replay(log: FlowLog): FlowDocument {
  let document = emptyDocument('Flow');
  for (const commit of expectOk(log.commitsAfter(0, 100_000)).commits) {
    try {
      document = applyOps(document, commit.ops).document;
    } catch (error) {
      if (error instanceof FlowError)
        throw new Error(`commit ${commit.clock} does not follow from the one before`, { cause: error });
      throw error;
    }
  }
  return document;
}
