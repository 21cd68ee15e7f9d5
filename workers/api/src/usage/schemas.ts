import { z } from '@hono/zod-openapi';
import { GROUPINGS } from './figures.ts';

/** A moment (`2026-11-22T10:00:00Z`) or a UTC day (`2026-11-22`), which is its first moment. */
const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: 'must be a date or a time in ISO 8601' })
  .transform((text) => Date.parse(text))
  .openapi({ type: 'string', example: '2026-11-01' });

export const usageQuery = z.strictObject({
  from: moment
    .optional()
    .openapi({ description: 'Runs that ended then or later; by default 30 days before `to`.' }),
  to: moment.optional().openapi({
    description: 'Runs that ended earlier than that; by default now. At most 366 days after `from`.',
  }),
  groupBy: z
    .enum(GROUPINGS)
    .default('day')
    .openapi({ description: 'What makes a group; days are UTC days.' }),
});

const figures = {
  runs: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
  inputTokens: z.number().int().openapi({ description: 'Prompt tokens, cached ones included.' }),
  cachedTokens: z.number().int(),
  outputTokens: z.number().int(),
  cost: z.number().int().openapi({ description: 'Micro-credits.' }),
  latency: z.number().int().openapi({ description: 'Milliseconds of all runs together.' }),
};

export const usageSchema = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    groupBy: z.enum(GROUPINGS),
    data: z.array(
      z
        .object({
          group: z.string().nullable().openapi({
            description: 'The day or the id; null for runs without one (no end user, no tenant).',
          }),
          ...figures,
        })
        .openapi('UsageGroup'),
    ),
    totals: z.object(figures).openapi('UsageTotals'),
    truncated: z
      .boolean()
      .openapi({ description: 'True when there are more than 10,000 groups; `totals` has them all.' }),
  })
  .openapi('Usage');
