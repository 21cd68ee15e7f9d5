import type { Authors } from './authors.ts';
import type { FlowHistory } from './history.ts';
import type { Keys } from './keys.ts';
import type { LiveFlow } from './live.ts';
import type { OpLog } from './oplog.ts';
import type { FlowLogOptions } from './requests.ts';

/** The one place where the bounds of a flow's log are written. */
const LOG_LIMITS = {
  /** Commits kept. */
  commits: 10_000,
  /** UTF-8 bytes of the ops kept, there and back, whatever the number of commits. */
  bytes: 64 * 1024 * 1024,
  /** The number is looked at after so many commits; the bytes after each. */
  every: 256,
  /** Removals remembered. */
  removals: 50_000,
  /** Commits made, bytes of their ops and records touched by them, until the records are written (see live.ts). */
  unsettled: { commits: 2_048, bytes: 1024 * 1024, records: 2_048 },
} as const;

/** What forgetting touches. */
interface CompactionParts {
  ops: OpLog;
  keys: Keys;
  authors: Authors;
  history: FlowHistory;
}

/** Keeps the log of one flow bounded, however long it is edited. */
export class Compaction {
  readonly #limits: { commits: number; bytes: number; every: number; settleEvery: number };
  readonly #parts: CompactionParts;

  constructor(options: FlowLogOptions, parts: CompactionParts) {
    this.#parts = parts;
    this.#limits = {
      commits: options.retention ?? LOG_LIMITS.commits,
      bytes: options.retentionBytes ?? LOG_LIMITS.bytes,
      every: options.compactEvery ?? LOG_LIMITS.every,
      settleEvery: options.settleEvery ?? LOG_LIMITS.unsettled.commits,
    };
  }

  /**
   * To be called after each request that was carried out, in its transaction. The latest commit always stays, so that
   * it can be undone.
   *
   * @param hasCommitted whether it wrote a commit.
   */
  after(live: LiveFlow, hasCommitted: boolean): void {
    if (this.#isSettlingDue(live)) this.#settle(live);
    if (!hasCommitted) return;
    const { commits, bytes, every } = this.#limits;
    const { ops, keys, authors, history } = this.#parts;
    const isOver = ops.bytes > bytes;
    if (live.clock % every !== 0 && !isOver) return;
    // Down to three quarters, so that a log of large commits is not compacted at each of them.
    const heavy = isOver ? ops.clockBeyond(bytes * 0.75) : 0;
    const floor = Math.min(Math.max(live.clock - commits, heavy), live.clock - 1);
    // What only the log knows must not leave it.
    if (floor > live.settled) this.#settle(live);
    if (floor > 0) {
      history.forgetting(live, floor);
      authors.keep(floor, live.stampedClocks());
      keys.keep(floor);
      ops.prune(floor);
    }
    live.forgetRemovals(floor, LOG_LIMITS.removals);
    keys.prune();
  }

  #isSettlingDue(live: LiveFlow): boolean {
    const { commits, bytes, records } = live.unsettled;
    const most = LOG_LIMITS.unsettled;
    return commits >= this.#limits.settleEvery || bytes >= most.bytes || records >= most.records;
  }

  /** Stores what commits have left in memory alone. */
  #settle(live: LiveFlow): void {
    this.#parts.keys.settle();
    live.settle();
  }
}
