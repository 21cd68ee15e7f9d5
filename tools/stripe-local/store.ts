import { DatabaseSync } from 'node:sqlite';
import { missing } from './errors.ts';
import type { Objects } from './kinds.ts';

type Kind = keyof Objects;
type Stored = { id: string };
type Step = { kind: Kind; id: string; old: Stored | undefined };

/**
 * All objects, by kind and id, in the order of their creation. Values are never changed in place: what was read stays
 * what it was, so events may hold on to it. With a file, every committed write is in it.
 */
export class Store {
  readonly #kinds = new Map<Kind, Map<string, Stored>>();
  readonly #file: DatabaseSync | undefined;
  #journal: Step[] | undefined;

  constructor(file?: string) {
    if (file === undefined) return;
    this.#file = new DatabaseSync(file);
    this.#file.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;' +
        'CREATE TABLE IF NOT EXISTS object (seq INTEGER PRIMARY KEY, kind TEXT, id TEXT, body TEXT, UNIQUE (kind, id))',
    );
    for (const row of this.#file.prepare('SELECT kind, body FROM object ORDER BY seq').all()) {
      const stored = JSON.parse(String(row['body'])) as Stored;
      this.#of(String(row['kind']) as Kind).set(stored.id, stored);
    }
  }

  get<K extends Kind>(kind: K, id: string): Objects[K] | undefined {
    return this.#kinds.get(kind)?.get(id) as Objects[K] | undefined;
  }

  /** @throws StripeError "No such …", 404 when the path named it, 400 when `param` did. */
  need<K extends Kind>(kind: K, id: string, param = 'id'): Objects[K] {
    const found = this.get(kind, id);
    if (!found || 'deleted' in found) throw missing(kind, id, param);
    return found;
  }

  /** Oldest first. */
  all<K extends Kind>(kind: K): Objects[K][] {
    return [...(this.#kinds.get(kind)?.values() ?? [])] as Objects[K][];
  }

  put<K extends Kind>(kind: K, object: Objects[K]): Objects[K] {
    this.#write(kind, object.id, object);
    return object;
  }

  remove(kind: Kind, id: string): void {
    this.#write(kind, id, undefined);
  }

  /** The object with this id, whatever its kind. */
  find(id: string): object | undefined {
    for (const objects of this.#kinds.values()) {
      const found = objects.get(id);
      if (found) return found;
    }
    return undefined;
  }

  /** Runs `work` to its end or undoes all it wrote; an error for which `keeps` holds leaves the writes. */
  transaction<T>(work: () => T, keeps: (error: unknown) => boolean): T {
    if (this.#journal) return work();
    this.#journal = [];
    this.#file?.exec('BEGIN');
    try {
      const result = work();
      this.#file?.exec('COMMIT');
      return result;
    } catch (error) {
      if (keeps(error)) this.#file?.exec('COMMIT');
      else {
        this.#file?.exec('ROLLBACK');
        this.#undo(this.#journal);
      }
      throw error;
    } finally {
      this.#journal = undefined;
    }
  }

  /** Runs `work`, undoes all it wrote and returns what it returned: how an invoice of the future is made up. */
  dryRun<T>(work: () => T): T {
    const journal = this.#journal;
    if (!journal) throw new Error('a dry run needs a transaction around it');
    const mark = journal.length;
    this.#file?.exec('SAVEPOINT dry');
    try {
      return work();
    } finally {
      this.#file?.exec('ROLLBACK TO dry');
      this.#undo(journal.splice(mark));
    }
  }

  close(): void {
    this.#file?.close();
  }

  #of(kind: Kind): Map<string, Stored> {
    let objects = this.#kinds.get(kind);
    if (!objects) this.#kinds.set(kind, (objects = new Map()));
    return objects;
  }

  #undo(steps: Step[]): void {
    for (const { kind, id, old } of steps.reverse()) {
      if (old) this.#of(kind).set(id, old);
      else this.#of(kind).delete(id);
    }
  }

  #write(kind: Kind, id: string, object: Stored | undefined): void {
    const objects = this.#of(kind);
    this.#journal?.push({ kind, id, old: objects.get(id) });
    if (object) {
      objects.set(id, object);
      this.#file
        ?.prepare(
          'INSERT INTO object (kind, id, body) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body',
        )
        .run(kind, id, JSON.stringify(object));
    } else {
      objects.delete(id);
      this.#file?.prepare('DELETE FROM object WHERE kind = ? AND id = ?').run(kind, id);
    }
  }
}
