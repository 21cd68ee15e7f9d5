import { z } from 'zod';
import type { ClientPrincipal } from '../identity/principal.ts';
import type { Env } from '../platform/env.ts';
import { unwrap } from '../platform/errors.ts';
import { workspaceAccount } from '../platform/objects.ts';
import { decodeCursor, encodeCursor } from '../platform/pagination.ts';
import type { Balance, BudgetRule, BudgetState } from './account.rpc.ts';
import { PRICES } from './pricing.ts';
import { clientCredits } from './views.ts';

const cursorKey = z.tuple([z.number().int().positive()]);

export function creditsService(env: Env) {
  return {
    balance: (workspaceId: string): Promise<Balance> => workspaceAccount(env, workspaceId).balance(),

    /** What is left to the end user of a client token. */
    budget: async ({ workspaceId, user, budget }: ClientPrincipal) => {
      if (!budget) return clientCredits(null);
      const { credits: limit, per } = budget;
      const state = await workspaceAccount(env, workspaceId).budget({ scope: `user:${user.id}`, limit, per });
      return clientCredits({ ...state, per });
    },

    /** Newest first. */
    entries: async (workspaceId: string, page: { cursor?: string | undefined; limit: number }) => {
      const before = page.cursor === undefined ? undefined : String(decodeCursor(page.cursor, cursorKey)[0]);
      const { data, nextCursor } = await workspaceAccount(env, workspaceId).entries({
        limit: page.limit,
        ...(before !== undefined && { cursor: before }),
      });
      return { data, nextCursor: nextCursor === null ? null : encodeCursor(Number(nextCursor)) };
    },

    budgets: async (workspaceId: string) => shown(await workspaceAccount(env, workspaceId).budgets()),

    /** Replaces all budgets of the workspace. @throws ApiError `invalid_request`, when one is set twice. */
    setBudgets: async (workspaceId: string, rules: BudgetRule[]) => {
      const account = workspaceAccount(env, workspaceId);
      unwrap(await account.setBudgets(rules));
      return shown(await account.budgets());
    },

    pricing: () => ({ models: Object.entries(PRICES).map(([model, price]) => ({ model, ...price })) }),
  };
}

function shown(budgets: BudgetState[]) {
  return {
    budgets: budgets.map(({ resetsAt, ...state }) => ({
      ...state,
      resetsAt: new Date(resetsAt).toISOString(),
    })),
  };
}
