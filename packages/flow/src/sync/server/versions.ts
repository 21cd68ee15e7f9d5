import { thinned, type VersionTime } from '../../history/version-policy.ts';
import type { Actor } from '../messages.ts';
import type { SqlRow, Store } from '../store.ts';
import { splitText } from '../text.ts';
import type { Actors } from './actors.ts';

/** The flow as it stood at `clock`, under an id of its own and kept for good; its document is kept apart. */
export interface Version {
  id: string;
  /** Counts the versions of the flow in the order in which they were made. */
  no: number;
  clock: number;
  kind: 'named' | 'automatic';
  /** Only named versions have one. */
  name?: string;
  description?: string;
  /** Who named it; of an automatic one, who made its last edit. */
  actor: Actor;
  /** When it was named; of an automatic one, when its state was reached. Milliseconds since the epoch. */
  at: number;
}

export interface NewVersion {
  id: string;
  clock: number;
  /** Automatic when absent. */
  named?: { name: string; description?: string };
  actor: number;
  at: number;
}

interface VersionRow extends SqlRow {
  no: number;
  id: string;
  clock: number;
  name: string | null;
  description: string | null;
  actor: number;
  at: number;
  archived: number;
}

const COLUMNS = 'no, id, clock, name, description, actor, at, archived';
/** Bytes of a document in one row. */
const ROW_BYTES = 512 * 1024;

/**
 * The versions of one flow. Making one writes a row and no document: while its clock is retained the log can make
 * the document, `archived` tells that it has been written to the archive, and one that was archived by neither in
 * time is `held` here.
 */
export class Versions {
  readonly #store: Store;
  readonly #actors: Actors;

  constructor(store: Store, actors: Actors) {
    this.#store = store;
    this.#actors = actors;
  }

  add({ id, clock, named, actor, at }: NewVersion): void {
    this.#store.exec(
      'INSERT INTO version (id, clock, name, description, actor, at) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      clock,
      named?.name ?? null,
      named?.description ?? null,
      actor,
      at,
    );
  }

  find(id: string): Version | undefined {
    return this.#one('WHERE id = ?', id);
  }

  atClock(clock: number): Version | undefined {
    return this.#one('WHERE clock = ? ORDER BY archived DESC, no LIMIT 1', clock);
  }

  /** Of the latest state. */
  latest(): Version | undefined {
    return this.#one('ORDER BY clock DESC LIMIT 1');
  }

  /** Newest first, those made before the version `before`, at most `limit`. */
  list(before: number | undefined, limit: number): Version[] {
    return this.#select('WHERE no < ? ORDER BY no DESC LIMIT ?', before ?? Number.MAX_SAFE_INTEGER, limit);
  }

  countNamed(): number {
    return (
      this.#store.exec<{ n: number }>('SELECT count(*) AS n FROM version WHERE name IS NOT NULL')[0]?.n ?? 0
    );
  }

  /** Drops the automatic versions that are no longer kept at `now`. */
  thin(now: number): void {
    const automatic = this.#store.exec<VersionTime & SqlRow>('SELECT id, at FROM version WHERE name IS NULL');
    for (const id of thinned(automatic, now)) {
      this.#store.exec('DELETE FROM version WHERE id = ?', id);
      this.#store.exec('DELETE FROM version_text WHERE id = ?', id);
      // Whether or not it has reached the archive: it may be on its way.
      this.#store.exec('INSERT INTO version_gone (id) VALUES (?) ON CONFLICT DO NOTHING', id);
    }
  }

  isArchived(id: string): boolean {
    return this.#store.exec('SELECT id FROM version WHERE id = ? AND archived = 1', id).length > 0;
  }

  /** The oldest version that is not in the archive. */
  toArchive(): Version | undefined {
    return this.#one('WHERE archived = 0 ORDER BY no LIMIT 1');
  }

  /** The document of this version is in the archive. */
  archived(id: string): void {
    this.#store.exec('UPDATE version SET archived = 1 WHERE id = ?', id);
    this.#store.exec('DELETE FROM version_text WHERE id = ?', id);
  }

  /** Ids of dropped versions whose documents may still be in the archive, at most `limit`. */
  toRemove(limit: number): string[] {
    return this.#store.exec<{ id: string }>('SELECT id FROM version_gone LIMIT ?', limit).map(({ id }) => id);
  }

  removed(id: string): void {
    this.#store.exec('DELETE FROM version_gone WHERE id = ?', id);
  }

  /** Versions before `floor` whose document is neither archived nor held. */
  endangered(floor: number): Version[] {
    return this.#select(
      'WHERE clock < ? AND archived = 0 AND NOT EXISTS (SELECT 1 FROM version_text WHERE version_text.id = version.id)',
      floor,
    );
  }

  hold(id: string, json: string): void {
    splitText(json, ROW_BYTES).forEach((text, part) => {
      this.#store.exec('INSERT INTO version_text (id, part, text) VALUES (?, ?, ?)', id, part, text);
    });
  }

  /** The document as JSON, when it is held. */
  held(id: string): string | undefined {
    const parts = this.#store.exec<{ text: string }>(
      'SELECT text FROM version_text WHERE id = ? ORDER BY part',
      id,
    );
    return parts.length > 0 ? parts.map(({ text }) => text).join('') : undefined;
  }

  #one(which: string, ...params: (string | number)[]): Version | undefined {
    return this.#select(which, ...params)[0];
  }

  #select(which: string, ...params: (string | number)[]): Version[] {
    return this.#store
      .exec<VersionRow>(`SELECT ${COLUMNS} FROM version ${which}`, ...params)
      .map(({ no, id, clock, name, description, actor, at }) => ({
        id,
        no,
        clock,
        kind: name === null ? 'automatic' : 'named',
        ...(name !== null && { name }),
        ...(description !== null && { description }),
        actor: this.#actors.get(actor),
        at,
      }));
  }
}
