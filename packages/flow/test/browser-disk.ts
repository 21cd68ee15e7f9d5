import type { ClientStorage } from '../src/sync/index.ts';

/** A write or read that a tab has asked its disk for. */
export interface DiskOp {
  run(): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * The same storage, whose calls wait in `disk` until the simulation carries them out.
 *
 * @param written is told the tickets of the edits that are on disk.
 */
export function slow(
  storage: ClientStorage,
  disk: DiskOp[],
  written: (tickets: string[]) => void,
): ClientStorage {
  const later = <T>(run: () => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      disk.push({ run, resolve: (value) => resolve(value as T), reject });
    });
  return {
    load: () => later(() => storage.load()),
    append: (drafts, from) =>
      later(async () => {
        const entries = await storage.append(drafts, from);
        written(drafts.map(({ ticket }) => ticket));
        return entries;
      }),
    entries: (after) => later(() => storage.entries(after)),
    refuse: (seq, refusal) => later(() => storage.refuse(seq, refusal)),
    settle: (seqs, snapshot) => later(() => storage.settle(seqs, snapshot)),
  };
}
