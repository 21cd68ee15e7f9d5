import type { RunUsage } from '../account.rpc.ts';
import type { Outcome, Refusal } from '../../platform/errors.ts';
import { Admission } from './admission.ts';
import type { Block } from './block.ts';
import { badNumber } from './checks.ts';
import { type Ending, endHolds, type HoldRow, loadHolds } from './hold-rows.ts';
import { Answers, refuse } from './idempotency.ts';
import { available } from './journal.ts';
import { tidy } from './tidy.ts';

export interface EndInput {
  holdId: string;
  usage: RunUsage;
  /**
   * Only to settle: micro-credits to hold in addition, in the same block, when `usage.cost` is above what is held.
   * With it the hold never passes its `maxCredits`. Refused like any hold; then nothing has ended.
   */
  extra?: number;
}
export type Settled = Outcome<{ cost: number; available: number }>;
export type Voided = Outcome<{ available: number }>;

/** Ends holds by charging `usage.cost` each and releasing the rest. Each on its own, set-based as `holdMany`. */
export function settleMany(block: Block, requests: readonly EndInput[]): Settled[] {
  const ends = new Endings<{ cost: number; available: number }>(block, 'settle', requests);
  return ends.run(
    ({ usage }) => ({ cost: usage.cost, available: 0 }),
    (hold) =>
      refuse('conflict', `The hold '${hold.id}' was released already, so nothing can be charged to it.`, {
        state: hold.state,
      }),
  );
}

/** Ends holds and charges nothing. A hold that the ledger itself has released meanwhile is as the caller wants it: ok. */
export function voidMany(block: Block, requests: readonly EndInput[]): Voided[] {
  const ends = new Endings<{ available: number }>(block, 'void', requests);
  return ends.run(
    () => ({ available: 0 }),
    (hold) =>
      hold.state === 'voided'
        ? null
        : refuse('conflict', `The hold '${hold.id}' was charged already, so it cannot be released.`, {
            state: hold.state,
          }),
  );
}

/** One batch of settlements or releases. Every new answer says what is available after the whole batch. */
class Endings<T extends { available: number }> {
  readonly #block: Block;
  readonly #kind: 'settle' | 'void';
  readonly #requests: readonly EndInput[];

  constructor(block: Block, kind: 'settle' | 'void', requests: readonly EndInput[]) {
    this.#block = block;
    this.#kind = kind;
    this.#requests = requests;
  }

  /** @param onEnded what to say about a hold that has ended otherwise: a refusal, or null when that is fine too. */
  run(respond: (request: EndInput) => T, onEnded: (hold: HoldRow) => Refusal | null): Outcome<T>[] {
    const [block, kind] = [this.#block, this.#kind];
    const answers = new Answers<T>(
      block,
      this.#requests.map(({ holdId }) => `${kind}:${holdId}`),
    );
    const holds = loadHolds(
      block,
      this.#requests.map(({ holdId }) => holdId),
    );
    const extras = new Extras(block, this.#requests, holds);
    const endings: Ending[] = [];
    const fresh: T[] = [];
    const results = this.#requests.map((request): Outcome<T> => {
      const { holdId, usage } = request;
      const [key, asked] = [`${kind}:${holdId}`, this.#identity(usage)];
      const replay = answers.replay(key, asked);
      if (replay) return replay;
      const hold = holds.get(holdId);
      if (!hold) return refuse('not_found', `There is no hold '${holdId}'.`);
      const refusal =
        hold.state === 'open' ? (this.#invalid(request, hold) ?? extras.take(request, hold)) : onEnded(hold);
      if (refusal) return refusal;
      const response = { ok: true as const, ...respond(request) };
      fresh.push(response);
      if (hold.state !== 'open') return response;
      hold.state = kind === 'settle' ? 'settled' : 'voided';
      endings.push({ hold, usage });
      answers.remember(key, asked, response);
      return response;
    });
    extras.write();
    if (endings.length > 0) {
      endHolds(block, kind, endings);
      // What has come back to grants that are past their expiry must not be spent again, and debt is paid first.
      tidy(block);
    }
    const left = available(block);
    for (const response of fresh) response.available = left;
    answers.save(block);
    return results;
  }

  /** What makes two requests the same. Not `latency`, which callers take from their clock. */
  #identity(usage: RunUsage): string {
    return this.#kind === 'void'
      ? JSON.stringify([usage.outcome])
      : JSON.stringify([
          usage.outcome,
          usage.cost,
          usage.inputTokens,
          usage.cachedTokens,
          usage.outputTokens,
        ]);
  }

  #invalid({ usage, extra = 0 }: EndInput, hold: HoldRow): Refusal | null {
    const { cost, inputTokens, cachedTokens, outputTokens, latency } = usage;
    const bad = badNumber([
      ['usage.cost', cost, 0],
      ['usage.inputTokens', inputTokens, 0],
      ['usage.cachedTokens', cachedTokens, 0],
      ['usage.outputTokens', outputTokens, 0],
      ['usage.latency', latency, 0],
      ['extra', extra, 0],
    ]);
    if (bad) return bad;
    const most =
      this.#kind === 'void' ? 0 : Math.max(hold.amount, Math.min(hold.amount + extra, hold.maxCredits));
    if (cost <= most) return null;
    const detail = `usage.cost is ${cost}, but ${most} micro-credits may be charged to this hold at most.`;
    return refuse('invalid_request', detail, { held: hold.amount });
  }
}

/** What settlements hold in addition. It is taken before anything of the batch is released. */
class Extras {
  readonly #block: Block;
  readonly #admission: Admission | null;
  readonly #taken: { hold: HoldRow; amount: number }[] = [];

  constructor(block: Block, requests: readonly EndInput[], holds: ReadonlyMap<string, HoldRow>) {
    this.#block = block;
    const asking = requests.flatMap(({ holdId, extra }) => (extra ? (holds.get(holdId) ?? []) : []));
    this.#admission = asking.length > 0 ? new Admission(block, asking) : null;
  }

  /** Raises the hold to the cost, when that is more; the caller has seen that it may be. */
  take({ usage: { cost } }: EndInput, hold: HoldRow): Refusal | null {
    const amount = cost - hold.amount;
    if (amount <= 0 || !this.#admission) return null;
    const got = this.#admission.admit(hold, amount);
    if ('ok' in got) return got;
    Object.assign(hold, got, { amount: cost });
    this.#taken.push({ hold, amount });
    return null;
  }

  write(): void {
    if (!this.#admission) return;
    this.#block.store.exec(
      `UPDATE hold SET amount = e.amount, overage = e.overage, overage_start = e.start
       FROM (SELECT value ->> 0 AS id, value ->> 1 AS amount, value ->> 2 AS overage, value ->> 3 AS start
             FROM json_each(?)) AS e WHERE hold.id = e.id`,
      JSON.stringify(this.#taken.map(({ hold: h }) => [h.id, h.amount, h.overage, h.overageStart])),
    );
    this.#admission.write(
      this.#taken.map(({ hold, amount }) => ({
        kind: 'hold',
        ref: hold.id,
        movements: [{ debit: 'held', credit: 'available', amount }],
      })),
    );
  }
}
