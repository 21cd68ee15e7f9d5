import { price } from '../credits/pricing.ts';
import type { WorkspaceAccountRpc } from '../credits/account.rpc.ts';
import type { Outcome } from '../platform/errors.ts';
import type { RunOutcome } from './loop/ports.ts';
import type { Bill } from './run-log.ts';
import type { RunItem, StartInput } from './run.rpc.ts';

const NO_COST: { items: RunItem[]; cost: number } = { items: [], cost: 0 };

/** Reserves what the run may cost at most, once. */
export function holdFor(
  account: WorkspaceAccountRpc,
  { runId, quote, holdUntil, flowId, agent, model, principal, tenantId }: StartInput,
): ReturnType<WorkspaceAccountRpc['hold']> {
  return account.hold({
    holdId: runId,
    amount: quote,
    expiresAt: holdUntil,
    flowId,
    agent,
    model,
    keyId: principal.keyId,
    ...(tenantId !== undefined && { tenantId }),
    ...(principal.kind === 'client' && { userId: principal.user.id }),
    ...(principal.kind === 'client' && principal.budget && { budget: principal.budget }),
  });
}

/** What the workspace has left after a request to hold (micro-credits), as far as the answer tells. */
export function leftAfter(held: Outcome<{ available: number }>): number | null {
  if (held.ok) return held.available;
  // Of a used-up budget the answer tells what is left of that.
  const left = held.code === 'insufficient_credits' ? held.extra?.['available'] : undefined;
  return typeof left === 'number' ? left : null;
}

/** Gives back what a run that never began may have held. */
export async function releaseHold(account: WorkspaceAccountRpc, { runId }: StartInput): Promise<void> {
  const released = await account.void({
    holdId: runId,
    usage: { cost: 0, outcome: 'failed', inputTokens: 0, cachedTokens: 0, outputTokens: 0, latency: 0 },
  });
  // The request to hold may never have arrived.
  if (!released.ok && released.code !== 'not_found')
    throw new Error(`the hold is not released: ${released.detail}`);
}

/** @param charged whether anything of the run remains that can be paid for. */
export function makeBill({ model, quote }: StartInput, { usage }: RunOutcome, charged: boolean): Bill {
  const used = usage.inputTokens + usage.outputTokens > 0;
  return {
    charged,
    endedAt: Date.now(),
    ...(charged && used ? price([{ model, ...usage }], quote) : NO_COST),
  };
}

/**
 * Ends the run's hold as its bill says.
 * @returns what has been charged: nothing when the run has outlived its hold, which the ledger has released by itself.
 */
export async function endHold(
  account: WorkspaceAccountRpc,
  { input, startedAt }: { input: StartInput; startedAt: number },
  { status, usage }: RunOutcome,
  bill: Bill,
): Promise<{ items: RunItem[]; cost: number; outlived: boolean }> {
  const request = {
    holdId: input.runId,
    usage: { ...usage, cost: bill.cost, outcome: status, latency: bill.endedAt - startedAt },
  };
  const ended = bill.charged ? await account.settle(request) : await account.void(request);
  if (ended.ok) return { items: bill.items, cost: bill.cost, outlived: false };
  if (ended.code !== 'conflict') throw new Error(`the hold does not end: ${ended.detail}`);
  return { ...NO_COST, outlived: true };
}
