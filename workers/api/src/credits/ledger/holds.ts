import type { HoldInput } from '../account.rpc.ts';
import type { Outcome, Refusal } from '../../platform/errors.ts';
import { Admission, type Asking, type Taken } from './admission.ts';
import type { Block } from './block.ts';
import { badNumber } from './checks.ts';
import { Answers, refuse } from './idempotency.ts';
import { Slots } from './slots.ts';

export type Held = Outcome<{ holdId: string; available: number; queued: boolean }>;

/**
 * Reserves credits for each request, in order, each on its own: one that is refused takes nothing and stops no other.
 * The number of statements does not depend on the number of requests. A request that comes again after its hold has
 * ended is refused, whatever ended it: what it had reserved is gone, so nobody may work on it.
 */
export function holdMany(block: Block, requests: readonly HoldInput[]): Held[] {
  const answers = new Answers<{ holdId: string; available: number; queued: boolean }>(
    block,
    requests.map(({ holdId }) => `hold:${holdId}`),
  );
  const known = statesOf(block, requests);
  const admission = new Admission(
    block,
    requests.map((request) => asking(request, block.now)),
  );
  const slots = new Slots(block, admission.policy?.concurrentRuns ?? Infinity);
  const taken: (Taken & { request: HoldInput; queueSeq: number | null })[] = [];

  const results = requests.map((request): Held => {
    const { holdId, amount } = request;
    const [key, asked] = [`hold:${holdId}`, identity(request)];
    const replay = answers.replay(key, asked);
    if (replay) return asItIsNow(replay, known.get(holdId));
    const refusal = invalid(request, block.now);
    if (refusal) return refusal;
    const got = admission.admit(asking(request, block.now), amount);
    if ('ok' in got) return got;
    const queueSeq = slots.next();
    taken.push({ request, queueSeq, ...got });
    const response = { ok: true as const, holdId, available: admission.available, queued: queueSeq !== null };
    answers.remember(key, asked, response);
    return response;
  });

  insertHolds(block, taken);
  admission.write(
    taken.map(({ request: { holdId, amount } }) => ({
      kind: 'hold',
      ref: holdId,
      movements: [{ debit: 'held', credit: 'available', amount }],
    })),
  );
  answers.save(block);
  return results;
}

interface HoldState {
  state: string;
  queued: number;
}

function statesOf(block: Block, requests: readonly HoldInput[]): Map<string, HoldState> {
  const rows = block.store.exec<HoldState & { id: string; [column: string]: string | number }>(
    `SELECT id, state, queue_seq IS NOT NULL AS queued FROM hold WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(requests.map(({ holdId }) => holdId)),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** @param hold undefined when it was made in this very batch. */
function asItIsNow(replay: Held, hold: HoldState | undefined): Held {
  if (!replay.ok || !hold) return replay;
  if (hold.state === 'open') return { ...replay, queued: hold.queued === 1 };
  return refuse('conflict', `The hold '${replay.holdId}' has ended already; a new run needs a new id.`, {
    state: hold.state,
  });
}

function asking(request: HoldInput, now: number): Asking {
  return {
    id: request.holdId,
    keyId: request.keyId,
    userId: request.userId ?? null,
    tenantId: request.tenantId ?? null,
    agent: request.agent,
    createdAt: now,
    token: request.budget ?? null,
    overage: 0,
    overageStart: null,
  };
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
    r.maxCredits ?? null,
  ]);
}

function invalid(request: HoldInput, now: number): Refusal | null {
  const { holdId, amount, expiresAt, budget, userId, maxCredits } = request;
  if (holdId === '') return refuse('invalid_request', 'holdId must not be empty.');
  if (budget && userId === undefined)
    return refuse('invalid_request', 'A budget needs the userId that it is counted for.');
  return badNumber([
    ['amount', amount, 1],
    ['expiresAt', expiresAt, now + 1],
    ['budget.credits', budget?.credits ?? 0, 0],
    ['maxCredits', maxCredits ?? amount, amount],
  ]);
}

function insertHolds(
  block: Block,
  holds: readonly (Taken & { request: HoldInput; queueSeq: number | null })[],
): void {
  if (holds.length === 0) return;
  block.store.exec(
    `INSERT INTO hold (id, amount, state, expires_at, created_at, flow_id, agent, model, key_id, user_id, tenant_id,
       max_credits, budget_credits, budget_per, overage, overage_start, queue_seq, life)
     SELECT value ->> 0, value ->> 1, 'open', value ->> 2, ?, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
       value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13, value ->> 14,
       value ->> 15 FROM json_each(?)`,
    block.now,
    JSON.stringify(
      holds.map(({ request: h, overage, overageStart, queueSeq }) => [
        h.holdId,
        h.amount,
        h.expiresAt,
        h.flowId,
        h.agent,
        h.model,
        h.keyId,
        h.userId ?? null,
        h.tenantId ?? null,
        h.maxCredits ?? h.amount,
        h.budget?.credits ?? null,
        h.budget?.per ?? null,
        overage,
        overageStart,
        queueSeq,
        h.expiresAt - block.now,
      ]),
    ),
  );
}
