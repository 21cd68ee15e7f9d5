import type { Ports, Store } from '@uxflow/flow/sync/server';
import type {
  AuditInput,
  Balance,
  BudgetRule,
  BudgetState,
  GrantInput,
  HoldInput,
  PolicyInput,
  RenewInput,
  ReverseInput,
  WorkspaceAccountRpc,
} from '../account.rpc.ts';
import type { Outcome } from '../../platform/errors.ts';
import { announceBalance } from './alerts.ts';
import { audit, auditLog, verifyAudit } from './audit.ts';
import type { Block } from './block.ts';
import { forgetEndedWindows } from './budgets.ts';
import { type EndInput, type Settled, settleMany, type Voided, voidMany } from './endings.ts';
import { type Granted, grant } from './grants.ts';
import { releaseExpired } from './hold-rows.ts';
import { type Held, holdMany } from './holds.ts';
import { budgets, setBudgets } from './limits.ts';
import {
  deliveredUpTo,
  highest,
  markDelivered,
  markFailed,
  overageIn,
  pending,
  rewind,
  rowsAfter,
  type Stream,
  STREAMS,
  type StreamRows,
} from './outbox.ts';
import { type Reversed, reverse } from './payments.ts';
import { renewPlan } from './plan.ts';
import { policyOf, setPolicy } from './policy.ts';
import { balance, budget, entries } from './reads.ts';
import { migrate } from './schema.ts';
import { promote } from './slots.ts';
import { tidy } from './tidy.ts';

/**
 * A workspace's credits: an append-only double-entry ledger in integer micro-credits over the synchronous storage port.
 * Each operation is one transaction that first does whatever was due until then, so nothing is spent after its expiry and
 * nothing depends on when an alarm comes. Operations are idempotent by key; the same key with another request is a conflict.
 */
export class Ledger {
  readonly #store: Store;
  readonly #ports: Ports;

  readonly #streams: readonly Stream[];

  /** @param streams those that somebody delivers; the others wait and wake nobody. */
  constructor(store: Store, ports: Ports, streams: readonly Stream[] = STREAMS) {
    this.#store = store;
    this.#ports = ports;
    this.#streams = streams;
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
    return this.#inOneBlock((block) => {
      const outcome = setPolicy(block, input);
      promote(block);
      return outcome;
    });
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

  setBudgets(rules: readonly BudgetRule[]): Outcome<object> {
    return this.#inOneBlock((block) => setBudgets(block, rules));
  }

  budgets(): BudgetState[] {
    return this.#inOneBlock(budgets);
  }

  audit(input: AuditInput): ReturnType<typeof audit> {
    return this.#inOneBlock((block) => audit(block, input));
  }

  auditLog(input: { cursor?: string; limit: number }): ReturnType<typeof auditLog> {
    return this.#inOneBlock((block) => auditLog(block, input));
  }

  verifyAudit(): ReturnType<typeof verifyAudit> {
    return this.#inOneBlock(verifyAudit);
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
    const [outbox] = this.#store.exec<{ due: number | null }>(
      'SELECT MIN(due_at) AS due FROM outbox WHERE stream IN (SELECT value FROM json_each(?))',
      JSON.stringify(this.#streams),
    );
    const due = Math.min(this.#nextExpiry() ?? Infinity, outbox?.due ?? Infinity);
    return due === Infinity ? null : due;
  }

  pending<S extends Stream>(stream: S, limit: number): StreamRows[S][] {
    return pending(this.#store, stream, limit);
  }

  /** Rows of a stream as they are sent, numbered above `after`, delivered or not. */
  rowsAfter<S extends Stream>(stream: S, after: number, limit: number): StreamRows[S][] {
    return rowsAfter(this.#store, stream, after, limit);
  }

  /** The balance, and the highest numbers that belong to it. */
  position(): { last: { entry: number; usage: number }; balance: Balance } {
    return this.#inOneBlock((block) => ({
      last: { entry: highest(block.store, 'entry'), usage: highest(block.store, 'usage') },
      balance: balance(block),
    }));
  }

  /** Micro-credits of overage to be billed of runs that ended in [from, to), ms. */
  overage(from: number, to: number): number {
    return overageIn(this.#store, from, to);
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

  #block(now = this.#ports.now()): Block {
    const balance = { moved: false, filled: false, refused: false };
    return { store: this.#store, ports: this.#ports, now, balance };
  }

  #inOneBlock<T>(work: (block: Block) => T): T {
    return this.#store.transaction(() => {
      const now = this.#ports.now();
      this.#catchUp(now);
      return this.#step(now, work);
    });
  }

  #step<T>(now: number, work: (block: Block) => T): T {
    const block = this.#block(now);
    const result = work(block);
    if (block.balance.moved) promote(block);
    announceBalance(block);
    return result;
  }

  /** What was due until now happens at its own time and in its own order, so it makes no difference when anybody looks. */
  #catchUp(now: number): void {
    for (let last = -1; ;) {
      const due = this.#nextExpiry();
      if (due === null || due > now) return;
      if (due === last) throw new Error(`What expires at ${due} does not go`);
      last = due;
      this.#step(due, (block) => {
        releaseExpired(block);
        tidy(block);
      });
    }
  }

  #nextExpiry(): number | null {
    const [row] = this.#store.exec<{ due: number | null }>(
      `SELECT MIN(due) AS due FROM (
         SELECT MIN(expires_at) AS due FROM hold WHERE state = 'open'
         UNION ALL SELECT MIN(expires_at) FROM "grant" WHERE remaining > held AND expires_at IS NOT NULL)`,
    );
    return row?.due ?? null;
  }
}

function only<T>(results: readonly T[]): T {
  const [result] = results;
  if (result === undefined) throw new Error('A batch of one has no answer');
  return result;
}
