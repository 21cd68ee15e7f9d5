import { z } from '@hono/zod-openapi';
import { PLAN_IDS, TOP_UP_IDS } from './plans.ts';

const cents = (description: string) => z.number().int().openapi({ description, example: 2_900 });
const credits = (description: string) => z.number().int().openapi({ description, example: 3_000_000_000 });
const count = (description: string) => z.number().int().openapi({ description });

const planIdSchema = z.enum(PLAN_IDS);

const planSchema = z
  .object({
    id: planIdSchema,
    name: z.string(),
    pricePerMonth: cents('US cents a month.'),
    monthlyCredits: credits('Micro-credits that each paid month brings.'),
    rolloverCap: credits('Micro-credits of the last month that are carried into the next at most.'),
    requestsPerMinute: count('Requests of the workspace in a minute.'),
    members: count('People in the workspace.'),
    concurrentRuns: count('AI runs at a time; more wait in a queue.'),
    historyDays: count('Days for which a flow can be read back.'),
    overage: z
      .object({
        centsPerCredit: z.number().openapi({ description: 'US cents for a credit used beyond the balance.' }),
        capPerPeriod: credits('Micro-credits of overage in a billing period at most.'),
      })
      .nullable()
      .openapi({ description: 'null where runs are refused once the credits are used up.' }),
    trial: z
      .object({ days: count('Length of the trial.'), credits: credits('Micro-credits to try it with.') })
      .nullable(),
  })
  .openapi('Plan');

const topUpSchema = z
  .object({
    id: z.enum(TOP_UP_IDS),
    name: z.string(),
    price: cents('US cents, once.'),
    credits: credits('Micro-credits; bought ones never expire.'),
  })
  .openapi('TopUp');

export const plansSchema = z
  .object({ currency: z.literal('usd'), plans: z.array(planSchema), topUps: z.array(topUpSchema) })
  .openapi('Plans', { description: 'Cheapest first.' });
