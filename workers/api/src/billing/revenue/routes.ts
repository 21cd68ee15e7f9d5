import { accepts } from 'hono/accepts';
import { z } from '@hono/zod-openapi';
import { toCsv } from '../../platform/csv.ts';
import { defineRoute } from '../../platform/route.ts';
import { createRouter } from '../../platform/router.ts';
import { flatRow, REVENUE_COLUMNS } from './report.ts';
import { revenueQuery, revenueSchema } from './schemas.ts';
import { revenueService } from './service.ts';

export const revenueRoutes = createRouter();

const getRevenue = defineRoute({
  method: 'get',
  path: '/v1/admin/revenue',
  operationId: 'getRevenue',
  tags: ['Operator'],
  summary: 'Report recurring revenue and credits by day',
  description:
    'Of all workspaces. Definitions are in docs/revenue.md. With `Accept: text/csv` the days come as CSV.',
  access: ['operator'],
  request: { query: revenueQuery },
  responses: {
    200: {
      description: 'UTC days in order, and the whole range.',
      content: { 'application/json': { schema: revenueSchema }, 'text/csv': { schema: z.string() } },
    },
  },
});

revenueRoutes.openapi(getRevenue, async (c) => {
  const report = await revenueService(c.env).report(c.req.valid('query'));
  c.header('Vary', 'Accept', { append: true });
  const type = accepts(c, {
    header: 'Accept',
    supports: ['application/json', 'text/csv'],
    default: 'application/json',
  });
  if (type !== 'text/csv') return c.json(report, 200);
  return c.body(toCsv(REVENUE_COLUMNS, report.days.map(flatRow)), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="revenue-${report.from}-${report.to}.csv"`,
  });
});
