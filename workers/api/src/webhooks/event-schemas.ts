import { z } from '@hono/zod-openapi';
import { runSchema } from '../agents/schemas.ts';
import { proposalSummarySchema } from '../flows/proposal.schemas.ts';
import { flowSummarySchema } from '../flows/schemas.ts';

/** Every event there is and what it tells. Fields may be added later, events too: receivers pass over what is unknown. */

const credits = z.int().openapi({ description: 'Micro-credits.' });

const flowData = z.object({ flow: flowSummarySchema });
const runData = z.object({ run: runSchema });
const proposalData = z.object({ flowId: z.string(), proposal: proposalSummarySchema });
const creditsData = z.object({
  available: credits,
  percentUsed: z.int().optional().openapi({ description: 'Of what the alert counts, e.g. 80.' }),
  budget: z
    .string()
    .optional()
    .openapi({ description: 'The budget that is running out; absent for the whole workspace.' }),
});
const toppedUpData = z.object({
  available: credits,
  amount: credits,
  source: z.string().openapi({ description: 'Where they come from, e.g. `purchase`.' }),
});
const subscriptionData = z.object({
  subscription: z.object({
    plan: z.string(),
    status: z.string(),
    currentPeriodEnd: z.iso.datetime().nullable(),
    cancelAtPeriodEnd: z.boolean(),
  }),
});
const endpointData = z.object({
  endpoint: z.object({
    id: z.string(),
    url: z.string(),
    reason: z.enum(['failing', 'gone']),
    disabledAt: z.iso.datetime(),
  }),
});

const EVENT_DATA = {
  'flow.created': flowData,
  'flow.updated': flowData,
  'flow.deleted': flowData,
  'flow.restored': flowData,
  'run.succeeded': runData,
  'run.failed': runData,
  'run.cancelled': runData,
  'proposal.created': proposalData,
  'proposal.decided': proposalData,
  'credits.low': creditsData,
  'credits.exhausted': creditsData,
  'credits.topped_up': toppedUpData,
  'subscription.created': subscriptionData,
  'subscription.updated': subscriptionData,
  'subscription.past_due': subscriptionData,
  'subscription.ended': subscriptionData,
  'webhook_endpoint.disabled': endpointData,
  'webhook.test': z.object({ message: z.string() }),
} as const;

export type WebhookEventType = keyof typeof EVENT_DATA;
export type WebhookEventData<T extends WebhookEventType> = z.input<(typeof EVENT_DATA)[T]>;

export const EVENT_TYPES = Object.keys(EVENT_DATA) as [WebhookEventType, ...WebhookEventType[]];
const families = [...new Set(EVENT_TYPES.map((type) => `${type.split('.')[0] ?? ''}.*`))];

/** What an endpoint may ask for: events by name, families of them, or all. */
export const eventFilter = z.enum(['*', ...families, ...EVENT_TYPES] as [string, ...string[]]);

/** Whether an endpoint that asks for `filters` wants this event. */
export function wants(filters: readonly string[], type: WebhookEventType): boolean {
  return filters.some((filter) => filter === '*' || filter === type || filter === `${type.split('.')[0]}.*`);
}

type EventSchema<T extends WebhookEventType> = z.ZodObject<{
  id: z.ZodString;
  type: z.ZodLiteral<T>;
  timestamp: z.ZodISODateTime;
  data: (typeof EVENT_DATA)[T];
}>;

const events = EVENT_TYPES.map((type) =>
  z.object({
    id: z.string().openapi({ description: 'The same as `webhook-id`; names the event at each attempt.' }),
    type: z.literal(type),
    timestamp: z.iso.datetime().openapi({ description: 'When it happened.' }),
    data: EVENT_DATA[type],
  }),
) as unknown as [EventSchema<WebhookEventType>, ...EventSchema<WebhookEventType>[]];

/** The body of a delivery. */
export const webhookEventSchema = z
  .discriminatedUnion('type', events)
  .openapi('WebhookEvent', { description: 'What is POSTed to webhook endpoints.' });
