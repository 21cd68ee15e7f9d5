import type {
  Balance,
  GrantInput,
  HoldInput,
  PolicyInput,
  RenewInput,
  ReverseInput,
} from '../../account.rpc.ts';
import type { Call, Ending } from './calls.ts';
import { ModelAnswers, type Verdict } from './model-answers.ts';
import { Credits, sum } from './model-credits.ts';
import { Holds, type Limit, type ModelHold } from './model-holds.ts';

/**
 * What a ledger should do, written a second time and as plainly as possible: no SQL, no running totals where they can be
 * folded from the history. It shares no code with the ledger that it judges.
 */
export class Model {
  now: number;
  readonly credits = new Credits();
  readonly holds = new Holds();
  /** Ids of ended holds, in the order in which they ended. */
  readonly ended: string[] = [];
  readonly metered: [run: string, amount: number][] = [];
  readonly started: string[] = [];
  audited = 0;
  policy: PolicyInput | null = null;
  readonly #answers = new ModelAnswers();
  #refused = false;

  constructor(now: number) {
    this.now = now;
  }

  /** What each request of a call is to be answered. */
  judge(call: Call): Verdict[] {
    this.letTimePass();
    this.#refused = false;
    let filled = false;
    const verdicts = (() => {
      switch (call.op) {
        case 'grant':
          return [
            this.#fill(
              call.input.key,
              call,
              () => this.#grant(call.input),
              () => (filled = true),
            ),
          ];
        case 'renew':
          return [
            this.#fill(
              call.input.key,
              call,
              () => this.#renew(call.input),
              () => (filled = true),
            ),
          ];
        case 'reverse':
          return [this.#reverse(call.input, () => (filled = true))];
        case 'policy':
          if (JSON.stringify(this.policy) !== JSON.stringify(call.input)) this.audited += 1;
          this.policy = call.input;
          return [{ ok: true }];
        case 'budgets':
          if (this.holds.setRules(call.input)) this.audited += 1;
          return [{ ok: true }];
        case 'hold':
          return this.#holdAll(call.inputs);
        case 'settle':
        case 'void':
          return this.#endAll(call.op, call.inputs);
      }
    })();
    this.#promote();
    this.#watch(filled);
    return verdicts;
  }

  balance(): Balance {
    const all = [...this.holds.all.values()];
    return {
      available: this.credits.available,
      held: sum(this.holds.open.map((hold) => hold.amount)),
      granted:
        this.credits.granted + sum(all.map((hold) => (hold.state === 'open' ? hold.over : hold.billed))),
      consumed: sum(all.map((hold) => hold.cost)),
      expired: this.credits.lost,
      clawedBack: this.credits.clawedBack,
      debt: this.credits.debt,
    };
  }

  /** When a hold or something free next expires (ms); null if never. */
  nextExpiry(): number | null {
    const times = this.holds.open.map((hold) => hold.expiresAt);
    for (const pile of this.credits.piles) if (pile.free > 0) times.push(pile.expiresAt);
    const earliest = Math.min(...times);
    return Number.isFinite(earliest) ? earliest : null;
  }

  /** Everything that was due until now happens at its own time, one after another. */
  letTimePass(): void {
    for (;;) {
      const at = this.nextExpiry();
      if (at === null || at > this.now) return;
      const due = this.holds.open.filter((hold) => hold.expiresAt <= at);
      due.sort((a, b) => (a.input.holdId < b.input.holdId ? -1 : 1));
      this.#refused = false;
      for (const hold of due) this.#end(hold, 'voided', 0, 'failed');
      this.credits.settleDown(at);
      this.#promote(at);
      this.#watch(false);
    }
  }

  #grant(input: GrantInput): Verdict | null {
    if (input.expiresAt !== undefined && input.expiresAt <= this.now)
      return { ok: false, code: 'invalid_request' };
    this.credits.grant(input);
    this.credits.settleDown(this.now);
    if (input.source === 'purchase') {
      const { amount, source } = input;
      const data = { available: this.credits.available, amount, source };
      this.holds.events.push({ type: 'credits.topped_up', data });
    }
    return null;
  }

  #renew(input: RenewInput): Verdict | null {
    this.credits.renew(input, this.now);
    return null;
  }

  #reverse({ paymentIntent, target }: ReverseInput, onFilled: () => void): Verdict {
    const before = this.credits.payments.get(paymentIntent) ?? { target: 0, clawed: 0 };
    const { clawed } = before;
    if (before.target !== target) this.audited += 1;
    const clawedBack = this.credits.reverse(paymentIntent, target);
    if (clawedBack < clawed) onFilled();
    this.credits.settleDown(this.now);
    return { ok: true, clawedBack, debt: this.credits.debt, available: this.credits.available };
  }

  #fill(key: string, call: Call, act: () => Verdict | null, onFilled: () => void): Verdict {
    return this.#answers.once(`credits ${key}`, JSON.stringify(call), () => {
      const refusal = act();
      if (refusal) return refusal;
      onFilled();
      this.audited += 1;
      return { ok: true, available: this.credits.available };
    });
  }

  #holdAll(inputs: readonly HoldInput[]): Verdict[] {
    const refusing: Limit[] = [];
    const verdicts = inputs.map((input) => {
      const { expiresAt, ...rest } = input;
      const known = this.#answers.has(`hold ${input.holdId}`);
      const verdict = this.#answers.once(`hold ${input.holdId}`, JSON.stringify(rest), () => {
        if (expiresAt <= this.now) return { ok: false, code: 'invalid_request' };
        const hold: ModelHold = {
          input,
          madeAt: this.now,
          expiresAt,
          amount: 0,
          over: 0,
          overStart: null,
          state: 'open',
          queued: null,
          parts: new Map(),
          cost: 0,
          billed: 0,
          outcome: '',
        };
        const refusal = this.#reserve(hold, input.amount, refusing);
        if (refusal) return refusal;
        const places = this.holds.open.flatMap(({ queued }) => queued ?? []);
        const running = this.holds.open.length - places.length;
        if (running >= (this.policy?.concurrentRuns ?? Infinity)) hold.queued = Math.max(0, ...places) + 1;
        this.holds.all.set(input.holdId, hold);
        return { ok: true, available: this.credits.available, queued: hold.queued !== null };
      });
      const hold = this.holds.all.get(input.holdId);
      if (!known || !verdict.ok || !hold) return verdict;
      if (hold.state !== 'open') return { ok: false, code: 'conflict' };
      return { ...verdict, queued: hold.queued !== null };
    });
    this.holds.announce(refusing, true);
    return verdicts;
  }

  /** Takes credits, and overage where they end, for a hold; or says why not. */
  #reserve(hold: ModelHold, amount: number, refusing: Limit[]): Verdict | null {
    let least = Infinity;
    for (const limit of this.holds.limitsOf(hold.input, hold.madeAt)) {
      const { used, held } = this.holds.spent(limit.scope, limit.per, limit.window);
      const left = Math.max(0, limit.limit - used - held);
      if (left >= amount) continue;
      refusing.push(limit);
      least = Math.min(least, left);
    }
    if (least < Infinity) return { ok: false, code: 'budget_exceeded', required: amount, available: least };
    const available = this.credits.available;
    const lacking = Math.max(0, amount - available);
    if (
      lacking > 0 &&
      (this.credits.debt > 0 || lacking > this.holds.overageLeft(hold, this.policy, this.now))
    ) {
      this.#refused = true;
      return { ok: false, code: 'insufficient_credits', required: amount, available };
    }
    for (const [pile, part] of this.credits.take(amount - lacking, this.credits.inBurnOrder()))
      hold.parts.set(pile, (hold.parts.get(pile) ?? 0) + part);
    hold.amount += amount;
    hold.over += lacking;
    if (lacking > 0) hold.overStart = this.policy?.periodStart ?? null;
    return null;
  }

  #endAll(op: 'settle' | 'void', endings: readonly Ending[]): Verdict[] {
    const refusing: Limit[] = [];
    const ending: { hold: ModelHold; cost: number; outcome: string }[] = [];
    const fresh: Verdict[] = [];
    const verdicts = endings.map(({ holdId, usage, extra = 0 }) => {
      const { cost, outcome, inputTokens, cachedTokens, outputTokens } = usage;
      const asked = op === 'void' ? [outcome] : [outcome, cost, inputTokens, cachedTokens, outputTokens];
      const known = this.#answers.has(`${op} ${holdId}`);
      const hold = this.holds.all.get(holdId);
      const ended = hold?.state !== 'open' || ending.some((other) => other.hold === hold);
      if (!known && op === 'void' && hold && ended && hold.state !== 'settled') {
        const verdict = { ok: true };
        fresh.push(verdict);
        return verdict;
      }
      return this.#answers.once(`${op} ${holdId}`, JSON.stringify(asked), () => {
        if (!hold) return { ok: false, code: 'not_found' };
        if (ended) return { ok: false, code: 'conflict' };
        if (cost > hold.amount) {
          const most = Math.min(hold.amount + extra, hold.input.maxCredits ?? 0);
          if (cost > most) return { ok: false, code: 'invalid_request' };
          const refusal = this.#reserve(hold, cost - hold.amount, refusing);
          if (refusal) return refusal;
        }
        ending.push({ hold, cost, outcome });
        const verdict = { ok: true, ...(op === 'settle' && { cost }) };
        fresh.push(verdict);
        return verdict;
      });
    });
    this.holds.announce(refusing, true);
    for (const { hold, cost, outcome } of ending)
      this.#end(hold, op === 'settle' ? 'settled' : 'voided', cost, outcome);
    const charged = ending.filter(({ cost }) => cost > 0);
    this.holds.announce(
      charged.flatMap(({ hold }) => this.holds.limitsOf(hold.input, hold.madeAt)),
      false,
    );
    this.credits.settleDown(this.now);
    for (const verdict of fresh) Object.assign(verdict, { available: this.credits.available });
    return verdicts;
  }

  #end(hold: ModelHold, state: 'settled' | 'voided', cost: number, outcome: string): void {
    let unpaid = cost;
    for (const pile of this.credits.inBurnOrder([...hold.parts.keys()])) {
      const part = hold.parts.get(pile) ?? 0;
      const paid = Math.min(unpaid, part);
      unpaid -= paid;
      pile.free += part - paid;
    }
    Object.assign(hold, { state, cost, outcome, billed: unpaid });
    this.ended.push(hold.input.holdId);
    if (unpaid > 0) this.metered.push([hold.input.holdId, unpaid]);
  }

  #promote(at = this.now): void {
    const limit = this.policy?.concurrentRuns ?? Infinity;
    for (;;) {
      const waiting = this.holds.open.filter((hold) => hold.queued !== null);
      waiting.sort((a, b) => (a.queued ?? 0) - (b.queued ?? 0));
      const [first] = waiting;
      if (!first || this.holds.open.length - waiting.length >= limit) return;
      first.queued = null;
      first.expiresAt = at + (first.input.expiresAt - first.madeAt);
      this.started.push(first.input.holdId);
    }
  }

  #watch(filled: boolean): void {
    const covered = sum(this.holds.open.map((hold) => hold.amount - hold.over));
    this.holds.watch(this.credits.available, covered, filled, this.#refused);
  }
}
