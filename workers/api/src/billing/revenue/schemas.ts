import { z } from '@hono/zod-openapi';

const utcDay = z.iso
  .date({ error: 'must be a UTC day in ISO 8601, e.g. 2026-11-01' })
  .transform((text) => Date.parse(text))
  .openapi({ type: 'string', example: '2026-11-01' });

export const revenueQuery = z.strictObject({
  from: utcDay.optional().openapi({ description: 'First UTC day; by default 30 days before `to`.' }),
  to: utcDay.optional().openapi({
    description: 'The UTC day after the last one; by default tomorrow. At most 366 days after `from`.',
  }),
});

const cents = (description: string) =>
  z
    .number()
    .int()
    .openapi({ description: `US cents. ${description}` });
const credits = (description: string) =>
  z
    .number()
    .int()
    .openapi({ description: `Micro-credits. ${description}` });
const count = z.number().int();

const creditFigures = z
  .object({
    sold: credits('Bought in packs.'),
    included: credits('Brought by plans, trials too.'),
    gifted: credits('Given by the operator.'),
    overage: credits('Used beyond the balance, to be invoiced.'),
    consumed: credits('What runs have cost.'),
    expired: credits('Expired, less what a late renewal brought back.'),
    clawedBack: credits('Taken back after refunds and disputes, less what was given back.'),
    debt: credits('Taken back beyond what was left, at the end.'),
    liability: credits('What customers have and have not used, at the end.'),
    liabilityCents: z.number().int().openapi({ description: '`liability` in US cents at list price.' }),
  })
  .openapi('RevenueCredits', {
    description:
      'Opening liability + sold + included + gifted + overage + rise of debt = consumed + expired + clawedBack + liability.',
  });

const figures = {
  mrr: cents('Monthly recurring revenue at the end.'),
  arr: cents('Twelve times `mrr`.'),
  newMrr: cents('Of customers who had never paid before.'),
  expansionMrr: cents('More from those who paid already.'),
  contractionMrr: cents('Less from those who still pay.'),
  churnMrr: cents('Of those who pay nothing any more.'),
  reactivationMrr: cents('Of those who had stopped and pay again.'),
  customers: z
    .object({ starter: count, professional: count, enterprise: count })
    .openapi({ description: 'Workspaces that pay, at the end.' }),
  credits: creditFigures,
};

export const revenueSchema = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    currency: z.literal('usd'),
    days: z.array(z.object({ day: z.iso.date(), ...figures }).openapi('RevenueDay')),
    totals: z
      .object({
        openingMrr: cents('Before the first day.'),
        openingDebt: credits('Before the first day.'),
        openingLiability: credits('Before the first day.'),
        ...figures,
      })
      .openapi('RevenueTotals', {
        description:
          'Movements are sums over the days. openingMrr + newMrr + expansionMrr + reactivationMrr − contractionMrr − churnMrr = mrr.',
      }),
  })
  .openapi('Revenue');
