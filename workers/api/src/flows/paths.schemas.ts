import { z } from '@hono/zod-openapi';
import { LIMITS } from '@uxflow/flow';
import { PATH_LIMITS } from '@uxflow/flow/paths';

const steps = (what: string) =>
  z
    .string()
    .min(1)
    .max(20 * (LIMITS.id + 1))
    .transform((list) => list.split(','))
    .optional()
    .openapi({ description: `${what}, separated by commas.`, type: 'string', example: 'form,confirm' });

/** Fewer than the package gives at most: an answer stays a few megabytes. */
const MOST = 1_000;

export const pathsQuery = z.strictObject({
  kind: z
    .enum(['all', 'shortest', 'coverage'])
    .default('all')
    .openapi({ description: 'Every way; the shortest one; or few ways that take every transition.' }),
  from: steps('Node ids where paths begin instead of the starts'),
  to: steps('Node ids where paths are complete instead of the ends'),
  loops: z.coerce.number().int().min(0).max(PATH_LIMITS.loops).default(PATH_LIMITS.defaultLoops).openapi({
    type: 'integer',
    minimum: 0,
    maximum: PATH_LIMITS.loops,
    default: PATH_LIMITS.defaultLoops,
    description: 'For `all`: how often a path may come back to the same step.',
  }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST)
    .default(100)
    .openapi({ description: 'At most so many paths.' }),
});

const count = z.int().min(0);

export const pathsSchema = z
  .object({
    clock: count.openapi({ description: "The flow's commit counter." }),
    paths: z.array(
      z
        .object({
          nodeIds: z.array(z.string()).openapi({ description: 'One more than the transitions.' }),
          edgeIds: z.array(z.string()),
        })
        .openapi('FlowPath'),
    ),
    complete: z.boolean().openapi({
      description:
        'False when there are more paths than were listed; for `coverage`, when transitions that a path could take are left.',
    }),
    uncovered: z
      .array(z.string())
      .openapi({ description: 'For `coverage`: transitions on none of the paths; else empty.' }),
    complexity: z
      .object({
        steps: count,
        transitions: count,
        decisions: count,
        starts: count,
        ends: count,
        cyclomatic: count.openapi({ description: 'Linearly independent ways through the flow.' }),
        loops: count.openapi({ description: 'Groups of steps that lead back to themselves.' }),
        depth: count.openapi({ description: 'Transitions from a start to the farthest step.' }),
        shortest: count.nullable().openapi({ description: 'Transitions from a start to the nearest end.' }),
        widest: count.openapi({ description: 'The most ways that lead out of one step.' }),
        density: z.number().openapi({ description: 'Transitions per step.' }),
      })
      .openapi('FlowComplexity'),
  })
  .openapi('PathReport');
