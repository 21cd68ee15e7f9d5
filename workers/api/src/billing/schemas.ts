import { z } from '@hono/zod-openapi';
import { pageOf } from '../platform/pagination.ts';
import { PAID_PLAN_IDS, PLAN_IDS, TOP_UP_IDS, TOP_UPS } from './plans.ts';
import { SUBSCRIPTION_STATES } from './tables.ts';

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

const time = (description: string) => z.iso.datetime().nullable().openapi({ description });
/** Micro-credits and cents stay far below what a number holds exactly. */
const MOST = 1_000_000_000_000;

const autoTopUpFields = {
  enabled: z.boolean(),
  topUp: z.enum(TOP_UP_IDS).openapi({ description: 'The pack that is bought.' }),
  threshold: z
    .number()
    .int()
    .min(0)
    .max(MOST)
    .openapi({ description: 'Micro-credits: a pack is bought when less is left.' }),
  monthlyCap: z
    .number()
    .int()
    .min(0)
    .max(100_000_000)
    .openapi({ description: 'US cents that may be charged this way in a calendar month (UTC).' }),
};

export const autoTopUpSchema = z
  .object({ ...autoTopUpFields, spentThisMonth: cents('US cents charged this way in the present month.') })
  .openapi('AutoTopUp');

export const autoTopUpBody = z
  .strictObject(autoTopUpFields)
  .refine(({ enabled, topUp, monthlyCap }) => !enabled || monthlyCap >= TOP_UPS[topUp].price, {
    path: ['monthlyCap'],
    message: 'must be at least the price of one pack',
  })
  .openapi('PutAutoTopUp');

export const subscriptionSchema = z
  .object({
    plan: planIdSchema.openapi({ description: 'The plan whose limits count now.' }),
    state: z.enum(['none', ...SUBSCRIPTION_STATES]),
    message: z.string().openapi({ description: 'The state in words, for the people who pay.' }),
    subscription: z
      .object({
        plan: planIdSchema.openapi({ description: 'What is subscribed to, paid for or not.' }),
        pricePerMonth: cents('US cents a month.'),
        periodStart: z.iso.datetime(),
        periodEnd: z.iso.datetime(),
        trialEndsAt: time('When the trial ends and the first payment is due.'),
        endsAt: time('When it ends, if it was cancelled.'),
        nextPlan: planIdSchema
          .nullable()
          .openapi({ description: 'The plan that begins with the next period.' }),
        pendingPlan: planIdSchema
          .nullable()
          .openapi({ description: 'A plan whose payment is not confirmed yet.' }),
        owedSince: time('Since when a payment is owed.'),
        payUrl: z
          .string()
          .nullable()
          .openapi({ description: 'Where the open invoice is paid or confirmed.' }),
      })
      .nullable(),
    autoTopUp: autoTopUpSchema,
    returnUrls: z.array(z.string()),
    notices: z
      .array(z.object({ kind: z.string(), detail: z.string(), at: z.iso.datetime() }))
      .openapi({ description: 'What has happened, newest first, at most 20.' }),
  })
  .openapi('Subscription');

const returnUrl = z.string().min(1).max(2_000);

export const returnUrlsBody = z
  .strictObject({
    urls: z
      .array(returnUrl)
      .max(50)
      .openapi({
        description:
          'A URL to which people return must begin with one of these: an origin, or a path within it.',
        example: ['https://app.example.com/billing'],
      }),
  })
  .openapi('PutReturnUrls');
export const returnUrlsSchema = z.object({ urls: z.array(z.string()) }).openapi('ReturnUrls');

const urls = { successUrl: returnUrl, cancelUrl: returnUrl };
export const checkoutBody = z
  .union([
    z.strictObject({ plan: z.enum(PAID_PLAN_IDS), ...urls }),
    z.strictObject({ topUp: z.enum(TOP_UP_IDS), ...urls }),
  ])
  .openapi('CreateCheckout', { description: 'Either a plan or a pack of credits.' });

export const portalBody = z
  .strictObject({
    returnUrl: returnUrl
      .optional()
      .openapi({ description: 'The first of the list of return URLs unless told.' }),
  })
  .openapi('CreatePortal');

export const hostedPageSchema = z
  .object({ url: z.string().openapi({ description: 'Lead the person there.' }) })
  .openapi('HostedPage');

export const changePlanBody = z
  .strictObject({
    plan: planIdSchema.openapi({
      description:
        'Dearer: at once, the difference is charged now. Cheaper, or `free`, which cancels: at the end of the period. ' +
        'The present one: takes back a planned change or end, and resumes what was paused.',
    }),
  })
  .openapi('ChangePlan');

export const invoicePage = pageOf(
  z
    .object({
      id: z.string(),
      number: z.string().nullable(),
      status: z.string().openapi({ example: 'paid' }),
      total: cents('In the smallest unit of the currency.'),
      currency: z.string(),
      createdAt: z.iso.datetime(),
      url: z.string().nullable().openapi({ description: 'Page on which it is read and paid.' }),
      pdfUrl: z.string().nullable(),
    })
    .openapi('Invoice'),
  'InvoicePage',
);
