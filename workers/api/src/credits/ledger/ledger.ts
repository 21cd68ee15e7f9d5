import type { Ports, Store } from '@uxflow/flow/sync/server';
import type {
  Balance,
  GrantInput,
  HoldInput,
  PolicyInput,
  RenewInput,
  ReverseInput,
  WorkspaceAccountRpc,
} from '../account.rpc.ts';
import type { Outcome } from '../../platform/errors.ts';
import type { Block } from './block.ts';
import { forgetEndedWindows } from './budgets.ts';
import { type EndInput, releaseExpired, type Settled, settleMany, type Voided, voidMany } from './endings.ts';
import { type Granted, grant } from './grants.ts';
import { type Held, holdMany } from './holds.ts';
import {
  deliveredUpTo,
  type EntryRow,
  markDelivered,
  markFailed,
  pendingEntries,
  pendingUsage,
  rewind,
  type Stream,
  type UsageRow,
} from './outbox.ts';
import { type Reversed, reverse } from './payments.ts';
import { policyOf, renewPlan, setPolicy } from './plan.ts';
import { balance, budget, entries } from './reads.ts';
import { migrate } from './schema.ts';
import { tidy } from './tidy.ts';

/**
 * A workspace's credits: an append-only double-entry ledger in integer micro-credits over the synchronous storage port.
 * Each operation is one transaction that first lets go of whatever is past its time, so nothing is spent after its
 * expiry however late an alarm comes. Operations are idempotent by key; the same key with another request is a conflict.
 */
export class Ledger {
  readonly #store: Store;
  readonly #ports: Ports;

  constructor(store: Store, ports: Ports) {
    this.#store = store;
    this.#ports = ports;
    migrate(store);
  }

  grant(input: GrantInput): Granted {
    return this.#inOneBlock((block) => grant(block, input));
  }

  renewPlan(input: RenewInput): Granted {
    return this.#inOneBlock((block) => renewPlan(block, input));
  }

  reverse(input: ReverseInput): Reversed {
    return this.#inOneBlock((block) => reverse(block, input));
  }

  setPolicy(input: PolicyInput): Outcome<object> {
    return this.#inOneBlock((block) => setPolicy(block, input));
  }

  policy(): PolicyInput | null {
    return this.#inOneBlock(policyOf);
  }

  holdMany(requests: readonly HoldInput[]): Held[] {
    return this.#inOneBlock((block) => holdMany(block, requests));
  }

  settleMany(requests: readonly EndInput[]): Settled[] {
    return this.#inOneBlock((block) => settleMany(block, requests));
  }

  voidMany(requests: readonly EndInput[]): Voided[] {
    return this.#inOneBlock((block) => voidMany(block, requests));
  }

  hold(request: HoldInput): Held {
    return only(this.holdMany([request]));
  }

  settle(request: EndInput): Settled {
    return only(this.settleMany([request]));
  }

  void(request: EndInput): Voided {
    return only(this.voidMany([request]));
  }

  /** Releases holds and drops grants past their time, and forgets budget windows that are over. For the alarm. */
  expire(): void {
    this.#inOneBlock(forgetEndedWindows);
  }

  balance(): Balance {
    return this.#inOneBlock(balance);
  }

  entries(input: { cursor?: string; limit: number }): ReturnType<typeof entries> {
    return this.#inOneBlock((block) => entries(block, input));
  }

  budget(input: Parameters<WorkspaceAccountRpc['budget']>[0]): ReturnType<typeof budget> {
    return this.#inOneBlock((block) => budget(block, input));
  }

  /** When the ledger next has something to do by itself (ms): hold expiry, grant expiry or a delivery; null if never. */
  nextDue(): number | null {
    const [row] = this.#store.exec<{ due: number | null }>(
      `SELECT MIN(due) AS due FROM (
         SELECT MIN(expires_at) AS due FROM hold WHERE state = 'open'
         UNION ALL SELECT MIN(expires_at) FROM "grant" WHERE remaining > held AND expires_at IS NOT NULL
         UNION ALL SELECT MIN(due_at) FROM outbox)`,
    );
    return row?.due ?? null;
  }

  pendingEntries(limit: number): EntryRow[] {
    return pendingEntries(this.#store, limit);
  }

  pendingUsage(limit: number): UsageRow[] {
    return pendingUsage(this.#store, limit);
  }

  deliveredUpTo(stream: Stream): number {
    return deliveredUpTo(this.#store, stream);
  }

  markDelivered(stream: Stream, seq: number): void {
    this.#store.transaction(() => markDelivered(this.#block(), stream, seq));
  }

  markFailed(stream: Stream): void {
    this.#store.transaction(() => markFailed(this.#block(), stream));
  }

  rewind(stream: Stream, seq: number): void {
    this.#store.transaction(() => rewind(this.#block(), stream, seq));
  }

  #block(): Block {
    return { store: this.#store, ports: this.#ports, now: this.#ports.now() };
  }

  #inOneBlock<T>(work: (block: Block) => T): T {
    return this.#store.transaction(() => {
      const block = this.#block();
      releaseExpired(block);
      tidy(block);
      return work(block);
    });
  }
}

function only<T>(results: readonly T[]): T {
  const [result] = results;
  if (result === undefined) throw new Error('A batch of one has no answer');
  return result;
}
