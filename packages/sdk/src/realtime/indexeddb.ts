import {
  type ClientStorage,
  type Draft,
  type KeptFlow,
  type KeptSnapshot,
  type QueueEntry,
  readEntry,
  readSnapshot,
  type Refused,
} from '@uxflow/flow/sync';
import type { Person } from './person.ts';

const NAME = 'uxflow';
/** Milliseconds to wait for the database, which other pages may hold in an older version. */
const OPEN_MS = 3_000;

/** What brings a database from version n to n + 1, oldest first. Entries are only ever added to this list. */
const UPGRADES: ((database: IDBDatabase) => void)[] = [
  (database) => {
    // scope → {clientId, seq}
    database.createObjectStore('flow');
    // scope → KeptSnapshot
    database.createObjectStore('snapshot');
    // [scope, seq] → QueueEntry
    database.createObjectStore('entry');
    // API → Person who was last here
    database.createObjectStore('person');
  },
];

/**
 * Opens the database. Rejects where there is none (private windows of some browsers), where it was made by a newer
 * version of this package, and where an older page will not let go of it.
 */
export function openDatabase(
  name: string = NAME,
  upgrades: readonly ((database: IDBDatabase) => void)[] = UPGRADES,
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, upgrades.length);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new Error('The database does not open: another page may hold an older version of it'));
    }, OPEN_MS);
    request.onupgradeneeded = ({ oldVersion }) => {
      for (const upgrade of upgrades.slice(oldVersion)) upgrade(request.result);
    };
    request.addEventListener('error', () => {
      clearTimeout(timer);
      reject(request.error ?? new Error('The database cannot be opened'));
    });
    request.onsuccess = () => {
      clearTimeout(timer);
      const database = request.result;
      // A newer page wants to upgrade, or the person to delete: this page goes on without.
      database.onversionchange = () => database.close();
      if (late) database.close();
      else resolve(database);
    };
  });
}

interface Meta {
  clientId: string;
  seq: number;
}

/** One flow of one person in the browser's database. */
export class IndexedDbStorage implements ClientStorage {
  readonly #database: IDBDatabase;
  readonly #scope: string;

  constructor(database: IDBDatabase, scope: string) {
    this.#database = database;
    this.#scope = scope;
  }

  load(): Promise<KeptFlow> {
    return this.#write(['flow', 'snapshot', 'entry'], async (store) => {
      const entries = await this.#entries(store('entry'), 0);
      const { clientId } = await this.#meta(store('flow'), entries.at(-1)?.seq ?? 0);
      const snapshot = readSnapshot(await done(store('snapshot').get(this.#scope)));
      return { clientId, entries, ...(snapshot && { snapshot }) };
    });
  }

  async append(drafts: readonly Draft[], from: { after: number; floor: number }): Promise<QueueEntry[]> {
    const write = (): Promise<QueueEntry[]> =>
      this.#write(['flow', 'entry'], async (store) => {
        const before = await this.#entries(store('entry'), from.after);
        const meta = await this.#meta(store('flow'), before.at(-1)?.seq ?? from.after);
        let seq = Math.max(meta.seq, from.floor);
        for (const { ticket, request, at } of drafts) {
          seq += 1;
          const value = { ticket, at, request: { ...request, key: `${meta.clientId}:${seq}` } };
          store('entry').add(value, [this.#scope, seq]);
        }
        store('flow').put({ ...meta, seq } satisfies Meta, this.#scope);
        return this.#entries(store('entry'), from.after);
      });
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
      // Documents can be had from the server again, edits cannot.
      await this.#makeRoom();
      return write();
    }
  }

  entries(after: number): Promise<QueueEntry[]> {
    return transact(this.#database, ['entry'], 'readonly', (store) => this.#entries(store('entry'), after));
  }

  refuse(seq: number, refusal: Refused): Promise<void> {
    return this.#write(['entry'], async (store) => {
      const key = [this.#scope, seq];
      const value: unknown = await done(store('entry').get(key));
      if (value !== undefined) store('entry').put({ ...Object(value), refusal }, key);
    });
  }

  settle(seqs: readonly number[], snapshot?: KeptSnapshot): Promise<void> {
    return this.#write(['snapshot', 'entry'], async (store) => {
      if (snapshot) store('snapshot').put(snapshot, this.#scope);
      for (const seq of seqs) store('entry').delete([this.#scope, seq]);
    });
  }

  async #entries(store: IDBObjectStore, after: number): Promise<QueueEntry[]> {
    const range = IDBKeyRange.bound([this.#scope, after], [this.#scope, Infinity], true);
    const [keys, values] = await Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))]);
    return keys.map((key, at) => readEntry(Array.isArray(key) ? Number(key[1]) : 0, values[at]));
  }

  /** The counter; a new name when it is lost, so that no number is ever used for two things. */
  async #meta(store: IDBObjectStore, last: number): Promise<Meta> {
    const value: unknown = await done(store.get(this.#scope));
    if (isMeta(value)) return value;
    const meta = { clientId: crypto.randomUUID(), seq: last };
    store.put(meta, this.#scope);
    return meta;
  }

  /** Forgets the documents of flows for which nothing is waiting, and then the own one. */
  #makeRoom(): Promise<void> {
    return this.#write(['snapshot', 'entry'], async (store) => {
      const scopes = await done(store('snapshot').getAllKeys());
      for (const scope of scopes) {
        const waiting = await done(store('entry').count(IDBKeyRange.bound([scope], [scope, []])));
        if (waiting === 0 || scope === this.#scope) store('snapshot').delete(scope);
      }
    });
  }

  /** Strict: a number that has been sent must never be given again, not even after the power failed. */
  #write<T>(stores: StoreName[], body: (store: Stores) => Promise<T>): Promise<T> {
    return transact(this.#database, stores, 'readwrite', body);
  }
}

