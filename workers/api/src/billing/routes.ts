import { defineRoute, json } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { PLAN_IDS, planOf, TOP_UP_IDS, TOP_UPS } from './plans.ts';
import { plansSchema } from './schemas.ts';

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
