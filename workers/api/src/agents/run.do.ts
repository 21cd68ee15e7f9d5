import { DurableObject } from 'cloudflare:workers';
import type { LintConfig } from '@uxflow/flow/lint';
import { watchBalance } from '../billing/watch-balance.ts';
import { actorOf } from '../identity/principal.ts';
import { lookUpKey } from '../identity/standing.ts';
import { lintConfigService } from '../lint/service.ts';
import type { Env } from '../platform/env.ts';
import type { Outcome } from '../platform/errors.ts';
import { logEvent } from '../platform/logging.ts';
import { flowRoom, workspaceAccount } from '../platform/objects.ts';
import { durableStore } from '../platform/sql.ts';
import { publish } from '../webhooks/publish.ts';
import { abandonRun, runDesigner } from './loop/designer.ts';
import { RunFault } from './loop/faults.ts';
import { type DocumentPort, type RunOutcome, systemClock } from './loop/ports.ts';
import { editsRemain } from './loop/remains.ts';
import { models } from './models/index.ts';
import { RunAdmission } from './run-admission.ts';
import { type PatientRoom, patientRoom, roomDocument } from './run-document.ts';
import { DraftDocument, proposeDraft } from './run-draft.ts';
import { endHold, makeBill } from './run-credits.ts';
import { type Bill, isUntold, newRecord, RunLog, type RunRecord } from './run-log.ts';
import { RunStream } from './run-stream.ts';
import type { AgentRunRpc, Run, StartInput } from './run.rpc.ts';
import { runStore } from './store.ts';

/** Milliseconds after which a run whose object died without a trace is taken up again. */
const WATCHDOG = 20_000;
/** Milliseconds after which a run that waits for its turn asks for it, should nobody have told it. */
const QUEUE_POLL = 30_000;

/**
 * One object an agent run. The alarm drives it, so no caller's connection matters; what has happened is in SQLite, so
 * an interrupted run goes on where it was; and a terminal status is written only after the hold has been settled.
 */
