import type { SqlRow, Store } from '@uxflow/flow/sync/server';
import type { FlowIdentity } from './live-identity.ts';

interface RoomRow extends SqlRow {
  flow_id: string;
  workspace_id: string;
  tenant_id: string | null;
  closed: number;
  indexed_clock: number;
}

/** What a room keeps besides the flow's log: whose flow it is, whether it is deleted, and how far D1 has been told. */
export class RoomState {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    store.exec(`CREATE TABLE IF NOT EXISTS room (
      only INTEGER PRIMARY KEY CHECK (only = 1), flow_id TEXT NOT NULL, workspace_id TEXT NOT NULL, tenant_id TEXT,
      closed INTEGER NOT NULL DEFAULT 0, indexed_clock INTEGER NOT NULL
    )`);
  }

  #row(): RoomRow | undefined {
    return this.#store.exec<RoomRow>('SELECT * FROM room')[0];
  }

  /**
   * @param clock at which the route writes the index row.
   * @returns whether the room was nobody's before.
   */
  claim(flow: FlowIdentity, clock: number): boolean {
    const claimed = this.#store.exec(
      'INSERT INTO room (only, flow_id, workspace_id, tenant_id, indexed_clock) VALUES (1, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING only',
      flow.id,
      flow.workspaceId,
      flow.tenantId,
      clock,
    );
    return claimed.length > 0;
  }

  flow(): FlowIdentity | undefined {
    const row = this.#row();
    return row && { id: row.flow_id, workspaceId: row.workspace_id, tenantId: row.tenant_id };
  }

  get closed(): boolean {
    return this.#row()?.closed === 1;
  }

  set closed(closed: boolean) {
    this.#store.exec('UPDATE room SET closed = ?', closed ? 1 : 0);
  }

  /** The clock that the index in D1 is known to have reached. */
  get indexedClock(): number {
    return this.#row()?.indexed_clock ?? 0;
  }

  set indexedClock(clock: number) {
    this.#store.exec('UPDATE room SET indexed_clock = max(indexed_clock, ?)', clock);
  }
}
