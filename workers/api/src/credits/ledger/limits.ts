import type { BudgetRule, BudgetState } from '../account.rpc.ts';
import type { Outcome } from '../../platform/errors.ts';
import { record } from './audit.ts';
import type { Block } from './block.ts';
import {
  type Counted,
  type Per,
  SCOPES,
  spentIn,
  type Window,
  windowKey,
  windowOf,
  windowsOf,
} from './budgets.ts';
import { badNumber } from './checks.ts';
import { refuse } from './idempotency.ts';

/** Rules of a workspace at most. */
const MOST_RULES = 1_000;

/** The own budget of the client token that asked, counted for its end user. */
export interface TokenBudget {
  credits: number;
  per: Per;
}
export type Limited = Window & { per: Per; limit: number };

/** What is allowed to holds: the workspace's rules and the budgets of client tokens. Loads the rules in one query. */
export class Limits {
  readonly #rules = new Map<string, number>();

  constructor(block: Block, holds: readonly Counted[]) {
    const pairs = new Map<string, [string, string]>(SCOPES.map((scope) => [`${scope}:*`, [scope, '*']]));
    for (const { keyId, userId, tenantId, agent } of holds) {
      pairs.set(`key:${keyId}`, ['key', keyId]);
      if (userId !== null) pairs.set(`user:${userId}`, ['user', userId]);
      if (tenantId !== null) pairs.set(`tenant:${tenantId}`, ['tenant', tenantId]);
      pairs.set(`agent:${agent}`, ['agent', agent]);
    }
    const rows = block.store.exec<{ scope: string; id: string; per: Per; credits: number }>(
      `SELECT r.scope, r.id, r.per, r.credits
       FROM (SELECT value ->> 0 AS scope, value ->> 1 AS id FROM json_each(?)) AS w
       CROSS JOIN budget_rule AS r ON r.scope = w.scope AND r.id = w.id`,
      JSON.stringify([...pairs.values()]),
    );
    for (const { scope, id, per, credits } of rows) this.#rules.set(`${per} ${scope}:${id}`, credits);
  }

  /** The windows of a hold that have a limit. Where a token and a rule limit the same window, the lower limit counts. */
  of(hold: Counted, token: TokenBudget | null): Limited[] {
    if (this.#rules.size === 0 && token === null) return [];
    const limited: Limited[] = [];
    for (const window of windowsOf(hold)) {
      const { scope, per } = window;
      const kind = scope.slice(0, scope.indexOf(':'));
      const rule = this.#rules.get(`${per} ${scope}`) ?? this.#rules.get(`${per} ${kind}:*`) ?? Infinity;
      const own = kind === 'user' && token?.per === per ? token.credits : Infinity;
      const limit = Math.min(rule, own);
      if (limit !== Infinity) limited.push({ ...window, limit });
    }
    return limited;
  }
}

/** Sets the workspace's rules, all of them at once. A window whose rule has changed is announced anew. */
export function setBudgets(block: Block, rules: readonly BudgetRule[]): Outcome<object> {
  if (rules.length > MOST_RULES) {
    return refuse('limit_exceeded', `A workspace has ${MOST_RULES} budgets at most, not ${rules.length}.`);
  }
  const keys = new Set<string>();
  for (const [i, { scope, id, per, credits }] of rules.entries()) {
    const bad = badNumber([[`budgets.${i}.credits`, credits, 0]]);
    if (bad) return bad;
    if (!SCOPES.includes(scope)) {
      return refuse('invalid_request', `budgets.${i}.scope must be one of ${SCOPES.join(', ')}.`);
    }
    if (per !== 'day' && per !== 'month') {
      return refuse('invalid_request', `budgets.${i}.per must be day or month.`);
    }
    if (id === '') return refuse('invalid_request', `budgets.${i}.id must not be empty; '*' is each one.`);
    if (keys.size === keys.add(`${per} ${scope}:${id}`).size) {
      return refuse('invalid_request', `budgets.${i} sets the ${per} budget of ${scope} '${id}' again.`);
    }
  }
  const rows = JSON.stringify(rules.map(({ scope, id, per, credits }) => [scope, id, per, credits]));
  const changed = block.store.exec<{ scope: string; id: string; per: string }>(
    `WITH given AS (SELECT value ->> 0 AS scope, value ->> 1 AS id, value ->> 2 AS per, value ->> 3 AS credits
                    FROM json_each(?))
     SELECT scope, id, per FROM (SELECT * FROM given EXCEPT SELECT scope, id, per, credits FROM budget_rule)
     UNION
     SELECT scope, id, per FROM (SELECT scope, id, per, credits FROM budget_rule EXCEPT SELECT * FROM given)`,
    rows,
  );
  if (changed.length === 0) return { ok: true };
  block.store.exec('DELETE FROM budget_rule');
  block.store.exec(
    `INSERT INTO budget_rule (scope, id, per, credits)
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)`,
    rows,
  );
  block.store.exec(
    `UPDATE budget SET announced = 0 FROM (
       SELECT value ->> 0 AS scope, value ->> 1 AS id, value ->> 2 AS per FROM json_each(?)) AS c
     WHERE budget.per = c.per
       AND CASE c.id WHEN '*' THEN budget.scope GLOB c.scope || ':*' ELSE budget.scope = c.scope || ':' || c.id END`,
    JSON.stringify(changed.map(({ scope, id, per }) => [scope, id, per])),
  );
  record(block, { action: 'budgets.set', target: 'workspace', detail: { budgets: rules } });
  return { ok: true };
}

/** The rules, with what is left in the present window; `'*'` has no window of its own. */
export function budgets(block: Block): BudgetState[] {
  const rules = block.store.exec<{ scope: BudgetRule['scope']; id: string; per: Per; credits: number }>(
    'SELECT scope, id, per, credits FROM budget_rule ORDER BY scope, id, per',
  );
  const windowFor = ({ scope, id, per }: { scope: string; id: string; per: Per }) => ({
    scope: `${scope}:${id}`,
    per,
    ...windowOf(per, block.now),
  });
  const spent = spentIn(block, rules.map(windowFor));
  return rules.map(({ scope, id, per, credits }) => {
    const window = windowFor({ scope, id, per });
    const { used, held } = spent.get(windowKey(window)) ?? { used: 0, held: 0 };
    const present = { used, held, remaining: Math.max(0, credits - used - held) };
    return { scope, id, per, credits, resetsAt: window.ends, ...(id !== '*' && present) };
  });
}
