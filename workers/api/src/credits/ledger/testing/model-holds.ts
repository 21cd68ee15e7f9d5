import type { BudgetRule, HoldInput, LedgerEvent, PolicyInput } from '../../account.rpc.ts';
import type { Pile } from './model-credits.ts';
import { sum } from './model-credits.ts';

export interface ModelHold {
  input: HoldInput;
  madeAt: number;
  expiresAt: number;
  amount: number;
  /** Of the amount, what no credits cover, and the start of the period that it is billed in. */
  over: number;
  overStart: number | null;
  state: 'open' | 'settled' | 'voided';
  /** Place in the queue; null when it has a slot. */
  queued: number | null;
  parts: Map<Pile, number>;
  cost: number;
  billed: number;
  outcome: string;
}

type Per = 'day' | 'month';
export interface Limit {
  scope: string;
  per: Per;
  /** What the window is called, e.g. `2026-01-31`. */
  window: string;
  limit: number;
}

/** The holds, and what they mean for budgets: everything is added up from them whenever it is asked for. */
export class Holds {
  readonly all = new Map<string, ModelHold>();
  rules: BudgetRule[] = [];
  readonly events: LedgerEvent[] = [];
  readonly #announced = new Map<string, number>();
  #tank = { level: 0, announced: 0 };

  get open(): ModelHold[] {
    return [...this.all.values()].filter((hold) => hold.state === 'open');
  }

  /** What one scope has spent or reserved in a window. */
  spent(scope: string, per: Per, window: string): { used: number; held: number } {
    const counted = [...this.all.values()].filter(
      (hold) => scopesOf(hold.input).includes(scope) && nameOf(per, hold.madeAt) === window,
    );
    return {
      used: sum(counted.map((hold) => (hold.state === 'open' ? 0 : hold.cost))),
      held: sum(counted.map((hold) => (hold.state === 'open' ? hold.amount : 0))),
    };
  }

  /** How much more a hold may take in the plan's present period than there are credits. */
  overageLeft(hold: ModelHold, policy: PolicyInput | null, now: number): number {
    if (!policy?.overage.allowed || now < policy.periodStart || now >= policy.periodEnd) return 0;
    if (hold.over > 0 && hold.overStart !== policy.periodStart) return 0;
    const counted = [...this.all.values()].filter(({ overStart }) => overStart === policy.periodStart);
    const spent = sum(counted.map(({ state, over, billed }) => (state === 'open' ? over : billed)));
    return policy.overage.capPerPeriod - spent;
  }

  setRules(rules: BudgetRule[]): boolean {
    const text = (rule: BudgetRule) => `${rule.scope} ${rule.id} ${rule.per} ${rule.credits}`;
    const [before, after] = [new Set(this.rules.map(text)), new Set(rules.map(text))];
    const changed = [...this.rules, ...rules].filter(
      (rule) => before.has(text(rule)) !== after.has(text(rule)),
    );
    for (const { scope, id, per } of changed) {
      for (const key of this.#announced.keys()) {
        const [whose = '', which = ''] = key.split(' ');
        if (which !== per) continue;
        if (id === '*' ? whose.startsWith(`${scope}:`) : whose === `${scope}:${id}`)
          this.#announced.delete(key);
      }
    }
    this.rules = rules;
    return changed.length > 0;
  }

  limitsOf(input: HoldInput, madeAt: number): Limit[] {
    const limits: Limit[] = [];
    for (const scope of scopesOf(input)) {
      const [kind = '', id] = scope.split(':');
      for (const per of ['day', 'month'] as const) {
        const fitting = this.rules.filter((rule) => rule.scope === kind && rule.per === per);
        const rule = fitting.find((r) => r.id === id) ?? fitting.find((r) => r.id === '*');
        const candidates = rule ? [rule.credits] : [];
        if (kind === 'user' && input.budget?.per === per) candidates.push(input.budget.credits);
        if (candidates.length > 0) {
          limits.push({ scope, per, window: nameOf(per, madeAt), limit: Math.min(...candidates) });
        }
      }
    }
    return limits;
  }

  announce(limits: readonly Limit[], refused: boolean): void {
    const lowest = new Map<string, Limit>();
    for (const limit of limits) {
      const key = `${limit.scope} ${limit.per} ${limit.window}`;
      if (limit.limit < (lowest.get(key)?.limit ?? Infinity)) lowest.set(key, limit);
    }
    for (const [key, { scope, per, window, limit }] of lowest) {
      const { used, held } = this.spent(scope, per, window);
      const percentUsed = percent(used, limit, refused);
      if (percentUsed <= (this.#announced.get(key) ?? 0)) continue;
      this.#announced.set(key, percentUsed);
      this.events.push({
        type: percentUsed === 100 ? 'credits.exhausted' : 'credits.low',
        data: {
          available: Math.max(0, limit - used - held),
          percentUsed,
          budget: scope,
          per,
          limit,
          used,
          resetsAt: endOf(per, window),
        },
      });
    }
  }

  /** Tells of the balance: `covered` is what of the held is credits. */
  watch(available: number, covered: number, filled: boolean, refused: boolean): void {
    const left = available + covered;
    if (filled) this.#tank = { level: left, announced: 0 };
    const { level, announced } = this.#tank;
    const percentUsed = percent(level - left, level, refused);
    if (filled || level === 0 || percentUsed <= announced) return;
    this.#tank.announced = percentUsed;
    const type = percentUsed === 100 ? 'credits.exhausted' : 'credits.low';
    this.events.push({ type, data: { available, percentUsed } });
  }
}

/** 80 when at most a fifth is left, 100 when nothing is, or when that fifth was too little for somebody. */
function percent(used: number, limit: number, refused: boolean): 0 | 80 | 100 {
  const fifth = (limit - (limit % 5)) / 5;
  if (limit - used > fifth) return 0;
  return used >= limit || refused ? 100 : 80;
}

function scopesOf(input: HoldInput): string[] {
  return [
    `key:${input.keyId}`,
    ...(input.userId === undefined ? [] : [`user:${input.userId}`]),
    ...(input.tenantId === undefined ? [] : [`tenant:${input.tenantId}`]),
    `agent:${input.agent}`,
  ];
}

export function nameOf(per: Per, at: number): string {
  return new Date(at).toISOString().slice(0, per === 'day' ? 'YYYY-MM-DD'.length : 'YYYY-MM'.length);
}

function endOf(per: Per, window: string): string {
  const date = new Date(`${per === 'day' ? window : `${window}-01`}T00:00:00.000Z`);
  if (per === 'day') date.setUTCDate(date.getUTCDate() + 1);
  else date.setUTCMonth(date.getUTCMonth() + 1);
  return date.toISOString();
}
