import {
  SharedSession,
  type RefusedEdit as Refusal,
  type SyncClient,
  type SyncEvent,
  type TabNote,
} from '@uxflow/flow/sync';
import type { Person } from './person.ts';
import {
  forgetAll,
  IndexedDbStorage,
  lastPerson,
  openDatabase,
  rememberPerson,
  scopeOf,
} from './indexeddb.ts';
import { canKeep } from './can-keep.ts';
import { Tabs, whenAllLeft } from './tabs.ts';

/** Milliseconds after a change until it is written: many changes make one write. */
const SAVE_MS = 1_000;
/** Milliseconds that another page may take to send what this one wants sent. */
const PATIENCE_MS = 5_000;

export interface KeepingEvents {
  /** An own edit was answered through another page. */
  event(event: SyncEvent): void;
  changed(): void;
  /** From now on edits live in this page only. */
  failed(): void;
  /** The person has left this browser, and what was kept is about to go. */
  signedOut(): void;
}

/** Keeps what a room has not sent, and the flow itself, on this device, together with other pages of this browser. */
export class Keeping {
  readonly person: Person;
  readonly #client: SyncClient;
  readonly #database: IDBDatabase;
  readonly #tabs: Tabs;
  readonly #session: SharedSession;
  #saving: ReturnType<typeof setTimeout> | undefined;
  #watching: ReturnType<typeof setTimeout> | undefined;
  #leading = false;

  private constructor(
    person: Person,
    client: SyncClient,
    database: IDBDatabase,
    tabs: Tabs,
    session: SharedSession,
  ) {
    this.person = person;
    this.#client = client;
    this.#database = database;
    this.#tabs = tabs;
    this.#session = session;
    tabs.lead(() => {
      this.#leading = true;
      session.lead();
    });
  }

  /**
   * Gives the client what is kept of this flow; before its first connection.
   *
   * @param person whose flow; null for the person who was last here, because nobody can be asked now
   * @returns null when there is nobody to keep it for
   * @throws when the device keeps nothing; the client is as before
   */
  static async open(
    client: SyncClient,
    api: string,
    flowId: string,
    person: Person | null,
    events: KeepingEvents,
  ): Promise<Keeping | null> {
    const database = await openDatabase();
    let tabs: Tabs | undefined;
    try {
      const whose = person ?? (await lastPerson(database, api));
      if (!whose) {
        database.close();
        return null;
      }
      if (person) await rememberPerson(database, api, person);
      const scope = scopeOf(api, whose, flowId);
      const storage = new IndexedDbStorage(database, scope);
      let keeping: Keeping | undefined;
      let session: SharedSession | undefined;
      // Heard from before what is kept is read: of what was said in between nothing may be missed.
      const early: TabNote[] = [];
      const hear = (note: TabNote): void => {
        if (session) session.note(note);
        else early.push(note);
      };
      tabs = new Tabs(api, scope, hear, events.signedOut);
      const channel = tabs;
      const kept = await storage.load();
      session = new SharedSession(
        {
          client,
          storage,
          tab: channel.name,
          now: Date.now,
          post: (note) => channel.post(note),
          alive: (tab) => channel.alive(tab),
          onEvent: events.event,
          changed: events.changed,
          unsaved: () => keeping?.saveSoon(),
          failed: () => {
            keeping?.close();
            client.unshare(crypto.randomUUID());
            events.failed();
          },
        },
        kept,
      );
      keeping = new Keeping(whose, client, database, channel, session);
      for (const note of early) session.note(note);
      return keeping;
    } catch (error) {
      tabs?.close();
      database.close();
      throw error;
    }
  }

  get refusals(): readonly Refusal[] {
    return this.#session.refusals;
  }

  dismiss(seq: number): void {
    this.#session.dismiss(seq);
  }

  /** To be told everything that happens to the client. */
  heard(event: SyncEvent): void {
    this.#session.heard(event);
  }

  /** There may be something new: a connection, a page that is shown again. */
  check(): void {
    this.#session.check();
  }

  /** To be called when the client has changed: another page must not leave an edit unsent. */
  watch(): void {
    const waits = (): boolean =>
      !this.#leading && this.#client.status === 'live' && this.#client.pendingCount > 0;
    if (!waits()) return;
    this.#watching ??= setTimeout(() => {
      this.#watching = undefined;
      // Frozen, it may be. That both send is harmless.
      if (waits()) this.#session.push();
    }, PATIENCE_MS);
  }

  saveSoon(): void {
    this.#saving ??= setTimeout(() => this.save(), SAVE_MS);
  }

  save(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    this.#session.save();
  }

  /** Lets go after what was asked for is written. */
  async leave(): Promise<void> {
    this.save();
    await this.#session.idle();
    this.close();
  }

  /** Lets go at once: what is not written is lost. */
  close(): void {
    clearTimeout(this.#saving);
    clearTimeout(this.#watching);
    this.#session.stop();
    this.#tabs.close();
    this.#database.close();
  }
}

/** Forgets all that this browser keeps for this API. Returns how many edits had not reached the server. */
export async function forgetKept(api: string): Promise<number> {
  if (!canKeep()) return 0;
  let database: IDBDatabase;
  try {
    database = await openDatabase();
  } catch {
    // A browser that keeps nothing has nothing to forget.
    return 0;
  }
  try {
    return await whenAllLeft(api, () => forgetAll(database, api));
  } finally {
    database.close();
  }
}
