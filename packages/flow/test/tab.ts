import {
  SharedSession,
  SyncClient,
  type ClientStorage,
  type KeptFlow,
  type SyncEvent,
  type TabNote,
} from '../src/sync/index.ts';
import { slow, type DiskOp } from './browser-disk.ts';
import { ClientEnd } from './client-end.ts';

export interface TabOptions {
  name: string;
  storage: ClientStorage;
  /** What the storage held when the tab was opened. */
  kept: KeptFlow;
  /** Tells the other tabs. */
  post(note: TabNote): void;
  /** Whether the tab with this name is open. */
  alive(name: string): boolean;
  /** Something was told to whoever sits at the tab. */
  told(event: SyncEvent): void;
  /** These edits are on disk. */
  written(tickets: string[]): void;
  /** The list of refusals has changed. */
  refusals(tab: Tab): void;
}

/** One tab: a client core that shares its queue, with a disk and a line to the other tabs that are slow. */
export class Tab {
  readonly name: string;
  readonly client: SyncClient;
  readonly session: SharedSession;
  readonly end: ClientEnd;
  readonly disk: DiskOp[] = [];
  readonly inbox: TabNote[] = [];
  leads = false;
  /** Its disk refuses every call from now on. */
  broken = false;
  failed = false;
  #unsaved = false;

  constructor(options: TabOptions) {
    const { name, storage, kept, post, alive, told, written, refusals } = options;
    this.name = name;
    const client: SyncClient = new SyncClient({
      clientId: `alone-${name}`,
      send: (message) => this.end.say(message),
      onEvent: (event) => {
        told(event);
        this.session.heard(event);
      },
    });
    this.client = client;
    this.end = new ClientEnd(() => client);
    this.session = new SharedSession(
      {
        client,
        storage: slow(storage, this.disk, written),
        tab: name,
        now: () => 1,
        post,
        alive: (author) => Promise.resolve(alive(author)),
        onEvent: told,
        unsaved: () => void (this.#unsaved = true),
        changed: () => refusals(this),
        failed: () => {
          this.failed = true;
          this.leads = false;
          client.unshare(`alone-${name}`);
        },
      },
      kept,
    );
  }

  /** Tickets of its own edits begin so. */
  owns(ticket: string): boolean {
    return ticket.startsWith(`${this.name}.`) || ticket.startsWith(`alone-${this.name}`);
  }

  /** Saves if there is something to save; false when not. */
  save(): boolean {
    if (!this.#unsaved) return false;
    this.#unsaved = false;
    this.session.save();
    return true;
  }

  /** One note of another tab arrives; false when there is none. */
  hearNote(): boolean {
    const note = this.inbox.shift();
    if (note) this.session.note(note);
    return note !== undefined;
  }

  /** The disk carries one call out; false when there is none. */
  async write(): Promise<boolean> {
    const op = this.disk.shift();
    if (!op) return false;
    if (this.broken) op.reject(new Error('the disk is full'));
    else await op.run().then(op.resolve, op.reject);
    return true;
  }
}
