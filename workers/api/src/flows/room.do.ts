import { FlowLog, type Committed } from '@uxflow/flow/sync/server';
import type { Actor } from '@uxflow/flow/sync';
import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../platform/env.ts';
import type { Outcome } from '../platform/errors.ts';
import { newId, type IdPrefix } from '../platform/ids.ts';
import { durableStore } from '../platform/sql.ts';
import type { CommitInput, CommitResult, CreateInput, FlowRoomRpc } from './room.rpc.ts';
import { RoomState } from './room-state.ts';

/** One object a flow. */
export class FlowRoom extends DurableObject<Env> implements FlowRoomRpc {
  readonly #log: FlowLog;
  readonly #state: RoomState;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const store = durableStore(ctx.storage);
    this.#log = new FlowLog(store, { now: Date.now, newId: (prefix) => newId(prefix as IdPrefix) });
    this.#state = new RoomState(store);
  }

  async create(input: CreateInput) {
    const { flowId: id, workspaceId, tenantId = null, ...flow } = input;
    const created = this.#log.create(flow);
    if (created.ok) this.#state.claim({ id, workspaceId, tenantId }, created.clock);
    return created;
  }

  async commit(input: CommitInput): Promise<Outcome<CommitResult>> {
    return resultOf(this.#log.commit(input));
  }

  async snapshot() {
    return this.#log.snapshot();
  }

  async at(clock: number) {
    return this.#log.at(clock);
  }

  async commitsAfter(clock: number, limit: number) {
    return this.#log.commitsAfter(clock, limit);
  }

  async undo(actor: Actor, key: string) {
    return resultOf(this.#log.undo({ actor, key }));
  }

  async redo(actor: Actor, key: string) {
    return resultOf(this.#log.redo({ actor, key }));
  }

  async announceRun(): Promise<void> {}

  async close(): Promise<void> {
    this.#state.closed = true;
  }

  async open(): Promise<void> {
    this.#state.closed = false;
  }
}

/** What callers are told of a commit. */
function resultOf(outcome: Outcome<Committed>): Outcome<CommitResult & { skipped: string[] }> {
  if (!outcome.ok) return outcome;
  const { change, adapted: _adapted, ...result } = outcome;
  return { ...result, replayed: change === undefined && result.commitId !== '' };
}
