import type { Keys } from './keys.ts';
import type { LiveFlow } from './live.ts';
import type { OpLog } from './oplog.ts';
import type { FlowLogOptions } from './requests.ts';

/** The one place where the bounds of a flow's log are written. */
const LOG_LIMITS = {
  /** Commits kept. */
  commits: 10_000,
  /** Looked at after so many commits. */
  every: 256,
  /** Removals remembered. */
  removals: 50_000,
} as const;

/** Keeps the log of one flow bounded, however long it is edited. */
export class Compaction {
  readonly #ops: OpLog;
  readonly #keys: Keys;
  readonly #commits: number;

  constructor(ops: OpLog, keys: Keys, options: FlowLogOptions) {
    this.#ops = ops;
    this.#keys = keys;
    this.#commits = options.retention ?? LOG_LIMITS.commits;
  }

  /** To be called after each commit, in its transaction. */
  after(live: LiveFlow): void {
    if (live.clock % LOG_LIMITS.every !== 0) return;
    const floor = live.clock - this.#commits;
    this.#ops.prune(floor);
    live.forgetRemovals(floor, LOG_LIMITS.removals);
    this.#keys.prune();
  }
}