/** The person who was last here with this API; for a page that is opened without a connection. */
export async function lastPerson(database: IDBDatabase, api: string): Promise<Person | null> {
  const value: unknown = await transact(database, ['person'], 'readonly', (store) =>
    done(store('person').get(api)),
  );
  if (typeof value !== 'object' || value === null) return null;
  const { workspaceId, userId } = value as Partial<Person>;
  return typeof workspaceId === 'string' && typeof userId === 'string' ? { workspaceId, userId } : null;
}

export function rememberPerson(database: IDBDatabase, api: string, person: Person): Promise<void> {
  return transact(database, ['person'], 'readwrite', async (store) => {
    store('person').put(person, api);
  });
}

/** Where a flow of a person is kept. */
export function scopeOf(api: string, { workspaceId, userId }: Person, flowId: string): string {
  return [api, workspaceId, userId, flowId].map(encodeURIComponent).join(' ');
}

/** Forgets everything of this API, of all people. Returns how many edits had not reached the server. */
export function forgetAll(database: IDBDatabase, api: string): Promise<number> {
  return transact(database, ['flow', 'snapshot', 'entry', 'person'], 'readwrite', async (store) => {
    const first = `${encodeURIComponent(api)} `;
    const scopes = IDBKeyRange.bound(first, `${first}\uffff`);
    const entries = IDBKeyRange.bound([first], [`${first}\uffff`]);
    const unsent = await done(store('entry').count(entries));
    store('flow').delete(scopes);
    store('snapshot').delete(scopes);
    store('entry').delete(entries);
    store('person').delete(api);
    return unsent;
  });
}

type StoreName = 'flow' | 'snapshot' | 'entry' | 'person';
type Stores = (name: StoreName) => IDBObjectStore;

/** Carries `body` out as one transaction: resolves when it is on disk, rejects when nothing of it is. */
async function transact<T>(
  database: IDBDatabase,
  stores: StoreName[],
  mode: 'readonly' | 'readwrite',
  body: (store: Stores) => Promise<T>,
): Promise<T> {
  const transaction = database.transaction(stores, mode, { durability: 'strict' });
  const ended = new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () =>
      reject(transaction.error ?? new Error('The transaction was aborted')),
    );
  });
  const result = body((name) => transaction.objectStore(name));
  // Whatever goes wrong inside aborts the transaction, and that is what is told.
  result.catch(() => {
    if (transaction.error === null) abort(transaction);
  });
  const [value] = await Promise.all([result, ended]);
  return value;
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch (error) {
    // It had ended already.
    if (!(error instanceof DOMException)) throw error;
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.addEventListener('error', () => reject(request.error ?? new Error('The request failed')));
  });
}

function isMeta(value: unknown): value is Meta {
  if (typeof value !== 'object' || value === null) return false;
  const { clientId, seq } = value as Partial<Meta>;
  return typeof clientId === 'string' && /^[\w-]{1,64}$/.test(clientId) && Number.isSafeInteger(seq);
}
