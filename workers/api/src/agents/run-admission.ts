import type { WorkspaceAccountRpc } from '../credits/account.rpc.ts';
import { ApiError, type Refusal, refusalOf } from '../platform/errors.ts';
import { abandonRun } from './loop/designer.ts';
import { cancelled, RunFault } from './loop/faults.ts';
import { holdFor, leftAfter, releaseHold } from './run-credits.ts';
import type { RunLog, RunRecord } from './run-log.ts';
import type { RunStream } from './run-stream.ts';
import type { StartInput } from './run.rpc.ts';

/** Milliseconds in which the ledger answers a hold, or never does; longer than its own attempts take together. */
const RESERVED_WITHIN = 30_000;

interface AdmissionParts {
  account: (input: StartInput) => WorkspaceAccountRpc;
  log: RunLog;
  stream: RunStream;
  /** Told what the workspace has left after a hold, micro-credits. */
  left: (input: StartInput, available: number) => Promise<void>;
  report: (event: string, error: unknown) => void;
}

/** How a run comes in: its credits are held, it waits for its turn if it must, and what nobody waits for is given back. */
export class RunAdmission {
  readonly #ctx: DurableObjectState;
  readonly #account: AdmissionParts['account'];
  readonly #log: RunLog;
  readonly #stream: RunStream;
  readonly #left: AdmissionParts['left'];
  readonly #report: AdmissionParts['report'];
  /** The ledger is being asked for this run's hold. */
  #reserving: Promise<Refusal | null> | null = null;

  constructor(ctx: DurableObjectState, { account, log, stream, left, report }: AdmissionParts) {
    this.#ctx = ctx;
    this.#account = account;
    this.#log = log;
    this.#stream = stream;
    this.#left = left;
    this.#report = report;
  }

  /** @returns why the run cannot begin; null when its credits are held. */
  reserve(record: RunRecord): Promise<Refusal | null> {
    this.#reserving ??= this.#ask(record).finally(() => {
      this.#reserving = null;
    });
    return this.#reserving;
  }

  /**
   * Holds the credits. The alarm is set first: should this object die, or the answer never come, nobody may ever ask
   * again, and what is held has to be given back.
   */
  async #ask({ phase, input }: RunRecord): Promise<Refusal | null> {
    if (phase === 'withdrawn') {
      const detail = 'This call was given up while the credit ledger did not answer. Send it again.';
      return { ok: false, code: 'conflict', detail };
    }
    await this.#ctx.storage.setAlarm(Date.now() + RESERVED_WITHIN);
    let queued: boolean;
    try {
      const held = await holdFor(this.#account(input), input);
      const left = leftAfter(held);
      if (left !== null) this.#ctx.waitUntil(this.#left(input, left));
      if (!held.ok) {
        this.#log.forget();
        await this.#ctx.storage.deleteAlarm();
        return held;
      }
      ({ queued } = held);
    } catch (error) {
      if (error instanceof ApiError) return refusalOf(error);
      throw error;
    }
    const { run } = this.#log.update({ phase: queued ? 'queued' : 'open' });
    this.#stream.tell({ type: 'start', messageId: run.id });
    this.#stream.tellRun(run);
    return null;
  }

  /** The plan allows so many runs at a time. Asks whether this one may work now; its time begins then. */
  async takeTurn({ input, cancelRequested }: RunRecord): Promise<void> {
    const giveUp = (fault: RunFault): void => {
      this.#log.update({ phase: 'settling', outcome: abandonRun(this.#log, fault), attempts: 0 });
    };
    if (cancelRequested) return giveUp(cancelled());
    const held = await holdFor(this.#account(input), input);
    if (!held.ok) {
      const detail =
        'The run waited too long for its turn: too many others were working. Start it again later.';
      giveUp(new RunFault('queue_timeout', detail));
    } else if (!held.queued) this.#log.update({ phase: 'open', startedAt: Date.now() });
  }

  /** Nobody has asked again for a run whose hold was never answered: it has not been, and holds nothing. */
  async withdraw({ input }: RunRecord): Promise<void> {
    await this.#ctx.storage.setAlarm(Date.now() + RESERVED_WITHIN);
    if (this.#reserving) return;
    this.#log.update({ phase: 'withdrawn' });
    try {
      await releaseHold(this.#account(input), input);
    } catch (error) {
      this.#report('hold_not_released', error);
      return;
    }
    await this.#ctx.storage.deleteAlarm();
  }
}
