import type { Ports, Store } from '@uxflow/flow/sync/server';

/** One synchronous block of work: everything in it sees the same moment and commits or fails together. */
export interface Block {
  store: Store;
  ports: Ports;
  /** Milliseconds since the epoch. */
  now: number;
  /** What has happened to the balance in this block, for those who announce it. */
  balance: { moved: boolean; filled: boolean; refused: boolean };
}
