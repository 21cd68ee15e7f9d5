import type { FlowDocument } from '../src/index.ts';
import type { Actor, Liveness, SyncClient } from '../src/sync/index.ts';
import type { FlowLog } from '../src/sync/server/index.ts';
import { expectOk } from './edits.ts';
import { Member } from './member.ts';
import type { Link } from './network.ts';
import { namesFrom, randomOp, type Choose } from './random-ops.ts';
import { Server, type ServerOptions } from './server.ts';

export interface WorldOptions extends ServerOptions {
  choose: Choose;
  members: number;
  /** The client core; a test of the test puts a broken one here. */
  Client?: typeof SyncClient;
  /** When clients give a connection up; the same. */
  Liveness?: typeof Liveness;
  /** Changes what clients hear. */
  tells?: (text: string) => string;
}

const AGENT: Actor = { id: 'system:agent', name: 'Agent' };
/** Seconds in which everybody has noticed whatever had gone wrong, see `Liveness`, more than once if need be. */
const TROUBLED_SECONDS = 100;
/** Seconds in which everybody has looked after a quiet connection. */
const QUIET_SECONDS = 60;

/** A room, its members and an agent, with everything that networks, servers and disks do to them. */
export class World {
  readonly members: Member[] = [];
  readonly server: Server;
  /** What the agent was told is committed. */
  readonly agentCommits = new Map<string, number>();
  /** Keys of all undo and redo requests. */
  readonly reverts = new Map<string, 'undo' | 'redo'>();
  readonly #choose: Choose;
  readonly #options: WorldOptions;
  readonly #fresh: () => string;
  #settling = false;
  #agentOps = 0;
  /** Requests of the agent that were not answered. */
  readonly #unanswered: (() => void)[] = [];

  constructor(options: WorldOptions) {
    this.#options = options;
    const { choose, Client, Liveness: Broken } = options;
    this.#choose = choose;
    this.#fresh = namesFrom(choose, 30);
    this.server = new Server(options, AGENT, this.members);
    for (let i = 0; i < options.members; i += 1) {
      // Two members may be one person in two windows.
      const person = Math.floor(i / 2);
      this.members.push(
        new Member({
          clientId: `c${i}`,
          actor: { id: `user:${person}`, name: `User ${person}` },
          undoes: person % 2 === 0,
          choose,
          fresh: this.#fresh,
          ...(Client && { Client }),
          ...(Broken && { Liveness: Broken }),
        }),
      );
    }
  }

  get log(): FlowLog {
    return this.server.log;
  }

  get document(): FlowDocument {
    return expectOk(this.log.snapshot()).document;
  }

