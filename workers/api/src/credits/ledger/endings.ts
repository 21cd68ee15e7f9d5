import type { RunUsage } from '../account.rpc.ts';
import type { Outcome, Refusal } from '../../platform/errors.ts';
import type { Block } from './block.ts';
import { spend, windowsOf } from './budgets.ts';
import { badNumber } from './checks.ts';
import { tidy } from './tidy.ts';
import { Answers, refuse } from './idempotency.ts';
import { available, post } from './journal.ts';
import { touch } from './outbox.ts';
import { BURN_ORDER } from './purse.ts';

export interface EndInput {
  holdId: string;
  usage: RunUsage;
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

/** The ledger's own ending: holds past their expiry are released, because whoever held them is gone. */
export function releaseExpired(block: Block): void {
  const rows = block.store.exec<{ id: string; created_at: number }>(
    `SELECT id, created_at FROM hold WHERE state = 'open' AND expires_at <= ? ORDER BY expires_at, id`,
    block.now,
  );
  if (rows.length === 0) return;
  const holds = loadHolds(
    block,
    rows.map(({ id }) => id),
  );
  endHolds(
    block,
    'void',
    rows.map(({ id, created_at }) => {
      const hold = holds.get(id);
      if (!hold) throw new Error(`The hold '${id}' has gone`);
      const latency = Math.max(0, block.now - created_at);
      return {
        hold,
        usage: { cost: 0, outcome: 'failed', inputTokens: 0, cachedTokens: 0, outputTokens: 0, latency },
      };
    }),
  );
}

interface HoldRow {
  id: string;
  amount: number;
  state: string;
  user_id: string | null;
  created_at: number;
}
interface Ending {
  hold: HoldRow;
  usage: RunUsage;
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
    const endings: Ending[] = [];
    const fresh: T[] = [];
    const results = this.#requests.map((request): Outcome<T> => {
      const { holdId, usage } = request;
      const [key, asked] = [`${kind}:${holdId}`, this.#identity(usage)];
      const replay = answers.replay(key, asked);
      if (replay) return replay;
      const hold = holds.get(holdId);
      if (!hold) return refuse('not_found', `There is no hold '${holdId}'.`);
      const refusal = hold.state === 'open' ? this.#invalid(usage, hold) : onEnded(hold);
      if (refusal) return refusal;
      const response = { ok: true as const, ...respond(request) };
      fresh.push(response);
      if (hold.state !== 'open') return response;
      hold.state = kind === 'settle' ? 'settled' : 'voided';
      endings.push({ hold, usage });
      answers.remember(key, asked, response);
      return response;
    });
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

  #invalid(usage: RunUsage, hold: HoldRow): Refusal | null {
    const { cost, inputTokens, cachedTokens, outputTokens, latency } = usage;
    const bad = badNumber([
      ['usage.cost', cost, 0],
      ['usage.inputTokens', inputTokens, 0],
      ['usage.cachedTokens', cachedTokens, 0],
      ['usage.outputTokens', outputTokens, 0],
      ['usage.latency', latency, 0],
    ]);
    if (bad) return bad;
    const most = this.#kind === 'void' ? 0 : hold.amount;
    if (cost <= most) return null;
    return refuse(
      'invalid_request',
      `usage.cost is ${cost}, but ${most} micro-credits may be charged to this hold at most.`,
      {
        held: hold.amount,
      },
    );
  }
}

function loadHolds(block: Block, ids: readonly string[]): Map<string, HoldRow> {
  const rows = block.store.exec<HoldRow & Record<string, string | number | null>>(
    `SELECT id, amount, state, user_id, created_at FROM hold WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Charges and releases open holds: grants, allocations, budgets, hold rows and journal together. */
function endHolds(block: Block, kind: 'settle' | 'void', endings: readonly Ending[]): void {
  returnToGrants(block, endings);
  spend(
    block,
    endings.flatMap(({ hold, usage }) =>
      windowsOf({ userId: hold.user_id, createdAt: hold.created_at }).map((window) => ({
        ...window,
        held: -hold.amount,
        used: usage.cost,
      })),
    ),
  );
  block.store.exec(
    `UPDATE hold SET state = ?, ended_at = ?, ended_seq = e.seq, cost = e.cost, outcome = e.outcome,
       input_tokens = e.input, cached_tokens = e.cached, output_tokens = e.output, latency = e.latency
     FROM (SELECT value ->> 0 AS id, value ->> 1 AS cost, value ->> 2 AS outcome, value ->> 3 AS input,
             value ->> 4 AS cached, value ->> 5 AS output, value ->> 6 AS latency,
             (SELECT COALESCE(MAX(ended_seq), 0) FROM hold) + 1 + key AS seq FROM json_each(?)) AS e
     WHERE hold.id = e.id`,
    kind === 'settle' ? 'settled' : 'voided',
    block.now,
    JSON.stringify(
      endings.map(({ hold, usage: u }) => [
        hold.id,
        u.cost,
        u.outcome,
        u.inputTokens,
        u.cachedTokens,
        u.outputTokens,
        u.latency,
      ]),
    ),
  );
  post(
    block,
    endings.map(({ hold, usage: { cost } }) => ({
      kind,
      ref: hold.id,
      movements: [
        { debit: 'consumed', credit: 'held', amount: cost },
        { debit: 'available', credit: 'held', amount: hold.amount - cost },
      ],
    })),
  );
  touch(block, 'usage');
}

/** Takes each cost out of the hold's grants in burn order and gives the rest of the hold back to where it came from. */
function returnToGrants(block: Block, endings: readonly Ending[]): void {
  const ids = JSON.stringify(endings.map(({ hold }) => hold.id));
  const costs = new Map(endings.map(({ hold, usage }) => [hold.id, usage.cost]));
  const allocs = block.store.exec<{ hold_id: string; grant_id: number; amount: number }>(
    `SELECT a.hold_id, a.grant_id, a.amount FROM hold_alloc AS a JOIN "grant" AS g ON g.id = a.grant_id
     WHERE a.hold_id IN (SELECT value FROM json_each(?)) ORDER BY ${BURN_ORDER}`,
    ids,
  );
  const changes = new Map<number, { released: number; charged: number }>();
  for (const { hold_id, grant_id, amount } of allocs) {
    const cost = costs.get(hold_id) ?? 0;
    const charged = Math.min(cost, amount);
    costs.set(hold_id, cost - charged);
    const change = changes.get(grant_id) ?? { released: 0, charged: 0 };
    changes.set(grant_id, { released: change.released + amount, charged: change.charged + charged });
  }
  block.store.exec(
    `UPDATE "grant" SET held = held - c.released, remaining = remaining - c.charged
     FROM (SELECT value ->> 0 AS id, value ->> 1 AS released, value ->> 2 AS charged FROM json_each(?)) AS c
     WHERE "grant".id = c.id`,
    JSON.stringify([...changes].map(([id, c]) => [id, c.released, c.charged])),
  );
  block.store.exec('DELETE FROM hold_alloc WHERE hold_id IN (SELECT value FROM json_each(?))', ids);
}
