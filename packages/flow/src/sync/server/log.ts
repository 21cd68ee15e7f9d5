import { clip } from '../../document/clip.ts';
import { diff } from '../../document/diff.ts';
import { emptyDocument } from '../../document/empty.ts';
import { FlowError } from '../../document/errors.ts';
import { utf8Bytes } from '../../document/json.ts';
import { LIMITS } from '../../document/limits.ts';
import type { FlowDocument } from '../../document/types.ts';
import { parseDocument, parseOps } from '../../schema/parse.ts';
import type { Actor, Change, Snapshot } from '../messages.ts';
import type { Ports, Store } from '../store.ts';
import { Actors } from './actors.ts';
import { Authors } from './authors.ts';
import { CommitWriter } from './commit-writer.ts';
import { Compaction } from './compaction.ts';
import { fingerprint, textOf } from './fingerprint.ts';
import { FlowHistory } from './history.ts';
import { Keys, parseSequence, type Request } from './keys.ts';
import { LiveFlow } from './live.ts';
import { OpLog } from './oplog.ts';
import { catchup, documentAt } from './past.ts';
import { ProposalTable } from './proposal-table.ts';
import { FlowProposals } from './proposals.ts';
import { notFound, notRetained, refusalOf, refuse, type Committed, type Outcome } from './outcome.ts';
import type { Catchup, CommitRequest, FlowLogOptions, RestoreRequest, RevertRequest } from './requests.ts';
import { Steps } from './steps.ts';
import { createTables, readMeta, writeMeta } from './tables.ts';
import { Versions } from './versions.ts';

const KEY_LENGTH = 200;

/**
 * The log of one flow: the one door through which its document changes. Pure: all it knows of the world are a store
 * and a clock. Holds the document in memory between commits and reads it from the store when it is first needed.
 *
 * Refusals are answered, never thrown; what is thrown is a defect or a broken store, and nothing has changed then.
 */
export class FlowLog {
  readonly #store: Store;
  readonly #actors: Actors;
  readonly #ops: OpLog;
  readonly #steps: Steps;
  readonly #keys: Keys;
  readonly #authors: Authors;
  readonly #writer: CommitWriter;
  readonly #compaction: Compaction;
  /** What has been. */
  readonly history: FlowHistory;
  /** What might be, if somebody accepts it. */
  readonly proposals: FlowProposals;
  #live: LiveFlow | undefined;

  constructor(store: Store, ports: Ports, options: FlowLogOptions = {}) {
    this.#store = store;
    this.#actors = new Actors(store);
    this.#ops = new OpLog(store, this.#actors);
    this.#steps = new Steps(store);
    this.#keys = new Keys(store, this.#ops);
    this.#authors = new Authors(store, this.#actors);
    this.#writer = new CommitWriter(ports, this.#actors, this.#authors, this.#ops);
    this.history = new FlowHistory({
      ports,
      actors: this.#actors,
      authors: this.#authors,
      ops: this.#ops,
      versions: new Versions(store, this.#actors),
      live: () => this.#load(),
      carryOut: (body) => this.#guarded(() => store.transaction(() => this.#answer(body))),
    });
    this.proposals = new FlowProposals({
      ports,
      actors: this.#actors,
      ops: this.#ops,
      writer: this.#writer,
      table: new ProposalTable(store, this.#actors),
      live: () => this.#load(),
      carryOut: (body) => this.#guarded(() => store.transaction(() => this.#answer(body))),
      request: (input, mark, carryOut) => this.#request(input, mark, carryOut),
    });
    this.#compaction = new Compaction(options, {
      ops: this.#ops,
      keys: this.#keys,
      authors: this.#authors,
      history: this.history,
    });
    createTables(store);
  }