  /** Ops that clients and the agent have come up with. */
  get ops(): number {
    return this.members.reduce((sum, { ops }) => sum + ops, this.#agentOps);
  }

  /** One thing happens somewhere. */
  step(): void {
    const member = this.members[this.#choose(this.members.length)];
    if (!member) return;
    this.server.time += 50;
    this.#act(member, this.#choose(40));
    this.#watch();
  }

  /** Nothing fails any more, everybody comes online, and time goes by until all that was lost must have been noticed. */
  settle(): void {
    this.#settling = true;
    this.server.disk.heal();
    this.#calm(TROUBLED_SECONDS);
    this.#loseLastWords();
    this.#calm(QUIET_SECONDS);
  }

  /** The very last edits do not reach everybody, and nothing follows that would show the gap. */
  #loseLastWords(): void {
    for (const member of this.members) {
      if (this.#choose(2) === 0) continue;
      member.edit();
      member.link?.up.splice(0);
    }
    this.#agent();
    for (const { link } of this.members) {
      if (!link || this.#choose(2) === 0) continue;
      link.lossy = true;
      link.down.length = 0;
    }
  }

  #act(member: Member, what: number): void {
    const { server } = this;
    const { link } = member;
    const rarely = (oneIn: number): boolean => this.#choose(oneIn) === 0;
    if (what === 0) this.#disconnect(member);
    else if (what <= 2) this.#connect(member);
    else if (what <= 6) member.edit();
    else if (what === 7) this.#undoOrRedo(member);
    else if (what === 8) this.#agent();
    else if (what === 9) this.#presence(member);
    else if (what === 10 && rarely(8)) this.#restartServer();
    else if (what === 11 && rarely(4)) server.hibernate();
    else if (what === 12 && rarely(4)) this.#abandon(member.reopen());
    else if (what === 13) link?.repeatOne(this.#choose);
    else if (what === 14) server.renew(link);
    else if (what === 15) server.closeExpired();
    else if (what === 16 && rarely(2)) link?.loseOne(this.#choose);
    else if (what === 17 && rarely(5)) link?.die(this.#choose);
    else if (what === 18 && rarely(3)) this.#breakDisk();
    else if (what === 19) this.#late();
    else if (what === 20 && rarely(4)) server.time += 1_000 * (1 + this.#choose(15));
    else if (rarely(2)) server.read(link);
    else this.#hear(member);
  }

  /** Time goes by, in which everything arrives and everybody looks after his connection. */
  #calm(seconds: number): void {
    for (let second = 0; second < seconds; second += 1) {
      this.server.time += 1_000;
      this.#endAbandoned();
      for (const retry of this.#unanswered.splice(0)) retry();
      for (let quiet = false; !quiet;) {
        quiet = true;
        this.server.flush();
        for (const member of this.members) {
          this.#connect(member);
          while (this.server.read(member.link) || this.#hear(member)) quiet = false;
        }
        this.server.room.flushPresence();
      }
      this.server.closeExpired();
      this.#watch();
      if (this.#isAtRest()) break;
    }
    this.#endAbandoned();
    this.server.flush();
    this.server.room.flushPresence();
    for (const member of this.members) while (this.#hear(member));
  }

  /** Nothing can happen any more but heartbeats: nothing is lost, due or in the way. */
  #isAtRest(): boolean {
    const { clock } = expectOk(this.log.snapshot());
    return (
      this.#unanswered.length === 0 &&
      this.members.every(({ client, link }) => {
        const { exp = Infinity } = link?.attachment ?? {};
        const lives = link?.open === true && !link.dead.up && !link.dead.down && exp === Infinity;
        return lives && client.due === undefined && client.pendingCount === 0 && client.clock === clock;
      })
    );
  }

  #connect(member: Member): void {
    if (member.link) return;
    const expires = !this.#settling && this.#choose(3) === 0;
    const link = this.server.accept(member.actor, expires ? 1 + this.#choose(30) : undefined);
    member.end.connected(link, this.server.time);
  }

  /** Both sides know that the connection is gone. What was in flight, either way, is lost, or the end of it. */
  #disconnect(member: Member): void {
    const { link } = member;
    // The room may or may not still read what had been sent.
    while (this.#choose(2) === 0 && this.server.read(link));
    while (this.#choose(2) === 0 && this.#hear(member));
    member.end.disconnected();
    if (link) this.server.end(link);
  }

  #watch(): void {
    for (const member of this.members)
      if (member.end.watch(this.server.time)) this.#abandon(member.end.disconnected());
  }

  /** The client is gone; the room learns it at once or late, and until then what was under way still arrives. */
  #abandon(link: Link | undefined): void {
    if (link && this.#choose(2) === 0) this.server.end(link);
  }

  /** Something of a connection that its client has left arrives late, or the room learns that it is gone. */
  #late(): void {
    const left = this.#abandoned();
    const link = left[this.#choose(left.length || 1)];
    if (link && (this.#choose(4) === 0 || !this.server.read(link))) this.server.end(link);
  }

  #abandoned(): Link[] {
    const used = new Set(this.members.map(({ link }) => link));
    return this.server.links.filter((link) => !used.has(link));
  }

  #endAbandoned(): void {
    for (const link of this.#abandoned()) {
      while (this.server.read(link));
      this.server.end(link);
    }
  }

  /** The server goes down in the midst of sending. Who hears nothing any more does not hear of this either. */
  #restartServer(): void {
    for (const member of this.members) while (this.#choose(2) === 0 && this.#hear(member));
    this.server.restart();
    for (const member of this.members) if (!member.link?.dead.down) member.end.disconnected();
  }

  #breakDisk(): void {
    const points = ['before', 'after', 'commit', 'committed'] as const;
    this.server.breakDisk(points[this.#choose(points.length)] ?? 'before', this.#choose(16));
  }

  #undoOrRedo(member: Member): void {
    if (!member.undoes) return;
    const how = this.#choose(3) === 0 ? 'redo' : 'undo';
    this.reverts.set(member.client[how](), how);
  }

  #agent(): void {
    const { server } = this;
    server.survives(() => {
      const { document, clock } = expectOk(this.log.snapshot());
      this.#agentOps += 1;
      const key = `agent-${this.#agentOps}`;
      const runId = `run_${Math.floor(this.#agentOps / 4)}`;
      const ops = [randomOp(this.#choose, document, this.#fresh)];
      if (this.#agentOps % 7 === 0) {
        const undo = `agent-undo-${this.#agentOps}`;
        this.reverts.set(undo, 'undo');
        this.#ask(() => server.room.undo({ actor: AGENT, key: undo }));
      }
      this.#ask(() => {
        const outcome = server.room.commit({ actor: AGENT, key, runId, baseClock: clock, ops });
        if (outcome.ok && outcome.commitId !== '') this.agentCommits.set(key, outcome.clock);
      });
    });
  }

  /** A caller who got no answer, because of the network or the server, asks again. */
  #ask(request: () => void): void {
    for (let times = this.#choose(3) === 0 ? 2 : 1; times > 0; times -= 1) {
      if (this.server.survives(request)) continue;
      this.#unanswered.push(request);
      return;
    }
  }

  #presence({ client }: Member): void {
    client.setPresence({ cursor: { x: this.#choose(100), y: this.#choose(100) } });
    if (this.#choose(2) === 0) this.server.room.flushPresence();
  }

  /** A client reads one message, or that the room has closed; false when there is nothing to be read. */
  #hear(member: Member): boolean {
    const { link } = member;
    if (!link) return false;
    const { tells } = this.#options;
    if (tells && link.down[0] !== undefined) link.down[0] = tells(link.down[0]);
    if (member.end.hear(this.server.time)) return true;
    if (!member.end.isClosed) return false;
    member.end.disconnected();
    this.server.end(link);
    return true;
  }
}
