import type { GrantInput } from '../account.rpc.ts';
import type { Outcome } from '../../platform/errors.ts';
import type { Block } from './block.ts';
import { badNumber, MOST_GRANTED } from './checks.ts';
import { Answers, refuse } from './idempotency.ts';
import { available, post } from './journal.ts';

/** What is used up first has the lower number: gifts, then what comes with a plan, then what was paid for. */
const PRIORITY = { operator: 10, plan: 20, purchase: 30 } as const satisfies Record<
  GrantInput['source'],
  number
>;

/** Grants in the order in which they are used up: priority, earliest expiry, oldest. */
export const BURN_ORDER = 'priority, expires_at IS NULL, expires_at, id';

/** Adds credits, once per key. */
export function grant(block: Block, input: GrantInput): Outcome<{ entryId: string; available: number }> {
  const { key, source, amount, expiresAt, note } = input;
  const priority = input.priority ?? PRIORITY[source];
  const answers = new Answers<{ entryId: string; available: number }>(block, [`grant:${key}`]);
  const request = JSON.stringify([source, amount, priority, expiresAt ?? null]);
  const replay = answers.replay(`grant:${key}`, request);
  if (replay) return replay;
  const bad = badNumber([
    ['amount', amount, 1],
    ['priority', priority, 0],
    ['expiresAt', expiresAt ?? 0, 0],
  ]);
  if (bad) return bad;
  if (key === '') return refuse('invalid_request', 'key must not be empty.');
  if (expiresAt !== undefined && expiresAt <= block.now) {
    return refuse('invalid_request', 'expiresAt must lie in the future.');
  }
  const [granted] = block.store.exec<{ balance: number }>(
    `SELECT balance FROM account WHERE name = 'granted'`,
  );
  if (amount - (granted?.balance ?? 0) > MOST_GRANTED) {
    return refuse('limit_exceeded', `A workspace is granted ${MOST_GRANTED} micro-credits in total at most.`);
  }
  block.store.exec(
    `INSERT INTO "grant" (source, priority, amount, remaining, held, expires_at, note, created_at)
     VALUES (?, ?, ?, ?, 0, ?, ?, ?)`,
    source,
    priority,
    amount,
    amount,
    expiresAt ?? null,
    note ?? null,
    block.now,
  );
  const [entryId = ''] = post(block, [
    { kind: 'grant', ref: key, movements: [{ debit: 'available', credit: 'granted', amount }] },
  ]);
  const response = { ok: true as const, entryId, available: available(block) };
  answers.remember(`grant:${key}`, request, response);
  answers.save(block);
  return response;
}

/** Grants past their expiry lose what is left of them and not held. */
export function expireGrants(block: Block): void {
  const lost = block.store.exec<{ id: number; amount: number }>(
    `SELECT id, remaining - held AS amount FROM "grant"
     WHERE expires_at <= ? AND expires_at IS NOT NULL AND remaining > held ORDER BY expires_at, id`,
    block.now,
  );
  if (lost.length === 0) return;
  block.store.exec(
    `UPDATE "grant" SET remaining = held WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(lost.map(({ id }) => id)),
  );
  post(
    block,
    lost.map(({ id, amount }) => ({
      kind: 'expire',
      ref: `grant:${id}`,
      movements: [{ debit: 'expired', credit: 'available', amount }],
    })),
  );
}
