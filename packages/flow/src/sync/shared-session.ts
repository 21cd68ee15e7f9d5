import type { ClientStorage, Draft, KeptFlow, QueueEntry, Refused } from './client-storage.ts';
import type { SyncEvent } from './client-types.ts';
import type { SyncClient } from './client.ts';
import { sequenceOf } from './pending.ts';

/** What the tabs of one browser tell each other. Only ever a hint: what counts stands in the storage. */
export type TabNote =
  | { type: 'entered' }
  | { type: 'committed'; event: Committed }
  | { type: 'refused'; seq: number; key: string; ticket: string; refusal: Refused }
  | { type: 'left'; seqs: number[] }
  /** All that the storage holds up to a number. */
  | { type: 'holds'; upTo: number; seqs: number[] };

type Committed = Extract<SyncEvent, { type: 'committed' }>;

/** An edit that was refused when the page that had made it was gone. */
export interface RefusedEdit extends Refused {
  /** Names it to `dismiss`. */
  seq: number;
  request: QueueEntry['request'];
  /** When it was made, milliseconds since the epoch; 0 when not known. */
  at: number;
}

export interface SharedSessionOptions {
  client: SyncClient;
  storage: ClientStorage;
  /** Names this tab, unlike any other. */
  tab: string;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Tells the other tabs. */
  post(note: TabNote): void;
  /** Whether the tab with this name is still open. */
  alive(tab: string): Promise<boolean>;
  /** An own request was answered through another tab. */
  onEvent(event: SyncEvent): void;
  /** There is something to save: call `save` soon. */
  unsaved(): void;
  /** `refusals` has changed. */
  changed(): void;
  /** The storage cannot be used any more: the client goes on alone and keeps nothing. */
  failed(error: unknown): void;
}

/**
 * Holds a client together with the queue that all tabs of a browser share.
 *
 * Nothing is sent before it is written. Numbers are given in the transaction that writes, and every tab takes entries
 * over from the storage in that order and without a gap, never from another tab's message. Hence whoever sends, and
 * however many do at once, the room meets each number for the first time only after all lower ones, and answers the
 * repeated ones as before: each entry has its effect exactly once. That only one tab sends (`lead`) merely saves work.
 */
export class SharedSession {
  readonly #options: SharedSessionOptions;
  /** Entries taken over and still in the storage as far as is known: number → key. */
  readonly #known = new Map<number, string>();
  #drafts: Draft[] = [];
  /** Answered, and not removed yet: number → clock. They leave together with a snapshot that holds their effects. */
  readonly #settled = new Map<number, number>();
  #after = 0;
  #leading = false;
  #over = false;
  #savedClock = -1;
  #refusals: readonly RefusedEdit[] = [];
  #work: Promise<void> = Promise.resolve();

  /** @param kept what `storage.load` gave; before the client's first connection */
  constructor(options: SharedSessionOptions, kept: KeptFlow) {
    this.#options = options;
    const { client, tab, now } = options;
    client.share({
      clientId: kept.clientId,
      entries: [],
      tab,
      enter: (ticket, request) => {
        this.#drafts.push({ ticket, request, at: now() });
        this.#do(() => this.#enter());
      },
      ...(kept.snapshot && { snapshot: kept.snapshot }),
    });
    this.#savedClock = kept.snapshot?.clock ?? -1;
    this.#take(kept.entries);
    let clock = client.clock;
    client.subscribe(() => {
      if (client.clock === clock) return;
      clock = client.clock;
      if (this.#leading) options.unsaved();
    });
    for (const entry of kept.entries) if (entry.refusal) this.#do(() => this.#list(entry));
    // A tab that was killed may have written them and told nobody.
    if (kept.entries.length > 0) options.post({ type: 'entered' });
  }

  /** Edits that were refused when nobody was there to be told; the same array until it changes. */
  get refusals(): readonly RefusedEdit[] {
    return this.#refusals;
  }

  /** This tab is to send what the queue holds, and to save. */
  lead(): void {
    this.#leading = true;
    this.#do(async () => {
      const { entries } = await this.#options.storage.load();
      this.#take(entries.filter(({ seq }) => seq > this.#after));
      // Whoever led before may have been killed after writing and before telling.
      const note = { type: 'holds' as const, upTo: this.#after, seqs: entries.map(({ seq }) => seq) };
      this.#holds(note);
      this.#options.post(note);
      for (const { seq, ticket, request, refusal } of entries) {
        if (!refusal) continue;
        const told = { type: 'refused' as const, seq, ticket, key: request.key, refusal };
        this.note(told);
        this.#options.post(told);
      }
      this.#options.client.lead(true);
      this.#options.unsaved();
    });
  }

