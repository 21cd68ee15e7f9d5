import type { FlowLog } from '@uxflow/flow/sync/server';
import type { Alarm } from '../platform/alarm.ts';
import type { Env } from '../platform/env.ts';
import { logEvent } from '../platform/logging.ts';
import type { FlowIdentity } from './live-identity.ts';
import type { RoomNotices } from './room-notices.ts';
import type { RoomState } from './room-state.ts';
import { flowStore } from './store.ts';
import { versionArchive } from './version-archive.ts';

/** Milliseconds. */
const DELAY = {
  /** What is owed goes out that late, once for all commits in between. */
  soon: 1_000,
  /** After a failure, twice as long with each further one. */
  retry: 5_000,
  longestRetry: 300_000,
};
/** Documents written to the archive at one ringing of the alarm; others wait for their turn meanwhile. */
const DOCUMENTS_AT_ONCE = 10;
/** As many as R2 removes in one call. */
const REMOVALS_AT_ONCE = 1_000;

interface OutboxParts {
  env: Env;
  log: FlowLog;
  state: RoomState;
  notices: RoomNotices;
  alarm: Alarm;
}

/**
 * What a room owes the world outside: the flow's row in D1, and the documents of versions in R2. Both follow the log
 * from the alarm, may be repeated at will, and are made good after a failure.
 */
export class RoomOutbox {
  readonly #parts: OutboxParts;
  /** Failures of the archive in a row, and the time before which it is left in peace. */
  #failures = 0;
  #retryAt = 0;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** There is something to be delivered. */
  owe(): void {
    this.#parts.alarm.by(Date.now() + DELAY.soon);
  }

  /** When the flow's last commit was made, in milliseconds since the epoch; undefined when no commit tells. */
  updatedAt(clock: number): number | undefined {
    const latest = this.#parts.log.commitsAfter(clock - 1, 1);
    return latest.ok ? latest.commits[0]?.at : undefined;
  }

  /** Brings the flow's row in D1 up to the log. */
  async updateIndex(): Promise<void> {
    const { env, log, state, notices } = this.#parts;
    const snapshot = log.snapshot();
    const flow = state.flow();
    if (!snapshot.ok || !flow || snapshot.clock <= state.indexedClock) return;
    const { clock, document } = snapshot;
    try {
      await flowStore(env).advance(flow.workspaceId, flow.id, {
        name: document.name,
        clock,
        updatedAt: this.updatedAt(clock) ?? Date.now(),
      });
      state.indexedClock = clock;
      notices.edited();
    } catch (error) {
      this.#failed('index_behind', flow, error, DELAY.retry);
    }
  }

  /** Writes documents of new versions to the archive and removes those of dropped ones. */
  async archive(): Promise<void> {
    const { env, log, state } = this.#parts;
    const flow = state.flow();
    if (!flow || !log.history.isArchiveBehind()) return;
    // The alarm rings for other things too; a call that hangs would keep them waiting each time.
    if (Date.now() < this.#retryAt) {
      this.#parts.alarm.by(this.#retryAt);
      return;
    }
    const archive = versionArchive(env, flow);
    try {
      for (let count = 0; count < DOCUMENTS_AT_ONCE; count += 1) {
        const next = log.history.toArchive();
        if (!next) break;
        await archive.put(next.id, next.json);
        log.history.archived(next.id);
      }
      const gone = log.history.toRemove(REMOVALS_AT_ONCE);
      if (gone.length > 0) await archive.remove(gone);
      for (const id of gone) log.history.removed(id);
      this.#failures = 0;
      if (log.history.isArchiveBehind()) this.owe();
    } catch (error) {
      const delay = Math.min(DELAY.retry * 2 ** this.#failures, DELAY.longestRetry);
      this.#failures += 1;
      this.#retryAt = Date.now() + delay;
      this.#failed('archive_behind', flow, error, delay);
    }
  }

  #failed(event: string, flow: FlowIdentity, error: unknown, delay: number): void {
    logEvent('warn', event, { flowId: flow.id, workspaceId: flow.workspaceId, error: String(error) });
    this.#parts.alarm.by(Date.now() + delay);
  }
}
