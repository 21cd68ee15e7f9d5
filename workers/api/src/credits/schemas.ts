import { z } from '@hono/zod-openapi';
import { pageOf } from '../platform/pagination.ts';

const amount = (description: string) => z.number().int().openapi({ description, example: 12_500_000 });

export const balanceSchema = z
  .object({
    available: amount('What new runs may use; excludes `held`.'),
    held: amount('Reserved by runs that have not ended.'),
    granted: amount('All that was ever granted.'),
    consumed: amount('All that runs have cost.'),
    expired: amount('All that has expired unused.'),
    clawedBack: amount('All that was taken back after refunds and disputes.'),
    debt: amount('What was taken back beyond what was left.'),
  })
  .openapi('Balance', {
    description: 'Micro-credits. granted + debt = available + held + consumed + expired + clawedBack.',
  });

export const clientCreditsSchema = z
  .object({
    budget: z
      .object({
        limit: amount('What the token allows in a window.'),
        per: z.enum(['day', 'month']).openapi({ description: 'The window: a UTC day or calendar month.' }),
        used: amount('What this user has spent in the present window, with whichever token.'),
        held: amount("Reserved by this user's runs that have not ended."),
        remaining: amount('What is left of the limit.'),
        resetsAt: z.iso.datetime().openapi({ description: 'When the next window begins.' }),
      })
      .nullable()
      .openapi({ description: 'null when the token sets no budget.' }),
  })
  .openapi('ClientCredits', {
    description: "What a client token sees: its own user's budget, never the workspace's balance.",
  });

const entrySchema = z
  .object({
    id: z.string().openapi({ example: 'ent_01KA3Y5V0D3T0X1W9G2B7C4M8Q' }),
    kind: z.enum(['grant', 'hold', 'settle', 'void', 'expire', 'rollover', 'reverse', 'repay', 'overage']),
    amount: amount('Signed change of `available`.'),
    held: amount('Signed change of `held`.'),
    ref: z.string().openapi({ description: 'What it is about: the id of a run, or the key of a grant.' }),
    at: z.iso.datetime(),
  })
  .openapi('LedgerEntry');

export const entryPage = pageOf(entrySchema, 'LedgerEntryPage');

const price = (description: string) => z.number().int().positive().openapi({ description });

export const pricingSchema = z
  .object({
    models: z.array(
      z
        .object({
          model: z
            .string()
            .openapi({ description: '`openai-compatible` stands for every model behind that endpoint.' }),
          inputPer1k: price('For 1,000 prompt tokens.'),
          cachedPer1k: price("For 1,000 prompt tokens read from the provider's cache."),
          outputPer1k: price('For 1,000 tokens written, thinking included.'),
          minimumPerRun: price('The least that a run costs which costs anything.'),
        })
        .openapi('ModelPrice'),
    ),
  })
  .openapi('Pricing', { description: 'Micro-credits.' });

const budgetRule = {
  scope: z.enum(['key', 'user', 'tenant', 'agent']).openapi({ description: 'What is counted.' }),
  id: z.string().min(1).max(200).openapi({
    description: 'Of the API key, end user, tenant or agent; `*` is each one that has no budget of its own.',
    example: '*',
  }),
  per: z.enum(['day', 'month']).openapi({ description: 'A UTC day or calendar month.' }),
  credits: amount('What may be spent in each window.').min(0),
};

export const setBudgetsBody = z
  .strictObject({ budgets: z.array(z.strictObject(budgetRule)).max(1_000) })
  .openapi('SetBudgets', { description: 'All budgets at once; an empty list removes them.' });

export const budgetsSchema = z
  .object({
    budgets: z.array(
      z
        .object({
          ...budgetRule,
          used: amount('Spent in the present window. Absent for `*`.').optional(),
          held: amount('Reserved by runs that have not ended. Absent for `*`.').optional(),
          remaining: amount('What is left. Absent for `*`.').optional(),
          resetsAt: z.iso.datetime().openapi({ description: 'When the next window begins.' }),
        })
        .openapi('Budget'),
    ),
  })
  .openapi('Budgets');