  /** Creates the flow at clock 0, or at 1 when a document is given. The same call again is answered the same. */
  create(input: { name: string; document?: FlowDocument; actor: Actor }): Outcome<Snapshot> {
    return this.#guarded(() => {
      const document = parseDocument({ ...(input.document ?? emptyDocument(input.name)), name: input.name });
      const mark = fingerprint(JSON.stringify(document));
      const created = readMeta(this.#store, 'created');
      if (created !== undefined) {
        if (created !== mark) return refuse('conflict', 'This flow exists already');
        const first = this.at(Number(readMeta(this.#store, 'created_clock') ?? 0));
        return first.ok ? first : this.snapshot();
      }
      const ops = diff(emptyDocument(input.name), document);
      return this.#store.transaction(() => {
        writeMeta(this.#store, 'name', input.name);
        writeMeta(this.#store, 'created', mark);
        const live = this.#load();
        if (!live) throw new Error('The flow was not there after it was written');
        this.#writer.create(live, this.#actors.enter(input.actor), ops);
        writeMeta(this.#store, 'created_clock', live.clock);
        return { ok: true, clock: live.clock, document: live.state.document };
      });
    });
  }

  /** Carries out ops as one commit, all or none, and raises the clock by one; see `CommitRequest`. */
  commit(input: CommitRequest): Outcome<Committed> {
    const text = textOf(input.ops);
    if (text === undefined) {
      return refuse('invalid_request', 'The ops are nested too deep to be read', [
        { path: 'ops', message: 'Flatten them' },
      ]);
    }
    return this.#request(input, fingerprint(text), (live, actor, print) => {
      if (input.baseClock !== undefined && !(input.baseClock >= 0 && input.baseClock <= live.clock)) {
        return refuse('invalid_request', `baseClock must lie between 0 and the flow's clock, ${live.clock}`, [
          { path: 'baseClock', message: `Lies outside 0 to ${live.clock}: read the flow again` },
        ]);
      }
      if (!input.internal && utf8Bytes(text) > LIMITS.commitBytes) {
        return refuse(
          'limit_exceeded',
          `A commit holds at most ${LIMITS.commitBytes} bytes of ops: send several`,
          [{ path: 'ops', message: `More than ${LIMITS.commitBytes} bytes` }],
        );
      }
      const ops = parseOps(input.ops, { internal: input.internal === true });
      return this.#writer.edit(live, actor, { ...input, ops, print });
    });
  }

  /**
   * Takes back the actor's last step that stands: one commit, or all his commits of one run. What others have built
   * on it stays, and `skipped` says what. `conflict` when there is no step.
   */
  undo(input: RevertRequest): Outcome<Committed> {
    return this.#request(input, 'undo', (live, actor, print) => {
      const clocks = this.#steps.lastStep(actor);
      if (clocks.length === 0) return refuse('conflict', 'There is nothing of yours to undo');
      const outcome = this.#revert(live, actor, clocks, 'undo', { key: input.key, print });
      if (outcome.ok) this.#steps.markUndone(clocks, true);
      return outcome;
    });
  }

  /** Does again what the actor's last undo took back, until he makes an edit of his own. */
  redo(input: RevertRequest): Outcome<Committed> {
    return this.#request(input, 'redo', (live, actor, print) => {
      const undo = this.#steps.lastUndo(actor);
      if (undo === undefined) return refuse('conflict', 'There is nothing of yours to redo');
      const outcome = this.#revert(live, actor, [undo], 'redo', { key: input.key, print });
      if (outcome.ok) {
        this.#steps.markUndone([undo], true);
        this.#steps.markUndone(this.#ops.find(undo)?.reverts ?? [], false);
      }
      return outcome;
    });
  }

  /**
   * Makes the flow what a version of it holds, as one commit of the actor that he can undo. What stood before becomes
   * a version too. `not_found` when there is no such version; the code of the schema when its document is not one.
   */
  restore(input: RestoreRequest): Outcome<Committed> {
    const { versionId, document } = input;
    const carryOut = (live: LiveFlow, actor: number, print?: string): Outcome<Committed> => {
      const found = this.history.find(versionId);
      if (!found.ok) return found;
      const ops = diff(live.state.document, parseDocument(document));
      const { name, at } = found.version;
      const message = `Restored ${name === undefined ? new Date(at).toISOString() : `“${name}”`}`;
      return this.#writer.edit(live, actor, { ...input, ops, print, message: clip(message, LIMITS.title) });
    };
    return this.#request(input, `restore ${versionId}`, carryOut, true);
  }

  snapshot(): Outcome<Snapshot> {
    const live = this.#load();
    return live ? { ok: true, clock: live.clock, document: live.state.document } : notFound();
  }

  /**
   * The document as it stood at `clock`; `not_found` when that is in the future, `not_retained` with the oldest clock
   * when it is too long ago.
   */
  at(clock: number): Outcome<Snapshot> {
    const live = this.#load();
    return live ? documentAt(live, this.#ops, clock) : notFound();
  }

  /**
   * Commits after `clock`, oldest first, at most `limit`; from the oldest retained one on when no clock is given, and
   * `not_retained` when some after it are gone.
   */
  commitsAfter(
    clock: number | undefined,
    limit: number,
  ): Outcome<{ commits: (Change & { commitId: string })[] }> {
    const live = this.#load();
    if (!live) return notFound();
    const oldest = this.#ops.floor(live.clock);
    if (clock !== undefined && clock < oldest) return notRetained(clock, oldest);
    return { ok: true, commits: this.#ops.after(clock ?? oldest, limit) };
  }

  /** What brings a reader who stands at `clock` up to date, whichever is the smaller. */
  changesSince(clock: number | undefined): Outcome<Catchup> {
    const live = this.#load();
    return live ? { ok: true, ...catchup(live, this.#ops, clock) } : notFound();
  }

  /** The highest running number of this client that was answered; 0 when none. */
  lastSeq(actor: Actor, clientId: string): number {
    const no = this.#actors.find(actor.id);
    return no === undefined ? 0 : this.#keys.highWater(no, clientId);
  }

  /**
   * Answers a request under its key: as before when it is known, else by `carryOut`, all in one transaction.
   *
   * @param keep makes a version of what stood before, due or not.
   */
  #request(
    input: RevertRequest,
    mark: string,
    carryOut: (live: LiveFlow, actor: number, print: string | undefined) => Outcome<Committed>,
    keep = false,
  ): Outcome<Committed> {
    return this.#guarded(() => {
      const live = this.#load();
      if (!live) return notFound();
      const sequence = input.sequenced ? parseSequence(input.key) : undefined;
      if (input.key.length === 0 || input.key.length > KEY_LENGTH || (input.sequenced && !sequence)) {
        return refuse(
          'invalid_request',
          'Give a key of the form clientId:seq, or any of up to 200 characters over REST',
          [{ path: 'key', message: `Must be ${input.sequenced ? 'clientId:seq' : '1 to 200 characters'}` }],
        );
      }
      return this.#store.transaction(() => {
        const actor = this.#actors.enter(input.actor);
        const request: Request = { actor, key: input.key, fingerprint: mark, sequence };
        const before = this.#keys.answer(request);
        if (before) return before;
        const outcome = this.#answer(() => carryOut(live, actor, sequence && mark));
        if (outcome.ok && outcome.change) this.history.committed(outcome.change, keep);
        this.#keys.remember(request, outcome, live.clock);
        if (outcome.ok) this.#compaction.after(live, outcome.change !== undefined);
        return outcome;
      });
    });
  }

  /** Undoes or does again; what is held in memory is forgotten should it fail half way. */
  #revert(
    live: LiveFlow,
    actor: number,
    clocks: number[],
    kind: 'undo' | 'redo',
    about: { key: string; print: string | undefined },
  ): Outcome<Committed> {
    this.#live = undefined;
    const outcome = this.#writer.revert(live, actor, clocks, kind, about);
    this.#live = live;
    return outcome;
  }

  #load(): LiveFlow | undefined {
    return (this.#live ??= LiveFlow.load(this.#store, this.#ops));
  }

  /** A FlowError from `body` as a refusal. */
  #answer<T>(body: () => Outcome<T>): Outcome<T> {
    try {
      return body();
    } catch (error) {
      if (error instanceof FlowError) return refusalOf(error);
      throw error;
    }
  }

  /** Runs `body`; what is held in memory is forgotten when it throws, because the store has rolled back. */
  #guarded<T>(body: () => Outcome<T>): Outcome<T> {
    try {
      return this.#answer(body);
    } catch (error) {
      this.#live = undefined;
      this.#actors.forget();
      this.#ops.forget();
      this.#keys.forget();
      this.history.forget();
      throw error;
    }
  }
}
