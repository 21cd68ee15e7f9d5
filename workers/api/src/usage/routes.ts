import { accepts } from 'hono/accepts';
import { z } from '@hono/zod-openapi';
import { keyOf } from '../identity/principal.ts';
import { defineRoute } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { toCsv } from '../platform/csv.ts';
import { usageQuery, usageSchema } from './schemas.ts';
import { usageService } from './service.ts';

export const usageRoutes = createRouter();

const CSV_COLUMNS = [
  'group',
  'runs',
  'succeeded',
  'failed',
  'cancelled',
  'inputTokens',
  'cachedTokens',
  'outputTokens',
  'cost',
  'latency',
] as const;

const getUsage = defineRoute({
  method: 'get',
  path: '/v1/usage',
  operationId: 'getUsage',
  tags: ['Credits'],
  summary: 'Report what runs have used',
  description:
    'Costs over all time add up to `consumed` of the balance. With `Accept: text/csv` the groups come as CSV.',
  access: ['key'],
  errors: ['credits_unavailable'],
  request: { query: usageQuery },
  responses: {
    200: {
      description: 'Days in order; other groups by cost, dearest first.',
      content: { 'application/json': { schema: usageSchema }, 'text/csv': { schema: z.string() } },
    },
  },
});

usageRoutes.openapi(getUsage, async (c) => {
  const { workspaceId } = keyOf(c.var.principal);
  const report = await usageService(c.env).report(workspaceId, c.req.valid('query'));
  c.header('Vary', 'Accept', { append: true });
  const type = accepts(c, {
    header: 'Accept',
    supports: ['application/json', 'text/csv'],
    default: 'application/json',
  });
  if (type !== 'text/csv') return c.json(report, 200);
  return c.body(toCsv(CSV_COLUMNS, report.data), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="usage-by-${report.groupBy}.csv"`,
  });
});
