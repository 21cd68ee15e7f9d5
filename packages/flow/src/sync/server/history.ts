import type { FlowDocument } from '../../document/types.ts';
import { blameOf, type Blame } from '../../history/blame.ts';
import { isVersionDue, VERSION_POLICY } from '../../history/version-policy.ts';
import type { Actor, Change } from '../messages.ts';
import type { Ports } from '../store.ts';
import type { Actors } from './actors.ts';
import type { Authors } from './authors.ts';
import type { LiveFlow } from './live.ts';
import type { OpLog } from './oplog.ts';
import { notFound, notRetained, refuse, type Outcome } from './outcome.ts';
import { documentAt } from './past.ts';
import type { Version, Versions } from './versions.ts';

/** What the history needs of the log it belongs to. */
export interface HistoryParts {
  ports: Ports;
  actors: Actors;
  authors: Authors;
  ops: OpLog;
  versions: Versions;
  /** The flow as it stands; undefined when there is none. */
  live(): LiveFlow | undefined;
  /** Runs `body` in one transaction and answers what it throws as the log does. */
  carryOut<T>(body: () => Outcome<T>): Outcome<T>;
}

export interface NameVersionRequest {
  /** The same id again is answered with the version that it made. */
  id: string;
  name: string;
  description?: string;
  actor: Actor;
  /** A retained clock; the current one when absent. */
  clock?: number;
}

/** A state of the flow: its document, or the id of the version under which the archive has it. */
export type Past = { clock: number } & ({ document: FlowDocument } | { archived: string });

/** What has been: versions, former states, and who wrote what. Reads the log, and never changes the document. */
export class FlowHistory {
  readonly #parts: HistoryParts;
  readonly #versions: Versions;
  /** The last edit, and the latest version; unknown until they are asked for. */
  #edited: { clock: number; at: number } | undefined;
  #latest: { clock: number; at: number } | undefined;

  constructor(parts: HistoryParts) {
    this.#parts = parts;
    this.#versions = parts.versions;
  }

  /** Makes a version under a name; `limit_exceeded` when there are too many, `not_retained` for a clock long ago. */
  name({ id, name, description, actor, clock }: NameVersionRequest): Outcome<{ version: Version }> {
    return this.#parts.carryOut(() => {
      const live = this.#parts.live();
      if (!live) return notFound();
      const before = this.#versions.find(id);
      if (before) return { ok: true, version: before };
      const at = clock ?? live.clock;
      const oldest = this.#parts.ops.floor(live.clock);
      if (at > live.clock) return notReached(at, live.clock);
      if (at < oldest) return notRetained(at, oldest);
      const { mostNamed } = VERSION_POLICY;
      if (this.#versions.countNamed() >= mostNamed) {
        return refuse('limit_exceeded', `A flow holds at most ${mostNamed} named versions`);
      }
      this.#versions.add({
        id,
        clock: at,
        named: { name, ...(description !== undefined && { description }) },
        actor: this.#parts.actors.enter(actor),
        at: this.#parts.ports.now(),
      });
      this.#latest = undefined;
      const version = this.#versions.find(id);
      return version ? { ok: true, version } : notFound();
    });
  }

  /** Newest first; those made before the one whose `no` is `before`. */
  list(before: number | undefined, limit: number): Outcome<{ versions: Version[] }> {
    return this.#parts.live() ? { ok: true, versions: this.#versions.list(before, limit) } : notFound();
  }

  find(id: string): Outcome<{ version: Version }> {
    const version = this.#versions.find(id);
    return version ? { ok: true, version } : refuse('not_found', 'There is no such version');
  }

  /** The flow as it stood at a clock, or as a version has kept it. */
  past(ref: number | string): Outcome<Past> {
    const live = this.#parts.live();
    if (!live) return notFound();
    if (typeof ref === 'number') {
      const found = documentAt(live, this.#parts.ops, ref);
      const version = !found.ok && found.code === 'not_retained' ? this.#versions.atClock(ref) : undefined;
      return version ? this.#kept(live, version) : found;
    }
    const version = this.#versions.find(ref);
    return version ? this.#kept(live, version) : refuse('not_found', 'There is no such version');
  }

  /** Who last changed each record and field. */
  blame(): Outcome<{ clock: number } & Blame> {
    const live = this.#parts.live();
    if (!live) return notFound();
    const { name, record } = live.written();
    const blame = blameOf(live.state.document, name, record, (clock) => this.#parts.authors.at(clock));
    return { ok: true, clock: live.clock, ...blame };
  }

  /**
   * To be called after each commit, in its transaction: makes a version of the flow before it when one is due, or in
   * any case.
   */
  committed({ clock, at }: Change, inAnyCase: boolean): void {
    const before = clock - 1;
    const edited = this.#edited?.clock === before ? this.#edited.at : this.#parts.authors.at(before)?.at;
    this.#edited = { clock, at };
    if (edited === undefined) return;
    this.#latest ??= this.#versions.latest() ?? { clock: 0, at: Number.NEGATIVE_INFINITY };
    const isNew = before > this.#latest.clock;
    if (!isNew || !(inAnyCase || isVersionDue({ clock: before, edited }, at, this.#latest))) return;
    const actor = this.#parts.authors.actorAt(before);
    if (actor === undefined) return;
    this.#versions.add({ id: this.#parts.ports.newId('ver'), clock: before, actor, at: edited });
    this.#latest = { clock: before, at: edited };
    this.#versions.thin(at);
  }

  /** To be called before the log forgets what was before `floor`: holds the versions that only it could make. */
  forgetting(live: LiveFlow, floor: number): void {
    for (const { id, clock } of this.#versions.endangered(floor)) {
      const found = documentAt(live, this.#parts.ops, clock);
      if (!found.ok) throw new Error(`The document of ${id} was lost: ${found.detail}`);
      this.#versions.hold(id, JSON.stringify(found.document));
    }
  }

  /** The next document to be written to the archive, as JSON. */
  toArchive(): { id: string; json: string } | undefined {
    const live = this.#parts.live();
    const version = live && this.#versions.toArchive();
    if (!version) return undefined;
    const { id, clock } = version;
    const held = this.#versions.held(id);
    if (held !== undefined) return { id, json: held };
    const found = documentAt(live, this.#parts.ops, clock);
    if (!found.ok) throw new Error(`The document of ${id} was lost: ${found.detail}`);
    return { id, json: JSON.stringify(found.document) };
  }

  /** Whether there is something to be archived or removed. */
  isArchiveBehind(): boolean {
    return this.#versions.toArchive() !== undefined || this.#versions.toRemove(1).length > 0;
  }

  archived(id: string): void {
    this.#versions.archived(id);
  }

  /** Ids of dropped versions to be removed from the archive, at most `limit`. */
  toRemove(limit: number): string[] {
    return this.#versions.toRemove(limit);
  }

  removed(id: string): void {
    this.#versions.removed(id);
  }

  /** Forgets what was read, after a transaction failed. */
  forget(): void {
    this.#edited = undefined;
    this.#latest = undefined;
  }

  #kept(live: LiveFlow, { id, clock }: Version): Outcome<Past> {
    if (this.#versions.isArchived(id)) return { ok: true, clock, archived: id };
    const held = this.#versions.held(id);
    return held === undefined
      ? documentAt(live, this.#parts.ops, clock)
      : { ok: true, clock, document: JSON.parse(held) as FlowDocument };
  }
}

function notReached(clock: number, now: number): Outcome<never> {
  return refuse('not_found', `The flow has not reached clock ${clock}: it stands at ${now}`);
}
