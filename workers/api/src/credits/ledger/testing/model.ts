import type { Balance, GrantInput, HoldInput, RunUsage } from '../../account.rpc.ts';

/**
 * What a ledger should do, written a second time and as plainly as possible: no SQL, no running totals, everything
 * folded from the history whenever it is asked for. It shares no code with the ledger that it judges.
 */
export interface Verdict {
  ok: boolean;
  code?: string;
  available?: number;
  required?: number;
  cost?: number;
}

interface ModelGrant {
  input: GrantInput;
  rank: [number, number, number];
  free: number;
  lost: number;
  spent: number;
}
interface ModelHold {
  input: HoldInput;
  madeAt: number;
  state: 'open' | 'settled' | 'voided';
  parts: Map<ModelGrant, number>;
  cost: number;
  outcome: string;
}

const DEFAULT_RANK = { operator: 10, plan: 20, purchase: 30 };

export class Model {
  now: number;
  readonly grants: ModelGrant[] = [];
  readonly holds = new Map<string, ModelHold>();
  /** Ids of ended holds, in the order in which they ended. */
  readonly ended: string[] = [];
  /** Verdicts that callers have seen; a replay repeats them as they were. */
  readonly told = new WeakSet<Verdict>();
  readonly #answered = new Map<string, { asked: string; verdict: Verdict }>();

  constructor(now: number) {
    this.now = now;
  }

