import { applyOps, type FlowDocument, type Op } from '../src/index.ts';
import { nodeStore } from '../src/sync/node-store.ts';
import {
  MemoryStorage,
  SharedSession,
  SyncClient,
  type ClientMessage,
  type ClientStorage,
  type ServerMessage,
  type SyncEvent,
  type TabNote,
} from '../src/sync/index.ts';
import {
  FlowLog,
  readFrame,
  Room,
  type RoomSocket,
  type SocketAttachment,
} from '../src/sync/server/index.ts';
import { ADA, BOB, countingPorts, expectOk } from './log.ts';
import { namesFrom, randomOp, TRACE, type Choose } from './random-ops.ts';

/** A write or read that a tab has asked its disk for. */
interface DiskOp {
  run(): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

interface Line extends RoomSocket {
  up: string[];
  down: string[];
  open: boolean;
}

export interface Tab {
  name: string;
  client: SyncClient;
  session: SharedSession;
  line: Line | undefined;
  disk: DiskOp[];
  inbox: TabNote[];
  leads: boolean;
  /** Its disk refuses every call from now on. */
  broken: boolean;
  failed: boolean;
  told: SyncEvent[];
  unsaved: boolean;
}

export interface BrowserOptions {
  choose: Choose;
  /** Stands between a tab and the disk; a test of the test puts a broken one here. */
  wrap?: (storage: ClientStorage) => ClientStorage;
  /** Chance, one in so many steps, that a tab's disk breaks; 0: never. */
  breaks?: number;
  /** Several tabs may send at once, as when a frozen page wakes up. */
  manyLeaders?: boolean;
}

/**
 * One browser with tabs that share a queue, and a room. Every disk call, message and note takes effect when the
 * simulation says so; a tab can be killed before, between and after any of them. Deterministic for a seed.
 */
export class BrowserWorld {
  readonly log: FlowLog;
  readonly tabs: Tab[] = [];
  /** Traces of edits made, by what became of them. */
  readonly made = new Map<string, 'draft' | 'refusable'>();
  /** Traces that the disk has confirmed. */
  readonly durable = new Set<string>();
  /** Everything that people were told to be refused, by its trace. */
  readonly refused = new Map<string, number>();
  /** Traces that an own promise was told to be committed. */
  readonly acknowledged = new Set<string>();
  readonly #options: BrowserOptions;
  readonly #choose: Choose;
  readonly #disk: MemoryStorage;
  readonly #room: Room;
  readonly #fresh: () => string;
  readonly #lines = new Set<Line>();
  /** The traces of each edit by its ticket. */
  readonly #tickets = new Map<string, string>();
  #count = 0;
  #browsers = 0;

