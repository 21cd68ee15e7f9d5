import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../platform/env.ts';
import type { Refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { durableStore } from '../platform/sql.ts';
import type {
  AuditInput,
  BudgetRule,
  GrantInput,
  HoldInput,
  PolicyInput,
  RenewInput,
  ReverseInput,
  RunUsage,
  SettleInput,
  WorkspaceAccountRpc,
} from './account.rpc.ts';
import { Ledger } from './ledger/ledger.ts';
import { deliverOverage } from './overage.ts';
import { LiveBalance } from './live-balance.ts';
import type { CreditsViewer } from './live-viewer.ts';
import { announceEvents } from './announce.ts';
import { STREAMS } from './ledger/outbox.ts';
import { deliver } from './projection.ts';
import { startRuns } from './start-runs.ts';
import { clientCredits } from './views.ts';

/** One object a workspace: its credit ledger. A thin adapter; the rules are in `ledger/`. */
export class WorkspaceAccount extends DurableObject<Env> implements WorkspaceAccountRpc {
  readonly #ledger: Ledger;
  readonly #live: LiveBalance;
  /** When the alarm is set for; undefined until read from storage. */
  #alarmAt: number | null | undefined;
  /** Deliveries follow each other, so that two never send the same rows at once. */
  #delivery: Promise<boolean> = Promise.resolve(true);

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const ports = { now: Date.now, newId: () => newId('ent') };
    this.#ledger = new Ledger(durableStore(ctx.storage), ports, STREAMS);
    this.#live = new LiveBalance(ctx, env, (viewer) => this.#shownTo(viewer));
    void ctx.blockConcurrencyWhile(async () => {
      this.#alarmAt = await ctx.storage.getAlarm();
    });
  }

  async grant(input: GrantInput) {
    return this.#then(this.#ledger.grant(input));
  }

  async renewPlan(input: RenewInput) {
    return this.#then(this.#ledger.renewPlan(input));
  }

  async reverse(input: ReverseInput) {
    return this.#then(this.#ledger.reverse(input));
  }

  async setPolicy(input: PolicyInput) {
    return this.#then(this.#ledger.setPolicy(input));
  }

  async policy() {
    return this.#then(this.#ledger.policy());
  }

  async hold(input: HoldInput) {
    return this.#then(this.#ledger.hold(input));
  }

  async settle(input: SettleInput) {
    return this.#then(this.#ledger.settle(input));
  }

  async holdMany(inputs: HoldInput[]) {
    return this.#then(this.#ledger.holdMany(inputs));
  }

  async settleMany(inputs: SettleInput[]) {
    return this.#then(this.#ledger.settleMany(inputs));
  }

  async voidMany(inputs: { holdId: string; usage: RunUsage }[]) {
    return this.#then(this.#ledger.voidMany(inputs));
  }

  async budgets() {
    return this.#then(this.#ledger.budgets());
  }

  async setBudgets(rules: BudgetRule[]) {
    return this.#then(this.#ledger.setBudgets(rules));
  }

  async audit(input: AuditInput) {
    return this.#then(this.#ledger.audit(input));
  }

  async auditLog(input: { cursor?: string; limit: number }) {
    return this.#then(this.#ledger.auditLog(input));
  }

  async verifyAudit() {
    return this.#then(this.#ledger.verifyAudit());
  }

  async void(input: { holdId: string; usage: RunUsage }) {
    return this.#then(this.#ledger.void(input));
  }

  async balance() {
    return this.#then(this.#ledger.balance());
  }

  async entries(input: { cursor?: string; limit: number }) {
    return this.#then(this.#ledger.entries(input));
  }

  async budget(input: { scope: string; limit: number; per: 'day' | 'month' }) {
    return this.#then(this.#ledger.budget(input));
  }

  async position() {
    return this.#then(this.#ledger.position());
  }

  async projected({ stream, after, limit }: { stream: 'entry' | 'usage'; after: number; limit: number }) {
    return this.#ledger.rowsAfter(stream, after, limit);
  }

  async overage({ from, to }: { from: number; to: number }) {
    return this.#ledger.overage(from, to);
  }

  async redeliver({ stream, after }: { stream: 'entry' | 'usage'; after: number }) {
    this.#ledger.rewind(stream, after);
    return this.flush();
  }

  async flush(): Promise<{ ok: true } | Refusal> {
    this.#ledger.expire();
    const complete = await this.#deliver();
    await this.#schedule();
    if (complete) return { ok: true };
    return {
      ok: false,
      code: 'credits_unavailable',
      detail: 'Usage could not be brought up to date. Try again shortly.',
    };
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = null;
    this.#ledger.expire();
    this.#live.changed();
    await this.#deliver();
    await deliverOverage(this.#ledger, this.env, this.#workspaceId());
    await startRuns(this.#ledger, this.env, this.#workspaceId());
    await announceEvents(this.#ledger, this.env, this.#workspaceId());
    await this.#live.look(this.#workspaceId());
    await this.#schedule();
  }

  /** The WebSocket upgrade of `GET /v1/credits/live`. */
  override async fetch(request: Request): Promise<Response> {
    const response = this.#live.accept(request);
    await this.#schedule();
    return response;
  }

  /** Nothing is expected but the heartbeat, which the runtime answers. */
  override async webSocketMessage(): Promise<void> {}

  override async webSocketClose(socket: WebSocket): Promise<void> {
    // Completes the closing handshake that the other side has begun.
    socket.close(1000);
  }

  #shownTo({ user }: CreditsViewer): object {
    if (!user) return this.#ledger.balance();
    if (!user.budget) return clientCredits(null);
    const { credits: limit, per } = user.budget;
    return clientCredits({ ...this.#ledger.budget({ scope: `user:${user.id}`, limit, per }), per });
  }

  /** Every call may have moved the next due time; the alarm is written together with what the call has written. */
  async #then<T>(result: T): Promise<T> {
    this.#live.changed();
    await this.#schedule();
    return result;
  }

  async #schedule(): Promise<void> {
    const due = earlier(this.#ledger.nextDue(), this.#live.nextLook());
    if (due === this.#alarmAt) return;
    this.#alarmAt = due;
    if (due === null) await this.ctx.storage.deleteAlarm();
    else await this.ctx.storage.setAlarm(due);
  }

  #deliver(): Promise<boolean> {
    this.#delivery = this.#delivery.then(() => deliver(this.#ledger, this.env.DB, this.#workspaceId()));
    return this.#delivery;
  }

  /** Objects are named by their workspace (platform/objects.ts). */
  #workspaceId(): string {
    const { name } = this.ctx.id;
    if (name === undefined) throw new Error('This account was not reached by its name');
    return name;
  }
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
