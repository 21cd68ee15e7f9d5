import type { ProposalSummary } from '@uxflow/flow/proposals';
import type { SqlRow, Store } from '@uxflow/flow/sync/server';
import type { Alarm } from '../platform/alarm.ts';
import type { Env } from '../platform/env.ts';
import { logEvent } from '../platform/logging.ts';
import { publish } from '../webhooks/publish.ts';
import type { FlowIdentity } from './live-identity.ts';
import { proposalSummary } from './proposal.service.ts';
import type { RoomState } from './room-state.ts';
import { flowSummary } from './service.ts';
import { flowStore } from './store.ts';

/** Milliseconds. */
const DELAY = {
  /** All edits of that time are one `flow.updated`. */
  edits: 10_000,
  /** Everything else goes out that late: the flow's row in D1 is written meanwhile. */
  soon: 1_000,
  retry: 30_000,
  /** A flow that is not listed by then never came to be. */
  unlisted: 3_600_000,
};
const AT_ONCE = 20;

type FlowEvent = 'flow.created' | 'flow.updated' | 'flow.deleted' | 'flow.restored';
type ProposalEvent = 'proposal.created' | 'proposal.decided';

interface NoticeRow extends SqlRow {
  seq: number;
  type: FlowEvent | ProposalEvent;
  /** What a proposal looked like then, as JSON. */
  proposal: string | null;
  due: number;
}

interface NoticeParts {
  env: Env;
  store: Store;
  state: RoomState;
  alarm: Alarm;
}

/**
 * Webhook events that a room still has to publish. They are noted in the same turn as what they tell of, go out from the
 * alarm, and are forgotten only once they are published; published again after a crash, they are still one event.
 */
export class RoomNotices {
  readonly #parts: NoticeParts;

  constructor(parts: NoticeParts) {
    this.#parts = parts;
    parts.store.exec(`CREATE TABLE IF NOT EXISTS notice (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, proposal TEXT, due INTEGER NOT NULL
    )`);
  }

  flow(type: Exclude<FlowEvent, 'flow.updated'>): void {
    this.#note(type, null, DELAY.soon);
  }

  /** There were edits. */
  edited(): void {
    // One that is due may be on its way already, without them.
    const [waiting] = this.#parts.store.exec(
      "SELECT seq FROM notice WHERE type = 'flow.updated' AND due > ?",
      Date.now(),
    );
    if (!waiting) this.#note('flow.updated', null, DELAY.edits);
  }

  proposal(type: ProposalEvent, proposal: ProposalSummary): void {
    this.#note(type, JSON.stringify(proposal), DELAY.soon);
  }

  #note(type: NoticeRow['type'], proposal: string | null, delay: number): void {
    const { store, alarm } = this.#parts;
    const due = Date.now() + delay;
    store.exec('INSERT INTO notice (type, proposal, due) VALUES (?, ?, ?)', type, proposal, due);
    alarm.by(due);
  }

  /** Publishes what is due, oldest first. */
  async publish(): Promise<void> {
    const { store, state, alarm } = this.#parts;
    const flow = state.flow();
    const now = Date.now();
    const due = store.exec<NoticeRow>(
      'SELECT * FROM notice WHERE due <= ? ORDER BY seq LIMIT ?',
      now,
      AT_ONCE,
    );
    for (const notice of flow ? due : []) {
      if (!flow || !(await this.#send(flow, notice))) {
        alarm.by(Date.now() + DELAY.retry);
        return;
      }
      store.exec('DELETE FROM notice WHERE seq = ?', notice.seq);
    }
    const [next] = store.exec<{ due: number }>('SELECT due FROM notice ORDER BY due LIMIT 1');
    if (next) alarm.by(Math.max(next.due, Date.now()));
  }

  /** @returns whether there is nothing left to do for this notice. */
  async #send({ id: flowId, workspaceId }: FlowIdentity, { seq, type, proposal, due }: NoticeRow) {
    const { env } = this.#parts;
    try {
      if (type === 'proposal.created' || type === 'proposal.decided') {
        const summary = proposalSummary(JSON.parse(proposal ?? '') as ProposalSummary);
        const key = `${type}:${summary.id}`;
        await publish(env, workspaceId, { type, key, data: { flowId, proposal: summary } });
        return true;
      }
      const row = await flowStore(env).find(workspaceId, flowId);
      if (!row) return Date.now() - due > DELAY.unlisted;
      await publish(env, workspaceId, { type, key: `${flowId}:${seq}`, data: { flow: flowSummary(row) } });
      return true;
    } catch (error) {
      logEvent('warn', 'notice_behind', { flowId, workspaceId, type, error: String(error) });
      return false;
    }
  }
}
