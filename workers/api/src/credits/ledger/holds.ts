import type { HoldInput } from '../account.rpc.ts';
import type { Outcome, Refusal } from '../../platform/errors.ts';
import type { Block } from './block.ts';
import { type Spent, spend, spentIn, windowKey, windowOf, windowsOf } from './budgets.ts';
import { badNumber } from './checks.ts';
import { Answers, refuse } from './idempotency.ts';
import { post } from './journal.ts';
import { Purse } from './purse.ts';

export type Held = Outcome<{ holdId: string; available: number }>;

/**
 * Reserves credits for each request, in order, each on its own: one that is refused takes nothing and stops no other.
 * The number of statements does not depend on the number of requests.
 */
export function holdMany(block: Block, requests: readonly HoldInput[]): Held[] {
  const answers = new Answers<{ holdId: string; available: number }>(
    block,
    requests.map(({ holdId }) => `hold:${holdId}`),
  );
  const budgets = new Budgets(block, requests);
  const purse = new Purse(block);
  const taken: HoldInput[] = [];
  const allocs: [string, number, number][] = [];

  const results = requests.map((request): Held => {
    const [key, asked] = [`hold:${request.holdId}`, identity(request)];
    const refusal =
      answers.replay(key, asked) ??
      invalid(request, block.now) ??
      budgets.refusal(request) ??
      insufficient(purse, request.amount);
    if (refusal) return refusal;
    for (const [grantId, amount] of purse.take(request.amount))
      allocs.push([request.holdId, grantId, amount]);
    budgets.take(request);
    taken.push(request);
    const response = { ok: true as const, holdId: request.holdId, available: purse.available };
    answers.remember(key, asked, response);
    return response;
  });

  if (taken.length === 0) return results;
  insertHolds(block, taken);
  bindToGrants(block, allocs);
  spend(
    block,
    taken.flatMap((hold) =>
      windowsOf({ userId: hold.userId ?? null, createdAt: block.now }).map((w) => ({
        ...w,
        held: hold.amount,
        used: 0,
      })),
    ),
  );
  post(
    block,
    taken.map(({ holdId, amount }) => ({
      kind: 'hold',
      ref: holdId,
      movements: [{ debit: 'held', credit: 'available', amount }],
    })),
  );
  answers.save(block);
  return results;
}

/** What makes two hold requests the same. Not `expiresAt`, which callers take from their clock and so differs on a retry. */
function identity(r: HoldInput): string {
  return JSON.stringify([
    r.amount,
    r.flowId,
    r.agent,
    r.model,
    r.keyId,
    r.userId ?? null,
    r.tenantId ?? null,
    r.budget ? [r.budget.credits, r.budget.per] : null,
  ]);
}

function invalid(request: HoldInput, now: number): Refusal | null {
  const { holdId, amount, expiresAt, budget, userId } = request;
  if (holdId === '') return refuse('invalid_request', 'holdId must not be empty.');
  if (budget && userId === undefined)
    return refuse('invalid_request', 'A budget needs the userId that it is counted for.');
  return badNumber([
    ['amount', amount, 1],
    ['expiresAt', expiresAt, now + 1],
    ['budget.credits', budget?.credits ?? 0, 0],
  ]);
}

function insufficient({ available }: Purse, amount: number): Refusal | null {
  if (amount <= available) return null;
  const detail = `This needs ${amount} micro-credits and ${available} are available.`;
  return refuse('insufficient_credits', detail, { required: amount, available });
}

/** What end users have spent in the present windows, kept up to date while requests are admitted. */
class Budgets {
  readonly #now: number;
  readonly #spent: Map<string, Spent>;

  constructor(block: Block, requests: readonly HoldInput[]) {
    this.#now = block.now;
    this.#spent = spentIn(
      block,
      requests.filter((r) => r.budget).flatMap((r) => this.#windows(r)),
    );
  }

  #windows(request: HoldInput) {
    return windowsOf({ userId: request.userId ?? null, createdAt: this.#now });
  }

  refusal({ amount, budget, userId }: HoldInput): Refusal | null {
    if (!budget || userId === undefined) return null;
    const { start, ends } = windowOf(budget.per, this.#now);
    const spent = this.#spent.get(windowKey({ scope: `user:${userId}`, per: budget.per, start }));
    const left = Math.max(0, budget.credits - (spent?.used ?? 0) - (spent?.held ?? 0));
    if (amount <= left) return null;
    const detail = `This needs ${amount} micro-credits and ${left} are left of this ${budget.per}'s budget.`;
    return refuse('budget_exceeded', detail, {
      required: amount,
      available: left,
      resetsAt: new Date(ends).toISOString(),
    });
  }

  take(request: HoldInput): void {
    for (const window of this.#windows(request)) {
      const key = windowKey(window);
      const { used, held } = this.#spent.get(key) ?? { used: 0, held: 0 };
      this.#spent.set(key, { used, held: held + request.amount });
    }
  }
}

function insertHolds(block: Block, holds: readonly HoldInput[]): void {
  block.store.exec(
    `INSERT INTO hold (id, amount, state, expires_at, created_at, flow_id, agent, model, key_id, user_id, tenant_id)
     SELECT value ->> 0, value ->> 1, 'open', value ->> 2, ?, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
       value ->> 7, value ->> 8 FROM json_each(?)`,
    block.now,
    JSON.stringify(
      holds.map((h) => [
        h.holdId,
        h.amount,
        h.expiresAt,
        h.flowId,
        h.agent,
        h.model,
        h.keyId,
        h.userId ?? null,
        h.tenantId ?? null,
      ]),
    ),
  );
}

function bindToGrants(block: Block, allocs: readonly (readonly [string, number, number])[]): void {
  const rows = JSON.stringify(allocs);
  block.store.exec(
    `INSERT INTO hold_alloc (hold_id, grant_id, amount)
     SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)`,
    rows,
  );
  block.store.exec(
    `UPDATE "grant" SET held = held + part.amount
     FROM (SELECT value ->> 1 AS id, SUM(value ->> 2) AS amount FROM json_each(?) GROUP BY 1) AS part
     WHERE "grant".id = part.id`,
    rows,
  );
}
