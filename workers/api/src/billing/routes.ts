import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { keyOf } from '../identity/principal.ts';
import type { AppEnv } from '../platform/env.ts';
import { newId } from '../platform/ids.ts';
import { decodeCursor, encodeCursor, pageQuery } from '../platform/pagination.ts';
import { defineRoute, json, jsonBody } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { PLAN_IDS, planOf, TOP_UP_IDS, TOP_UPS } from './plans.ts';
import {
  autoTopUpBody,
  autoTopUpSchema,
  changePlanBody,
  checkoutBody,
  hostedPageSchema,
  invoicePage,
  plansSchema,
  portalBody,
  returnUrlsBody,
  returnUrlsSchema,
  subscriptionSchema,
} from './schemas.ts';
import { billingService } from './service.ts';

export const billingRoutes = createRouter();

const listPlans = defineRoute({
  method: 'get',
  path: '/v1/billing/plans',
  operationId: 'listPlans',
  tags: ['Billing'],
  summary: 'Which plans and packs of credits there are',
  access: 'public',
  responses: { 200: json(plansSchema, 'Plans with their prices and limits, and packs of credits.') },
});

billingRoutes.openapi(listPlans, (c) => {
  c.header('Cache-Control', 'public, max-age=300');
  return c.json(
    {
      currency: 'usd' as const,
      plans: PLAN_IDS.map((id) => ({ id, ...planOf(id) })),
      topUps: TOP_UP_IDS.map((id) => ({ id, ...TOP_UPS[id] })),
    },
    200,
  );
});

/** Names a call towards Stripe: the same one again, with its `Idempotency-Key`, bears the same name. */
const operationOf = (c: Context<AppEnv>): string => c.var.operation?.seed ?? newId('req');
const workspaceOf = (c: Context<AppEnv>): string => keyOf(c.var.principal).workspaceId;

const UNSOLD = ['billing_unavailable'] as const;

const getSubscription = defineRoute({
  method: 'get',
  path: '/v1/billing/subscription',
  operationId: 'getSubscription',
  tags: ['Billing'],
  summary: 'Which plan the workspace is on, and what is due',
  access: ['key'],
  errors: UNSOLD,
  responses: { 200: json(subscriptionSchema, 'The plan in force, the subscription and what has happened.') },
});

billingRoutes.openapi(getSubscription, async (c) =>
  c.json(await billingService(c.env).subscription(workspaceOf(c)), 200),
);

const listInvoices = defineRoute({
  method: 'get',
  path: '/v1/billing/invoices',
  operationId: 'listInvoices',
  tags: ['Billing'],
  summary: 'List invoices',
  access: ['key'],
  errors: UNSOLD,
  request: { query: z.strictObject(pageQuery) },
  responses: { 200: json(invoicePage, 'Newest first.') },
});

const invoiceCursor = z.tuple([z.string().regex(/^in_\w{1,200}$/)]);

billingRoutes.openapi(listInvoices, async (c) => {
  const { limit, cursor } = c.req.valid('query');
  const after = cursor === undefined ? undefined : decodeCursor(cursor, invoiceCursor)[0];
  const { data, last } = await billingService(c.env).invoices(workspaceOf(c), limit, after);
  return c.json({ data, nextCursor: last === null ? null : encodeCursor(last) }, 200);
});

const createCheckout = defineRoute({
  method: 'post',
  path: '/v1/billing/checkout',
  operationId: 'createCheckout',
  tags: ['Billing'],
  summary: 'Open a page on which a plan or credits are bought',
  description:
    'Both URLs must be on the workspace’s list (`PUT /v1/billing/return-urls`). What was bought arrives once the ' +
    'payment is confirmed, whether the person returns or not.',
  access: ['key'],
  errors: [...UNSOLD, 'conflict', 'payment_failed'],
  request: { body: jsonBody(checkoutBody) },
  responses: { 201: json(hostedPageSchema, 'The page.') },
});

billingRoutes.openapi(createCheckout, async (c) => {
  const { successUrl, cancelUrl, ...buys } = c.req.valid('json');
  const page = await billingService(c.env).checkout({
    workspaceId: workspaceOf(c),
    buys,
    successUrl,
    cancelUrl,
    operation: operationOf(c),
  });
  return c.json(page, 201);
});

const createPortal = defineRoute({
  method: 'post',
  path: '/v1/billing/portal',
  operationId: 'createPortal',
  tags: ['Billing'],
  summary: 'Open a page for cards, invoices and cancelling',
  access: ['key'],
  errors: [...UNSOLD, 'payment_failed'],
  request: { body: { ...jsonBody(portalBody), required: false } },
  responses: { 201: json(hostedPageSchema, 'The page.') },
});

billingRoutes.openapi(createPortal, async (c) => {
  const { returnUrl } = c.req.valid('json');
  const page = await billingService(c.env).portal({
    workspaceId: workspaceOf(c),
    ...(returnUrl !== undefined && { returnUrl }),
    operation: operationOf(c),
  });
  return c.json(page, 201);
});

const postPlan = defineRoute({
  method: 'post',
  path: '/v1/billing/plan',
  operationId: 'changePlan',
  tags: ['Billing'],
  summary: 'Change, cancel or resume the plan',
  access: ['key'],
  errors: [...UNSOLD, 'conflict', 'payment_failed', 'credits_unavailable'],
  request: { body: jsonBody(changePlanBody) },
  responses: { 200: json(subscriptionSchema, 'The subscription as it is after the change.') },
});

billingRoutes.openapi(postPlan, async (c) => {
  const { plan } = c.req.valid('json');
  const input = { workspaceId: workspaceOf(c), plan, operation: operationOf(c) };
  return c.json(await billingService(c.env).changePlan(input), 200);
});

const putAutoTopUp = defineRoute({
  method: 'put',
  path: '/v1/billing/auto-top-up',
  operationId: 'setAutoTopUp',
  tags: ['Billing'],
  summary: 'Buy credits automatically when few are left',
  description:
    'Off unless set. One payment at a time, never above the monthly cap; after a decline it waits.',
  access: ['key'],
  errors: UNSOLD,
  request: { body: jsonBody(autoTopUpBody) },
  responses: { 200: json(autoTopUpSchema, 'As it is set now.') },
});

billingRoutes.openapi(putAutoTopUp, async (c) =>
  c.json(await billingService(c.env).setAutoTopUp(workspaceOf(c), c.req.valid('json')), 200),
);

const putReturnUrls = defineRoute({
  method: 'put',
  path: '/v1/billing/return-urls',
  operationId: 'setReturnUrls',
  tags: ['Billing'],
  summary: 'Set where people may be led back to after paying',
  access: ['key'],
  errors: UNSOLD,
  request: { body: jsonBody(returnUrlsBody) },
  responses: { 200: json(returnUrlsSchema, 'The list as it is kept.') },
});

billingRoutes.openapi(putReturnUrls, async (c) =>
  c.json(await billingService(c.env).setReturnUrls(workspaceOf(c), c.req.valid('json').urls), 200),
);
