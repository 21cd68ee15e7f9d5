import {
  type ClientStorage,
  type Draft,
  type KeptFlow,
  type KeptSnapshot,
  type QueueEntry,
  readEntry,
  readSnapshot,
  type Refused,
} from './client-storage.ts';

/** Keeps a flow in memory: for tests, and for several clients of one process. One object is shared by its tabs. */
export class MemoryStorage implements ClientStorage {
  readonly #newClientId: () => string;
  #clientId: string | undefined;
  #seq = 0;
  #snapshot: string | undefined;
  readonly #queue = new Map<number, string>();

  constructor(newClientId: () => string) {
    this.#newClientId = newClientId;
  }

  async load(): Promise<KeptFlow> {
    this.#clientId ??= this.#newClientId();
    const snapshot = this.#snapshot === undefined ? undefined : readSnapshot(JSON.parse(this.#snapshot));
    return { clientId: this.#clientId, entries: await this.entries(0), ...(snapshot && { snapshot }) };
  }

  async append(
    drafts: readonly Draft[],
    { after, floor }: { after: number; floor: number },
  ): Promise<QueueEntry[]> {
    this.#clientId ??= this.#newClientId();
    if (drafts.length > 0) this.#seq = Math.max(this.#seq, floor);
    for (const { ticket, request, at } of drafts) {
      this.#seq += 1;
      const key = `${this.#clientId}:${this.#seq}`;
      this.#queue.set(this.#seq, JSON.stringify({ ticket, at, request: { ...request, key } }));
    }
    return this.entries(after);
  }

  async entries(after: number): Promise<QueueEntry[]> {
    return [...this.#queue]
      .filter(([seq]) => seq > after)
      .map(([seq, text]) => readEntry(seq, JSON.parse(text)));
  }

  async refuse(seq: number, refusal: Refused): Promise<void> {
    const text = this.#queue.get(seq);
    if (text !== undefined) this.#queue.set(seq, JSON.stringify({ ...JSON.parse(text), refusal }));
  }

  async settle(seqs: readonly number[], snapshot?: KeptSnapshot): Promise<void> {
    if (snapshot) this.#snapshot = JSON.stringify(snapshot);
    for (const seq of seqs) this.#queue.delete(seq);
  }
}
