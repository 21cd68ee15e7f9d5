import { applyOps, type FlowDocument, type Op } from '../src/index.ts';
import { nodeStore } from '../src/sync/node-store.ts';
import { MemoryStorage, type ClientStorage, type SyncEvent } from '../src/sync/index.ts';
import type { FlowLog } from '../src/sync/server/index.ts';
import { ADA, BOB, expectOk } from './log.ts';
import type { Link } from './network.ts';
import { namesFrom, randomOp, TRACE, type Choose } from './random-ops.ts';
import { Server } from './server.ts';
import { Tab } from './tab.ts';

export interface BrowserOptions {
  choose: Choose;
  /** Stands between a tab and the disk; a test of the test puts a broken one here. */
  wrap?: (storage: ClientStorage) => ClientStorage;
  /** Chance, one in so many steps, that a tab's disk breaks; 0: never. */
  breaks?: number;
  /** Several tabs may send at once, as when a frozen page wakes up. */
  manyLeaders?: boolean;
}

/** Seconds in which every tab has noticed whatever had gone wrong with its connection, see `Liveness`. */
const SETTLE_SECONDS = 80;

/**
 * One browser with tabs that share a queue, and a room. Every disk call, message and note takes effect when the
 * simulation says so; a tab can be killed before, between and after any of them, and its network and the room's disk
 * do what they do in `World`. Deterministic for a seed.
 */
export class BrowserWorld {
  readonly server: Server;
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
  readonly #fresh: () => string;
  /** The traces of each edit by its ticket. */
  readonly #tickets = new Map<string, string>();
  #count = 0;
  #browsers = 0;

  constructor(options: BrowserOptions) {
    this.#options = options;
    this.#choose = options.choose;
    this.#fresh = namesFrom(options.choose, 20);
    this.#disk = new MemoryStorage(() => `browser-${(this.#browsers += 1)}`);
    this.server = new Server({ store: nodeStore(':memory:') }, BOB, []);
  }

  get log(): FlowLog {
    return this.server.log;
  }

  get document(): FlowDocument {
    return expectOk(this.log.snapshot()).document;
  }

  get queueLength(): Promise<number> {
    return this.#disk.load().then(({ entries }) => entries.length);
  }