  constructor(options: BrowserOptions) {
    this.#options = options;
    this.#choose = options.choose;
    this.#fresh = namesFrom(options.choose, 20);
    this.#disk = new MemoryStorage(() => `browser-${(this.#browsers += 1)}`);
    this.log = new FlowLog(nodeStore(':memory:'), countingPorts());
    expectOk(this.log.create({ name: 'Flow', actor: BOB }));
    this.#room = new Room({
      log: this.log,
      now: () => 0,
      sockets: () => this.#lines,
      presenceChanged: () => undefined,
      readerHeld: () => undefined,
    });
  }

  get document(): FlowDocument {
    return expectOk(this.log.snapshot()).document;
  }

  get queueLength(): Promise<number> {
    return this.#disk.load().then(({ entries }) => entries.length);
  }

  async step(): Promise<void> {
    const tab = this.tabs[this.#choose(this.tabs.length)];
    const { breaks = 0 } = this.#options;
    switch (tab ? this.#choose(30) : 0) {
      case 0:
        if (this.tabs.length < 4) await this.open();
        break;
      case 1:
        if (tab && this.#choose(2) === 0) await this.kill(tab);
        break;
      case 2:
        if (tab) this.#connect(tab);
        break;
      case 3:
        if (tab && this.#choose(3) === 0) this.#disconnect(tab);
        break;
      case 4:
      case 5:
      case 6:
      case 7:
      case 8:
        if (tab) this.#edit(tab);
        break;
      case 9:
        if (tab?.unsaved) this.#save(tab);
        break;
      case 10:
        if (tab && breaks > 0 && this.#choose(breaks) === 0) tab.broken = true;
        break;
      case 11:
        if (this.#options.manyLeaders && tab && this.#choose(3) === 0) tab.session.push();
        break;
      case 12:
        this.#others();
        break;
      case 13:
        await this.#elect();
        break;
      case 14:
      case 15:
      case 16:
        if (tab) this.#hear(tab);
        break;
      case 17:
      case 18:
      case 19:
      case 20:
      case 21:
        if (tab) await this.#write(tab);
        break;
      default:
        if (tab && this.#choose(2) === 0) this.#up(tab);
        else if (tab) this.#down(tab);
    }
    await turn();
  }

  /** What is there comes online, everything under way arrives, and all is saved. */
  async settle(): Promise<void> {
    for (const tab of this.tabs) this.#connect(tab);
    for (let quiet = 0; quiet < 3;) {
      quiet += 1;
      await this.#elect();
      for (const tab of this.tabs) {
        if (!tab.line?.open) this.#connect(tab);
        while (this.#up(tab) || this.#down(tab) || this.#hear(tab) || (await this.#write(tab))) {
          quiet = 0;
          await turn();
        }
        if (tab.unsaved) {
          this.#save(tab);
          quiet = 0;
        }
        await turn();
      }
    }
  }

  async open(): Promise<Tab> {
    this.#count += 1;
    const name = `tab${this.#count}`;
    const told: SyncEvent[] = [];
    const client: SyncClient = new SyncClient({
      clientId: `alone-${name}`,
      send: (message: ClientMessage) => {
        if (tab.line?.open) tab.line.up.push(JSON.stringify(message));
      },
      onEvent: (event) => {
        this.#tell(tab, event);
        tab.session.heard(event);
      },
    });
    const kept = await this.#disk.load();
    const disk: DiskOp[] = [];
    const wrapped = this.#options.wrap?.(this.#disk) ?? this.#disk;
    const tab: Tab = {
      name,
      client,
      told,
      disk,
      line: undefined,
      inbox: [],
      leads: false,
      broken: false,
      failed: false,
      unsaved: false,
      session: new SharedSession(
        {
          client,
          storage: slow(wrapped, disk, (entries) => {
            for (const ticket of entries) {
              const trace = this.#tickets.get(ticket);
              if (trace) this.durable.add(trace);
            }
          }),
          tab: name,
          now: () => 1,
          post: (note) => {
            for (const other of this.tabs) if (other.name !== name) other.inbox.push(structuredClone(note));
          },
          alive: (author) => Promise.resolve(this.tabs.some((each) => each.name === author)),
          onEvent: (event) => this.#tell(tab, event),
          unsaved: () => void (tab.unsaved = true),
          changed: () => {
            for (const { request } of tab.session?.refusals ?? []) {
              const trace = request.type === 'commit' ? traceOf(request.ops) : undefined;
              if (trace) this.refused.set(trace, (this.refused.get(trace) ?? 0) + 1);
            }
          },
          failed: () => {
            tab.failed = true;
            tab.leads = false;
            client.unshare(`alone-${name}`);
          },
        },
        kept,
      ),
    };
    this.tabs.push(tab);
    await turn();
    return tab;
  }

  /** The tab is gone at once: what it had asked of its disk happens up to some point or not at all. */
  async kill(tab: Tab): Promise<void> {
    this.tabs.splice(this.tabs.indexOf(tab), 1);
    this.#disconnect(tab);
    if (tab.disk[0] && !tab.broken && this.#choose(2) === 0) await tab.disk[0].run();
    tab.disk.length = 0;
  }

  #tell(tab: Tab, event: SyncEvent): void {
    tab.told.push(event);
    if (event.type !== 'committed' && event.type !== 'refused') return;
    const { ticket } = event;
    // Tickets of other tabs are theirs to be told.
    if (
      ticket === undefined ||
      !(ticket.startsWith(`${tab.name}.`) || ticket.startsWith(`alone-${tab.name}`))
    )
      return;
    const trace = this.#tickets.get(ticket);
    if (!trace) return;
    if (event.type === 'committed') this.acknowledged.add(trace);
    else this.refused.set(trace, (this.refused.get(trace) ?? 0) + 1);
  }

  #edit(tab: Tab): void {
    const { client } = tab;
    for (let many = 1 + this.#choose(3); many > 0; many -= 1) {
      const view = client.document;
      if (!view) return;
      this.#count += 1;
      const trace = `${TRACE}${this.#count}`;
      const refusable = this.#choose(6) === 0;
      const ops: Op[] = [
        randomOp(this.#choose, view, this.#fresh),
        // The room refuses the whole of an edit with a name too long, which the client does not see.
        { op: 'put', kind: 'persona', value: { id: trace, name: refusable ? 'x'.repeat(300) : 'trace' } },
      ];
      applyOps(view, ops);
      this.made.set(trace, refusable ? 'refusable' : 'draft');
      const ticket = client.commit(ops);
      if (ticket) this.#tickets.set(ticket, trace);
    }
  }

  #others(): void {
    const { document, clock } = expectOk(this.log.snapshot());
    this.#count += 1;
    this.#room.commit({
      actor: BOB,
      key: `bob-${this.#count}`,
      baseClock: clock,
      ops: [randomOp(this.#choose, document, this.#fresh)],
    });
  }

  /** One of the open tabs gets the lock when nobody has it. */
  async #elect(): Promise<void> {
    if (this.tabs.some(({ leads }) => leads)) return;
    const able = this.tabs.filter(({ failed }) => !failed);
    const next = able[this.#choose(able.length)];
    if (!next) return;
    next.leads = true;
    next.session.lead();
    await turn();
  }

  #save(tab: Tab): void {
    tab.unsaved = false;
    tab.session.save();
  }

  #hear(tab: Tab): boolean {
    const note = tab.inbox.shift();
    if (note) tab.session.note(note);
    return note !== undefined;
  }

  async #write(tab: Tab): Promise<boolean> {
    const op = tab.disk.shift();
    if (!op) return false;
    if (tab.broken) op.reject(new Error('the disk is full'));
    else await op.run().then(op.resolve, op.reject);
    return true;
  }

  #connect(tab: Tab): void {
    if (tab.line?.open) return;
    this.#disconnect(tab);
    this.#count += 1;
    let attachment: SocketAttachment = { peerId: `peer${this.#count}`, actor: ADA, permission: 'edit' };
    const line: Line = {
      get attachment() {
        return attachment;
      },
      attach: (change) => void (attachment = { ...attachment, ...change }),
      send: (text) => void (line.open && line.down.push(text)),
      close: () => void (line.open = false),
      up: [],
      down: [],
      open: true,
    };
    tab.line = line;
    this.#lines.add(line);
    tab.client.connected();
    tab.session.check();
  }

  #disconnect(tab: Tab): void {
    const { line } = tab;
    if (!line) return;
    while (this.#choose(2) === 0 && this.#up(tab));
    line.open = false;
    tab.line = undefined;
    this.#lines.delete(line);
    this.#room.left(line);
    tab.client.disconnected();
  }

  #up(tab: Tab): boolean {
    const text = tab.line?.up.shift();
    if (text === undefined || !tab.line) return false;
    const frame = readFrame(text);
    if (!frame.ok) throw new Error(`The room could not read ${text}: ${frame.detail}`);
    if (frame.message.type !== 'auth') this.#room.receive(tab.line, frame.message);
    return true;
  }

  #down(tab: Tab): boolean {
    const text = tab.line?.down.shift();
    if (text === undefined) return false;
    tab.client.receive(JSON.parse(text) as ServerMessage, text.length);
    return true;
  }
}

/** Lets everything that waits for a promise go on. */
async function turn(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function traceOf(ops: readonly Op[]): string | undefined {
  for (const op of ops)
    if (op.op === 'put' && op.kind === 'persona' && op.value.id.startsWith(TRACE)) return op.value.id;
  return undefined;
}

/** The same storage, whose calls are carried out when the simulation says so. */
function slow(storage: ClientStorage, disk: DiskOp[], written: (tickets: string[]) => void): ClientStorage {
  const later = <T>(run: () => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      disk.push({ run, resolve: (value) => resolve(value as T), reject });
    });
  return {
    load: () => later(() => storage.load()),
    append: (drafts, from) =>
      later(async () => {
        const entries = await storage.append(drafts, from);
        written(drafts.map(({ ticket }) => ticket));
        return entries;
      }),
    entries: (after) => later(() => storage.entries(after)),
    refuse: (seq, refusal) => later(() => storage.refuse(seq, refusal)),
    settle: (seqs, snapshot) => later(() => storage.settle(seqs, snapshot)),
  };
}