  /** Sends without being the one to: for own requests that another tab should have sent long ago. */
  push(): void {
    this.#options.client.lead(true);
  }

  /** To be told everything that happens to the client. */
  heard(event: SyncEvent): void {
    if (this.#over) return;
    if (event.type === 'committed') {
      this.#settled.set(this.#seqOf(event.key), event.clock);
      this.#options.post({ type: 'committed', event });
      this.#options.unsaved();
    } else if (event.type === 'refused' && event.key !== undefined && event.ticket !== undefined) {
      const { key, ticket, code, detail, issues } = event;
      const seq = this.#seqOf(key);
      this.#do(async () => {
        // The author has been told by the very event.
        if (this.#isOwn(ticket)) await this.#remove(seq);
        else {
          const refusal = { code, detail, issues };
          await this.#options.storage.refuse(seq, refusal);
          this.#options.client.left(key);
          this.#options.post({ type: 'refused', seq, key, ticket, refusal });
          await this.#review(seq);
        }
      });
    }
  }

  /** To be told what other tabs post. */
  note(note: TabNote): void {
    const { client } = this.#options;
    if (this.#over) return;
    if (note.type === 'entered') this.check();
    else if (note.type === 'committed') {
      const { event } = note;
      this.#settled.set(this.#seqOf(event.key), event.clock);
      const ticket = client.answeredElsewhere(event.key, event.clock);
      if (ticket !== undefined && this.#isOwn(ticket)) this.#options.onEvent(event);
      if (this.#leading) this.#options.unsaved();
    } else if (note.type === 'left') this.#gone(note.seqs);
    else if (note.type === 'holds') this.#holds(note);
    else {
      const { seq, key, ticket } = note;
      client.left(key);
      if (this.#isOwn(ticket)) this.#toldOwn(note);
      else this.#do(() => this.#review(seq));
    }
  }

  /** Looks for entries that nobody has told of, of a tab that was killed. */
  check(): void {
    this.#do(async () => this.#take(await this.#options.storage.entries(this.#after)));
  }

  /** Takes a refused edit off the list, in all tabs and for good. */
  dismiss(seq: number): void {
    this.#setRefusals(this.#refusals.filter((refusal) => refusal.seq !== seq));
    this.#do(() => this.#remove(seq));
  }

  /** Writes the room's document as last heard of, and removes what it holds from the queue. */
  save(): void {
    this.#do(async () => {
      const { client, storage, post } = this.#options;
      const { clock, document } = client.exportState();
      const { permission, actor } = client;
      if (!this.#leading || !document || clock === undefined || !permission || !actor) return;
      const seqs = [...this.#settled].filter(([, at]) => at <= clock).map(([seq]) => seq);
      if (seqs.length === 0 && clock === this.#savedClock) return;
      try {
        await storage.settle(seqs, { clock, document, permission, actor });
      } catch {
        // Too large for this device, it may be: then an older one is shown offline. The queue is what counts.
        await storage.settle(seqs);
      }
      this.#savedClock = clock;
      this.#gone(seqs);
      if (seqs.length > 0) post({ type: 'left', seqs });
    });
  }

  /** Does nothing any more; what is being written is finished. */
  stop(): void {
    this.#over = true;
  }

  /** Resolves when all that was asked for so far is written. */
  async idle(): Promise<void> {
    for (let work; work !== this.#work;) {
      work = this.#work;
      await work;
    }
  }

  async #enter(): Promise<void> {
    const drafts = this.#drafts;
    if (drafts.length === 0) return;
    this.#drafts = [];
    const { client, storage, post } = this.#options;
    const entries = await storage.append(drafts, { after: this.#after, floor: client.seq });
    this.#take(entries);
    post({ type: 'entered' });
  }

  #take(entries: readonly QueueEntry[]): void {
    for (const { seq, request } of entries) {
      this.#known.set(seq, request.key);
      this.#after = Math.max(this.#after, seq);
    }
    if (entries.length === 0) return;
    this.#options.client.entered(entries);
  }

  /** Removes an entry for good, and tells. */
  async #remove(seq: number): Promise<void> {
    await this.#options.storage.settle([seq]);
    this.#gone([seq]);
    this.#options.post({ type: 'left', seqs: [seq] });
  }

  /** What is not there any more was answered: only answered entries are ever removed. */
  #holds({ upTo, seqs }: Extract<TabNote, { type: 'holds' }>): void {
    const there = new Set(seqs);
    this.#gone([...this.#known.keys()].filter((seq) => seq <= upTo && !there.has(seq)));
  }

  /** These are no longer in the storage. */
  #gone(seqs: readonly number[]): void {
    const { client, onEvent } = this.#options;
    for (const seq of seqs) {
      const key = this.#known.get(seq);
      this.#known.delete(seq);
      this.#settled.delete(seq);
      if (key === undefined || key === '') continue;
      const ticket = client.answeredElsewhere(key, 0);
      if (ticket !== undefined && this.#isOwn(ticket))
        onEvent({ type: 'committed', key, ticket, clock: 0, conflicts: [], skipped: [] });
      client.left(key);
    }
    if (this.#refusals.some(({ seq }) => seqs.includes(seq)))
      this.#setRefusals(this.#refusals.filter(({ seq }) => !seqs.includes(seq)));
  }

  /** Looks at an entry that may have been refused in another tab. */
  async #review(seq: number): Promise<void> {
    const entry = (await this.#options.storage.entries(seq - 1)).find((each) => each.seq === seq);
    if (entry) await this.#list(entry);
  }

  /** Shows a refused edit, unless the tab that made it is there to do so. */
  async #list({ seq, ticket, request, at, refusal }: QueueEntry): Promise<void> {
    if (!refusal) return;
    // The author is told by the note.
    if (this.#isOwn(ticket)) return;
    const author = ticket.slice(0, Math.max(0, ticket.lastIndexOf('.')));
    if (author !== '' && (await this.#options.alive(author))) return;
    if (!this.#refusals.some((each) => each.seq === seq))
      this.#setRefusals([...this.#refusals, { seq, request, at, ...refusal }]);
  }

  /** An own edit was refused through another tab: its promise is told, and then it may go. */
  #toldOwn({ seq, key, ticket, refusal }: Extract<TabNote, { type: 'refused' }>): void {
    this.#options.onEvent({ type: 'refused', key, ticket, ...refusal });
    this.#do(() => this.#remove(seq));
  }

  #setRefusals(refusals: readonly RefusedEdit[]): void {
    this.#refusals = refusals;
    this.#options.changed();
  }

  #isOwn(ticket: string): boolean {
    return ticket.startsWith(`${this.#options.tab}.`);
  }

  #seqOf(key: string): number {
    const likely = sequenceOf(key);
    if (this.#known.get(likely) === key) return likely;
    // Of a client whose counter was lost, so that numbers and places are not the same.
    for (const [seq, known] of this.#known) if (known === key) return seq;
    return likely;
  }

  /** One after another, so that entries come in order. */
  #do(step: () => Promise<void> | void): void {
    this.#work = this.#work.then(async () => {
      if (this.#over) return;
      try {
        await step();
      } catch (error) {
        this.#over = true;
        this.#drafts = [];
        this.#options.failed(error);
      }
    });
  }
}