  grant(input: GrantInput): Verdict {
    this.#letTimePass();
    return this.#once(`g/${input.key}`, JSON.stringify([input.source, input.amount, input.expiresAt]), () => {
      if (input.expiresAt !== undefined && input.expiresAt <= this.now)
        return { ok: false, code: 'invalid_request' };
      const rank: [number, number, number] = [
        input.priority ?? DEFAULT_RANK[input.source],
        input.expiresAt ?? Infinity,
        this.grants.length,
      ];
      this.grants.push({ input, rank, free: input.amount, lost: 0, spent: 0 });
      return { ok: true, available: this.#available() };
    });
  }

  hold(input: HoldInput): Verdict {
    this.#letTimePass();
    const asked = JSON.stringify([input.amount, input.userId, input.budget]);
    return this.#once(`h/${input.holdId}`, asked, () => {
      if (input.expiresAt <= this.now) return { ok: false, code: 'invalid_request' };
      if (input.budget && input.userId !== undefined) {
        const left = Math.max(0, input.budget.credits - this.spent(input.userId, input.budget.per));
        if (left < input.amount)
          return { ok: false, code: 'budget_exceeded', required: input.amount, available: left };
      }
      const have = this.#available();
      if (have < input.amount)
        return { ok: false, code: 'insufficient_credits', required: input.amount, available: have };
      const parts = new Map<ModelGrant, number>();
      const order = this.grants.toSorted(
        (a, b) => a.rank[0] - b.rank[0] || order3(a.rank[1], b.rank[1]) || a.rank[2] - b.rank[2],
      );
      let missing = input.amount;
      for (const grant of order) {
        const part = Math.min(missing, grant.free);
        if (part > 0) parts.set(grant, part);
        grant.free -= part;
        missing -= part;
      }
      this.holds.set(input.holdId, { input, madeAt: this.now, state: 'open', parts, cost: 0, outcome: '' });
      return { ok: true, available: this.#available() };
    });
  }

  settle(holdId: string, usage: RunUsage): Verdict {
    this.#letTimePass();
    const asked = JSON.stringify([
      usage.outcome,
      usage.cost,
      usage.inputTokens,
      usage.cachedTokens,
      usage.outputTokens,
    ]);
    return this.#once(`s/${holdId}`, asked, () => {
      const hold = this.holds.get(holdId);
      if (!hold) return { ok: false, code: 'not_found' };
      if (hold.state !== 'open') return { ok: false, code: 'conflict' };
      if (usage.cost > hold.input.amount) return { ok: false, code: 'invalid_request' };
      this.#end(hold, 'settled', usage.cost, usage.outcome);
      this.#dropExpiredGrants(this.now);
      return { ok: true, cost: usage.cost, available: this.#available() };
    });
  }

  void(holdId: string, usage: RunUsage): Verdict {
    this.#letTimePass();
    const known = this.#answered.get(`v/${holdId}`);
    const hold = this.holds.get(holdId);
    if (!known && hold?.state === 'voided') return { ok: true, available: this.#available() };
    return this.#once(`v/${holdId}`, JSON.stringify([usage.outcome]), () => {
      if (!hold) return { ok: false, code: 'not_found' };
      if (hold.state === 'settled') return { ok: false, code: 'conflict' };
      this.#end(hold, 'voided', 0, usage.outcome);
      this.#dropExpiredGrants(this.now);
      return { ok: true, available: this.#available() };
    });
  }

  balance(): Balance {
    this.#letTimePass();
    const holds = [...this.holds.values()];
    return {
      available: this.#available(),
      held: sum(holds.filter((hold) => hold.state === 'open').map((hold) => hold.input.amount)),
      granted: sum(this.grants.map((grant) => grant.input.amount)),
      consumed: sum(holds.map((hold) => hold.cost)),
      expired: sum(this.grants.map((grant) => grant.lost)),
      clawedBack: 0,
      debt: 0,
    };
  }

  /** What a user has spent or reserved in the present UTC day or month. */
  spent(userId: string, per: 'day' | 'month'): number {
    const length = per === 'day' ? 'YYYY-MM-DD'.length : 'YYYY-MM'.length;
    const name = (at: number) => new Date(at).toISOString().slice(0, length);
    return sum(
      [...this.holds.values()]
        .filter((hold) => hold.input.userId === userId && name(hold.madeAt) === name(this.now))
        .map((hold) => (hold.state === 'open' ? hold.input.amount : hold.cost)),
    );
  }

  /** When a hold or something free in a grant next expires (ms); null if never. */
  nextExpiry(): number | null {
    const times = [
      ...[...this.holds.values()].filter((hold) => hold.state === 'open').map((hold) => hold.input.expiresAt),
      ...this.grants.filter((grant) => grant.free > 0).map((grant) => grant.input.expiresAt ?? Infinity),
    ];
    const earliest = Math.min(...times);
    return Number.isFinite(earliest) ? earliest : null;
  }

  #available(): number {
    return sum(this.grants.map((grant) => grant.free));
  }

  /** Everything that was due until now happens at its own time, one after another. */
  #letTimePass(): void {
    const due = [...this.holds.values()]
      .filter((hold) => hold.state === 'open' && hold.input.expiresAt <= this.now)
      .toSorted(
        (a, b) => a.input.expiresAt - b.input.expiresAt || (a.input.holdId < b.input.holdId ? -1 : 1),
      );
    for (const hold of due) {
      this.#dropExpiredGrants(hold.input.expiresAt);
      this.#end(hold, 'voided', 0, 'failed');
    }
    this.#dropExpiredGrants(this.now);
  }

  #dropExpiredGrants(at: number): void {
    for (const grant of this.grants) {
      if (grant.input.expiresAt === undefined || grant.input.expiresAt > at) continue;
      grant.lost += grant.free;
      grant.free = 0;
    }
  }

  #end(hold: ModelHold, state: 'settled' | 'voided', cost: number, outcome: string): void {
    let toCharge = cost;
    const byRank = [...hold.parts].toSorted(
      ([a], [b]) => a.rank[0] - b.rank[0] || order3(a.rank[1], b.rank[1]) || a.rank[2] - b.rank[2],
    );
    for (const [grant, part] of byRank) {
      const charged = Math.min(toCharge, part);
      grant.spent += charged;
      grant.free += part - charged;
      toCharge -= charged;
    }
    Object.assign(hold, { state, cost, outcome, parts: new Map() });
    this.ended.push(hold.input.holdId);
  }

  #once(key: string, asked: string, act: () => Verdict): Verdict {
    const before = this.#answered.get(key);
    if (before) return before.asked === asked ? before.verdict : { ok: false, code: 'idempotency_conflict' };
    const verdict = act();
    if (verdict.ok) this.#answered.set(key, { asked, verdict });
    return verdict;
  }
}

/** Ascending, with Infinity equal to itself. */
function order3(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