  async step(): Promise<void> {
    const { server } = this;
    server.time += 50;
    const tab = this.tabs[this.#choose(this.tabs.length)];
    if (tab) await this.#act(tab, this.#choose(36));
    else await this.open();
    for (const each of this.tabs) if (each.end.watch(server.time)) this.#abandon(each.end.disconnected());
    await turn();
  }

  async #act(tab: Tab, what: number): Promise<void> {
    const { server } = this;
    const { link } = tab.end;
    const { breaks = 0, manyLeaders = false } = this.#options;
    const rarely = (oneIn: number): boolean => this.#choose(oneIn) === 0;
    if (what === 0 && this.tabs.length < 4) await this.open();
    else if (what === 1 && rarely(2)) await this.kill(tab);
    else if (what === 2) this.#connect(tab);
    else if (what === 3 && rarely(3)) this.#disconnect(tab);
    else if (what >= 4 && what <= 8) this.#edit(tab);
    else if (what === 9) tab.save();
    else if (what === 10 && breaks > 0 && rarely(breaks)) tab.broken = true;
    else if (what === 11 && manyLeaders && rarely(3)) tab.session.push();
    else if (what === 12) this.#others();
    else if (what === 13) await this.#elect();
    else if (what >= 14 && what <= 16) tab.hearNote();
    else if (what >= 17 && what <= 21) await tab.write();
    else if (what === 22) link?.loseOne(this.#choose);
    else if (what === 23) link?.repeatOne(this.#choose);
    else if (what === 24 && rarely(4)) link?.die(this.#choose);
    else if (what === 25 && rarely(8)) this.#restartServer();
    else if (what === 26 && rarely(2)) this.#breakDisk();
    else if (what === 27 && rarely(3)) server.time += 1_000 * (1 + this.#choose(15));
    else if (rarely(2)) server.read(link);
    else this.#hear(tab);
  }

  /** What is there comes online, everything under way arrives, and all is saved. */
  async settle(): Promise<void> {
    this.server.disk.heal();
    for (let second = 0; second < SETTLE_SECONDS; second += 1) {
      this.server.time += 1_000;
      for (let quiet = false; !quiet;) {
        quiet = true;
        this.server.flush();
        await this.#elect();
        for (const tab of this.tabs) {
          this.#connect(tab);
          while (this.server.read(tab.end.link) || this.#hear(tab) || tab.hearNote() || (await tab.write())) {
            quiet = false;
            await turn();
          }
          if (tab.save()) quiet = false;
        }
        await turn();
      }
      for (const tab of this.tabs) if (tab.end.watch(this.server.time)) this.#abandon(tab.end.disconnected());
    }
  }

  async open(): Promise<Tab> {
    this.#count += 1;
    const name = `tab${this.#count}`;
    const kept = await this.#disk.load();
    const tab: Tab = new Tab({
      name,
      kept,
      storage: this.#options.wrap?.(this.#disk) ?? this.#disk,
      post: (note) => {
        for (const other of this.tabs) if (other.name !== name) other.inbox.push(structuredClone(note));
      },
      alive: (author) => this.tabs.some((each) => each.name === author),
      told: (event) => this.#tell(tab, event),
      written: (tickets) => {
        for (const ticket of tickets) {
          const trace = this.#tickets.get(ticket);
          if (trace) this.durable.add(trace);
        }
      },
      refusals: ({ session }) => {
        for (const { request } of session.refusals)
          this.#refuse(request.type === 'commit' ? traceOf(request.ops) : undefined);
      },
    });
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
    if (event.type !== 'committed' && event.type !== 'refused') return;
    const { ticket } = event;
    // Tickets of other tabs are theirs to be told.
    if (ticket === undefined || !tab.owns(ticket)) return;
    const trace = this.#tickets.get(ticket);
    if (event.type === 'refused') this.#refuse(trace);
    else if (trace) this.acknowledged.add(trace);
  }

  #refuse(trace: string | undefined): void {
    if (trace) this.refused.set(trace, (this.refused.get(trace) ?? 0) + 1);
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
    this.server.survives(() => {
      const { document, clock } = expectOk(this.log.snapshot());
      this.#count += 1;
      const ops = [randomOp(this.#choose, document, this.#fresh)];
      this.server.room.commit({ actor: BOB, key: `bob-${this.#count}`, baseClock: clock, ops });
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

  #connect(tab: Tab): void {
    if (tab.end.link) return;
    tab.end.connected(this.server.accept(ADA), this.server.time);
    tab.session.check();
  }

  #disconnect(tab: Tab): void {
    while (this.#choose(2) === 0 && this.server.read(tab.end.link));
    const link = tab.end.disconnected();
    if (link) this.server.end(link);
  }

  /** The tab gives a connection up; what was under way still arrives, or some of it. */
  #abandon(link: Link | undefined): void {
    if (!link) return;
    while (this.#choose(4) > 0 && this.server.read(link));
    this.server.end(link);
  }

  #restartServer(): void {
    this.server.restart();
    for (const { end } of this.tabs) if (!end.link?.dead.down) end.disconnected();
  }

  #breakDisk(): void {
    const points = ['before', 'after', 'commit', 'committed'] as const;
    this.server.breakDisk(points[this.#choose(points.length)] ?? 'before', this.#choose(16));
  }

  #hear(tab: Tab): boolean {
    if (tab.end.hear(this.server.time)) return true;
    if (!tab.end.isClosed) return false;
    const link = tab.end.disconnected();
    if (link) this.server.end(link);
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
