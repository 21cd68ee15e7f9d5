import { z } from '@hono/zod-openapi';
import { idPattern } from '../platform/ids.ts';
import { decodeCursor, pageOf, pageQuery } from '../platform/pagination.ts';
import { defineRoute, json, jsonBody } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { DRIFT_KINDS } from './ports.ts';
import { reconciliationService } from './service.ts';

export const reconciliationRoutes = createRouter();

const cursorKey = z.tuple([z.string()]);
const workspaceId = z.string().regex(idPattern('ws'), 'must be the id of a workspace');

const report = z
  .object({
    id: z.string(),
    workspaceId: z.string(),
    kind: z.enum(DRIFT_KINDS),
    subject: z.string().openapi({ description: 'What differs.', example: 'entry 17' }),
    expected: z
      .string()
      .openapi({ description: 'What the authority says: the ledger, or Stripe for payments.' }),
    found: z.string(),
    repaired: z.boolean().openapi({ description: 'Only copies are mended, never the ledger.' }),
    at: z.iso.datetime().openapi({ description: 'First seen.' }),
    seenAt: z.iso.datetime().openapi({ description: 'Last seen.' }),
  })
  .openapi('Drift');

const listReconciliation = defineRoute({
  method: 'get',
  path: '/v1/admin/reconciliation',
  operationId: 'listReconciliation',
  tags: ['Operator'],
  summary: 'List what reconciliation has found',
  access: ['operator'],
  request: { query: z.strictObject({ ...pageQuery, workspaceId: workspaceId.optional() }) },
  responses: { 200: json(pageOf(report, 'DriftPage'), 'Newest first.') },
});

reconciliationRoutes.openapi(listReconciliation, async (c) => {
  const { limit, cursor, workspaceId: only } = c.req.valid('query');
  const before = cursor === undefined ? undefined : decodeCursor(cursor, cursorKey)[0];
  return c.json(await reconciliationService(c.env).list(only, before, limit), 200);
});

const runReconciliation = defineRoute({
  method: 'post',
  path: '/v1/admin/reconciliation/run',
  operationId: 'runReconciliation',
  tags: ['Operator'],
  summary: 'Reconcile a workspace now, or the next ones in turn',
  access: ['operator'],
  errors: ['not_found', 'credits_unavailable', 'billing_unavailable'],
  request: {
    body: jsonBody(
      z
        .strictObject({
          workspaceId: workspaceId
            .optional()
            .openapi({ description: 'Without it, the next workspaces after those of the last run.' }),
        })
        .openapi('ReconciliationRun'),
    ),
  },
  responses: {
    200: json(
      z
        .object({
          workspaces: z.number().int().openapi({ description: 'How many were looked at.' }),
          failed: z.number().int().openapi({ description: 'Of those, how many could not be read.' }),
          drifts: z.number().int().openapi({ description: 'What was found, repaired or not.' }),
        })
        .openapi('ReconciliationResult'),
      'What was done.',
    ),
  },
});

reconciliationRoutes.openapi(runReconciliation, async (c) => {
  const { workspaceId: only } = c.req.valid('json');
  const service = reconciliationService(c.env);
  return c.json(only === undefined ? await service.next() : await service.one(only), 200);
});
