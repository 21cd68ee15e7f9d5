import type { GrantInput } from '../account.rpc.ts';
import type { Outcome, Refusal } from '../../platform/errors.ts';
import { emit } from './alerts.ts';
import { record } from './audit.ts';
import type { Block } from './block.ts';
import { badNumber, MOST_GRANTED } from './checks.ts';
import { Answers, refuse } from './idempotency.ts';
import { available, balanceOf, post } from './journal.ts';
import { insertGrant } from './grant-rows.ts';
import { credited } from './payments.ts';
import { tidy } from './tidy.ts';

/** What is used up first has the lower number: gifts, then what comes with a plan, then what was paid for. */
export const PRIORITY = { operator: 10, plan: 20, purchase: 30 } as const satisfies Record<
  GrantInput['source'],
  number
>;

export type Granted = Outcome<{ entryId: string; available: number }>;

/** Adds credits, once per key. `available` is what is left after they have paid what is owed. */
export function grant(block: Block, input: GrantInput): Granted {
  const { key, source, amount, expiresAt, paymentIntent } = input;
  const priority = input.priority ?? PRIORITY[source];
  const asked = [source, amount, priority, expiresAt ?? null, paymentIntent ?? null];
  const announced = () => announce(block, input);
  return once(block, { key, asked, announced }, () => {
    const bad = badNumber([
      ['amount', amount, 1],
      ['priority', priority, 0],
      ['expiresAt', expiresAt ?? 0, 0],
    ]);
    if (bad) return bad;
    if (expiresAt !== undefined && expiresAt <= block.now) {
      return refuse('invalid_request', 'expiresAt must lie in the future.');
    }
    return addGrant(block, { ...input, priority });
  });
}

/** Tells of credits that were bought, once it is known what is left of them. */
function announce(block: Block, { source, amount }: GrantInput): void {
  if (source !== 'purchase') return;
  emit(block, [{ type: 'credits.topped_up', data: { available: available(block), amount, source } }]);
}

/**
 * Answers a key of `grant` or `renewPlan`: both add credits, so a key used for one is used for the other too.
 * @param by `asked` begins with the source (or `renew`) and ends with the payment: the outbox reads them from there.
 */
export function once(
  block: Block,
  by: { key: string; asked: readonly unknown[]; announced?: () => void },
  add: () => { entryId: string } | Refusal,
): Granted {
  const { key, asked, announced } = by;
  const answers = new Answers<{ entryId: string; available: number }>(block, [`grant:${key}`]);
  const request = JSON.stringify(asked);
  const replay = answers.replay(`grant:${key}`, request);
  if (replay) return replay;
  if (key === '') return refuse('invalid_request', 'key must not be empty.');
  const added = add();
  if ('ok' in added) return added;
  tidy(block);
  announced?.();
  const response = { ok: true as const, entryId: added.entryId, available: available(block) };
  answers.remember(`grant:${key}`, request, response);
  answers.save(block);
  return response;
}

export function addGrant(
  block: Block,
  input: GrantInput & { priority: number },
): { entryId: string } | Refusal {
  const { key, source, amount, paymentIntent } = input;
  if (amount - balanceOf(block, 'granted') > MOST_GRANTED) {
    return refuse('limit_exceeded', `A workspace is granted ${MOST_GRANTED} micro-credits in total at most.`);
  }
  insertGrant(block, input);
  const [entryId = ''] = post(block, [
    { kind: 'grant', ref: key, movements: [{ debit: 'available', credit: 'granted', amount }] },
  ]);
  if (paymentIntent !== undefined) credited(block, paymentIntent, amount);
  block.balance.filled = true;
  const origin = { key, source, amount, ...(paymentIntent !== undefined && { paymentIntent }) };
  record(block, { action: 'credits.granted', target: 'workspace', detail: origin });
  return { entryId };
}