export class AgentRun extends DurableObject<Env> implements AgentRunRpc {
  readonly #log: RunLog;
  readonly #stream: RunStream;
  readonly #admission: RunAdmission;
  #stop: AbortController | null = null;
  /** This object has set the run's alarm or answered it. */
  #driven = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#log = new RunLog(durableStore(ctx.storage));
    this.#stream = new RunStream(this.#log);
    this.#admission = new RunAdmission(ctx, {
      account: (input) => workspaceAccount(env, input.workspaceId),
      log: this.#log,
      stream: this.#stream,
      left: (input, available) => watchBalance(env, input.workspaceId, available),
      report: (event, error) => this.#report(event, error),
    });
  }

  async start(input: StartInput): Promise<Outcome<{ run: Run }>> {
    if (!this.#log.record) this.#log.save(newRecord(input, Date.now()));
    if (this.#log.record && isUntold(this.#log.record)) {
      const refusal = await this.#admission.reserve(this.#log.record);
      if (refusal) return refusal;
    }
    await this.#ensureDriven();
    return this.#answer();
  }

  async get(): Promise<Outcome<{ run: Run; flowId: string }>> {
    await this.#ensureDriven();
    return this.#answer();
  }

  async cancel(): Promise<Outcome<{ run: Run }>> {
    const phase = this.#log.record?.phase;
    if (phase === 'open' || phase === 'queued') {
      this.#log.update({ cancelRequested: true });
      this.#stop?.abort();
    }
    await this.#ensureDriven();
    if (phase === 'queued') await this.proceed();
    return this.#answer();
  }

  async proceed(): Promise<void> {
    if (this.#log.record?.phase === 'queued') await this.ctx.storage.setAlarm(Date.now());
  }

  async stream(lastEventId = 0): Promise<ReadableStream<Uint8Array>> {
    await this.#ensureDriven();
    return this.#stream.open(lastEventId);
  }

  override async alarm(): Promise<void> {
    // Another alarm is at work; it ends with the phase it leaves to the next one.
    if (this.#stop) return;
    if (this.#log.record && isUntold(this.#log.record)) return this.#admission.withdraw(this.#log.record);
    this.#stop = new AbortController();
    this.#driven = true;
    // Should this object die below, the next one begins here again.
    await this.ctx.storage.setAlarm(Date.now() + WATCHDOG);
    let next: number | null = null;
    try {
      if (this.#log.record?.phase === 'queued') await this.#admission.takeTurn(this.#log.record);
      if (this.#log.record?.phase === 'queued') next = Date.now() + QUEUE_POLL;
      if (this.#log.record?.phase === 'open') await this.#work(this.#log.record, this.#stop.signal);
      if (this.#log.record?.phase === 'settling') await this.#settle(this.#log.record);
      if (this.#log.record?.phase === 'ended') await this.#file(this.#log.record);
    } catch (error) {
      const attempts = (this.#log.record?.attempts ?? 0) + 1;
      if (this.#log.record) this.#log.update({ attempts });
      next = Date.now() + Math.min(60_000, 500 * 2 ** attempts);
      this.#report('run_delayed', error);
    } finally {
      this.#stop = null;
    }
    if (next !== null) await this.ctx.storage.setAlarm(next);
    else await this.ctx.storage.deleteAlarm();
  }

  async #work(record: RunRecord, signal: AbortSignal): Promise<void> {
    const run: Run = { ...record.run, status: 'running' };
    if (record.run.status !== 'running') {
      this.#log.update({ run });
      this.#stream.tellRun(run);
      await Promise.all([this.#announce(run), this.#list(record.input.workspaceId, run)]);
    }
    if (this.#log.record?.cancelRequested) this.#stop?.abort();
    const document = this.#document(record);
    const worked = await this.#loop(record, document, signal);
    const outcome =
      document instanceof DraftDocument
        ? await proposeDraft(this.#room(record.input), record.input, document, worked)
        : worked;
    this.#log.update({ phase: 'settling', outcome, attempts: 0 });
  }

  async #loop(
    { input, startedAt }: RunRecord,
    document: DocumentPort,
    signal: AbortSignal,
  ): Promise<RunOutcome> {
    const { runId, workspaceId, principal, prompt, quote: held } = input;
    const entry = models(this.env).entries.find(({ id }) => id === input.model);
    if (!entry) {
      return abandonRun(
        this.#log,
        new RunFault(
          'model_unavailable',
          `The model "${input.model}" is no longer offered. Choose another one.`,
        ),
      );
    }
    return runDesigner({
      runId,
      prompt,
      held,
      signal,
      model: entry.create(),
      modelId: entry.id,
      settings: entry.settings,
      limits: entry.limits,
      deadline: startedAt + entry.limits.deadlineMs,
      document,
      lintConfig: await this.#lintConfig(workspaceId),
      journal: this.#log,
      clock: systemClock,
      stands: () => this.#keyStands(workspaceId, principal.keyId),
      onPart: (part) => this.#stream.tell(part),
      onFault: (fault) => this.#report(`run_fault_${fault.code}`, fault.cause ?? fault),
    });
  }

  async #lintConfig(workspaceId: string): Promise<LintConfig> {
    try {
      return await lintConfigService(this.env).configOf(workspaceId);
    } catch (error) {
      // The agent's own check by the rules as they come is better than a run that fails for its settings.
      this.#report('run_lint_config_unknown', error);
      return {};
    }
  }

  /** Revoking the key stops its runs; the expiry of an end user's short-lived token does not. */
  async #keyStands(workspaceId: string, keyId: string): Promise<boolean> {
    try {
      return await lookUpKey(this.env, workspaceId, keyId, Date.now());
    } catch (error) {
      // The next step asks again; a database that does not answer for a moment is no reason to lose the work.
      this.#report('run_standing_unknown', error);
      return true;
    }
  }

  #document({ input, baseClock }: RunRecord): DocumentPort {
    const room = this.#room(input);
    if (input.mode === 'apply') {
      return roomDocument(room, { actor: actorOf(input.principal), runId: input.runId });
    }
    const began = (clock: number): void => void this.#log.update({ baseClock: clock });
    return new DraftDocument({ room, baseClock, began, journal: this.#log });
  }

  #room({ workspaceId, flowId }: StartInput): PatientRoom {
    return patientRoom(() => flowRoom(this.env, workspaceId, flowId), systemClock);
  }

  /** Ends the hold and only then the run. Everything here may be done again. */
  async #settle(record: RunRecord): Promise<void> {
    const { input, run, outcome } = record;
    if (!outcome) throw new Error('a run settles without an outcome');
    const bill = record.bill ?? (await this.#bill(input, outcome));
    const account = workspaceAccount(this.env, input.workspaceId);
    const { items, cost, outlived } = await endHold(account, record, outcome, bill);
    if (outlived) this.#report('run_outlived_hold', new Error('the ledger had released the hold'));
    const { status, reply, unused, error, commitIds, proposalId } = outcome;
    const ended: Run = {
      ...run,
      status,
      items,
      cost,
      commitIds,
      ...(proposalId !== undefined && { proposalId }),
      ...(reply !== undefined && { reply }),
      ...(unused && { unused }),
      ...(error && { error }),
      endedAt: new Date(bill.endedAt).toISOString(),
    };
    this.#stream.tellRun(ended);
    this.#stream.tellEnd(ended);
    this.#log.update({ phase: 'ended', run: ended, attempts: 0 });
    this.#stream.wake();
    await this.#announce(ended);
  }

  async #bill(input: StartInput, outcome: RunOutcome): Promise<Bill> {
    const charged = outcome.status === 'succeeded' || (await this.#editsRemain(input, outcome));
    const bill = makeBill(input, outcome, charged);
    this.#log.update({ bill });
    return bill;
  }

  async #editsRemain(input: StartInput, { edits }: RunOutcome): Promise<boolean> {
    if (edits.length === 0) return false;
    const flow = await this.#room(input)((room) => room.snapshot());
    return flow.ok && editsRemain(flow.document, edits);
  }

  /** Writes the run into the index of runs, and tells the partner's webhooks that it has ended. */
  async #file({ input: { workspaceId }, run }: RunRecord): Promise<void> {
    await runStore(this.env).save(workspaceId, run);
    const { id: key, status } = run;
    if (status === 'succeeded' || status === 'failed' || status === 'cancelled') {
      await publish(this.env, workspaceId, { type: `run.${status}`, key, data: { run } });
    }
    this.#log.update({ phase: 'filed', attempts: 0 });
  }

  #answer(): Outcome<{ run: Run; flowId: string }> {
    const { record } = this.#log;
    if (!record || isUntold(record)) return { ok: false, code: 'not_found', detail: 'There is no such run.' };
    return { ok: true, run: record.run, flowId: record.input.flowId };
  }

  /**
   * Sets the alarm of a run that still has something to do and nobody who does it. A new object that finds such a run
   * does not wait for the watchdog: its predecessor is dead.
   */
  async #ensureDriven(): Promise<void> {
    const { record } = this.#log;
    if (!record || isUntold(record) || record.phase === 'filed' || this.#stop) return;
    const inherited = !this.#driven;
    this.#driven = true;
    if (inherited || (await this.ctx.storage.getAlarm()) === null)
      await this.ctx.storage.setAlarm(Date.now());
  }

  /** So that lists show it running. The row is written again at the end, so an index that does not answer holds nothing up. */
  async #list(workspaceId: string, run: Run): Promise<void> {
    try {
      await runStore(this.env).save(workspaceId, run);
    } catch (error) {
      this.#report('run_not_listed', error);
    }
  }

  /** Tells the people in the room. They also learn it elsewhere, so a room that does not answer holds nothing up. */
  async #announce({ id: runId, flowId, status }: Run): Promise<void> {
    const workspaceId = this.#log.record?.input.workspaceId;
    if (workspaceId === undefined) return;
    try {
      await flowRoom(this.env, workspaceId, flowId).announceRun({ runId, status });
    } catch (error) {
      this.#report('run_not_announced', error);
    }
  }

  #report(event: string, error: unknown): void {
    const { workspaceId, runId } = this.#log.record?.input ?? {};
    logEvent('error', event, {
      workspaceId,
      runId,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}
