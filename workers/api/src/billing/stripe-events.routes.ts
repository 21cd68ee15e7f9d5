import { z } from '@hono/zod-openapi';
import type { Env } from '../platform/env.ts';
import { defineRoute, json, jsonBody } from '../platform/route.ts';
import { createRouter } from '../platform/router.ts';
import { type Applied, stripeInbox } from './inbox.ts';
import { billingPorts } from './ports.ts';

export const stripeEventRoutes = createRouter();

/** Events replayed in one call; each may ask Stripe several times. */
const REPLAYED_AT_ONCE = 20;

const deadEvent = z
  .object({
    id: z.string().openapi({ example: 'evt_1Q…' }),
    type: z.string(),
    attempts: z.int(),
    error: z.string(),
    receivedAt: z.iso.datetime(),
  })
  .openapi('DeadStripeEvent');

const listDeadStripeEvents = defineRoute({
  method: 'get',
  path: '/v1/admin/stripe-events/dead',
  operationId: 'listDeadStripeEvents',
  tags: ['Operator'],
  summary: 'List events of Stripe that were given up',
  access: ['operator'],
  request: { query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(100) }) },
  responses: {
    200: json(z.object({ data: z.array(deadEvent) }).openapi('DeadStripeEvents'), 'Oldest first.'),
  },
});

stripeEventRoutes.openapi(listDeadStripeEvents, async (c) => {
  return c.json({ data: await stripeInbox(c.env).dead(c.req.valid('query').limit) }, 200);
});

const replayed = z
  .object({
    id: z.string(),
    state: z.enum(['done', 'unknown', 'retry', 'dead']).openapi({
      description: '`retry`: it failed again and is tried by itself from now on.',
    }),
    error: z.string().optional(),
  })
  .openapi('ReplayedStripeEvent');

const replayStripeEvents = defineRoute({
  method: 'post',
  path: '/v1/admin/stripe-events/replay',
  operationId: 'replayStripeEvents',
  tags: ['Operator'],
  summary: 'Replay events of Stripe that were given up',
  description: 'Each brings our state to what Stripe says now, so replaying one that is done does no harm.',
  access: ['operator'],
  request: {
    body: jsonBody(
      z
        .strictObject({
          ids: z
            .array(z.string().min(1).max(255))
            .min(1)
            .max(REPLAYED_AT_ONCE)
            .optional()
            .openapi({ description: `The oldest ${REPLAYED_AT_ONCE} that were given up when absent.` }),
        })
        .openapi('ReplayStripeEvents'),
    ),
  },
  responses: {
    200: json(z.object({ data: z.array(replayed) }).openapi('ReplayedStripeEvents'), 'What came of each.'),
  },
});

stripeEventRoutes.openapi(replayStripeEvents, async (c) => {
  const inbox = stripeInbox(c.env);
  const ids = c.req.valid('json').ids ?? (await inbox.dead(REPLAYED_AT_ONCE)).map(({ id }) => id);
  const data = [];
  for (const id of new Set(ids)) {
    const applied = await replayStripeEvent(c.env, id);
    data.push({ id, state: applied.state, ...('error' in applied && { error: applied.error }) });
  }
  return c.json({ data }, 200);
});

/** Tries an event that was given up (or any other) again, now. */
export async function replayStripeEvent(env: Env, id: string): Promise<Applied> {
  const inbox = stripeInbox(env);
  await inbox.revive(id);
  return inbox.apply(() => billingPorts(env), id);
}
