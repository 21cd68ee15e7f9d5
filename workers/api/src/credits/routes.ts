import { z } from '@hono/zod-openapi';
import { keyOf, memberOf } from '../identity/principal.ts';
import { pageQuery } from '../platform/pagination.ts';
import { defineRoute, json, jsonBody } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import {
  balanceSchema,
  budgetsSchema,
  clientCreditsSchema,
  entryPage,
  pricingSchema,
  setBudgetsBody,
} from './schemas.ts';
import { creditsService } from './service.ts';

export const creditsRoutes = createRouter();

const FAILS_CLOSED =
  'When the ledger does not answer, this is 503 `credits_unavailable` with `Retry-After`: AI runs are ' +
  'refused alike, and nothing is charged.';

const getCredits = defineRoute({
  method: 'get',
  path: '/v1/credits',
  operationId: 'getCredits',
  tags: ['Credits'],
  summary: 'Read the balance',
  description: `A secret key sees the workspace's balance, a client token only its own user's budget. ${FAILS_CLOSED}`,
  access: ['key', 'client'],
  errors: ['credits_unavailable'],
  responses: {
    200: json(z.union([balanceSchema, clientCreditsSchema]), 'The balance, or the budget of the end user.'),
  },
});

creditsRoutes.openapi(getCredits, async (c) => {
  const principal = memberOf(c.var.principal);
  const service = creditsService(c.env);
  if (principal.kind === 'client') return c.json(await service.budget(principal), 200);
  return c.json(await service.balance(principal.workspaceId), 200);
});

const listEntries = defineRoute({
  method: 'get',
  path: '/v1/credits/entries',
  operationId: 'listCreditEntries',
  tags: ['Credits'],
  summary: 'List what has moved credits',
  description: FAILS_CLOSED,
  access: ['key'],
  errors: ['credits_unavailable'],
  request: { query: z.strictObject(pageQuery) },
  responses: { 200: json(entryPage, 'Newest first.') },
});

creditsRoutes.openapi(listEntries, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  return c.json(await creditsService(c.env).entries(workspaceId, c.req.valid('query')), 200);
});

const getBudgets = defineRoute({
  method: 'get',
  path: '/v1/credits/budgets',
  operationId: 'getBudgets',
  tags: ['Credits'],
  summary: 'Read the budgets',
  description: `What the workspace allows to keys, end users, tenants and agents. ${FAILS_CLOSED}`,
  access: ['key'],
  errors: ['credits_unavailable'],
  responses: { 200: json(budgetsSchema, 'Every budget, with what is left of it.') },
});

creditsRoutes.openapi(getBudgets, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  return c.json(await creditsService(c.env).budgets(workspaceId), 200);
});

const putBudgets = defineRoute({
  method: 'put',
  path: '/v1/credits/budgets',
  operationId: 'putBudgets',
  tags: ['Credits'],
  summary: 'Set the budgets',
  description:
    'Replaces all of them. A run that one of its budgets has no room for is 402 `budget_exceeded`; what was spent ' +
    'before a budget was set counts in it. The webhook events `credits.low` and `credits.exhausted` tell once a ' +
    'window when 80 % and all of a budget are used.',
  access: ['key'],
  errors: ['credits_unavailable', 'invalid_request'],
  request: { body: jsonBody(setBudgetsBody) },
  responses: { 200: json(budgetsSchema, 'The budgets as they now are.') },
});

creditsRoutes.openapi(putBudgets, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  return c.json(await creditsService(c.env).setBudgets(workspaceId, c.req.valid('json').budgets), 200);
});

const getPricing = defineRoute({
  method: 'get',
  path: '/v1/credits/pricing',
  operationId: 'getPricing',
  tags: ['Credits'],
  summary: 'What AI work costs',
  access: 'public',
  responses: { 200: json(pricingSchema, 'Prices of every model, in micro-credits.') },
});

creditsRoutes.openapi(getPricing, (c) => {
  c.header('Cache-Control', 'public, max-age=300');
  return c.json(creditsService(c.env).pricing(), 200);
});
