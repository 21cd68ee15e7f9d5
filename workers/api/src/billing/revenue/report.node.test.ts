import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAN_IDS, planOf } from '../plans.ts';
import { creditFigures, type CreditSums } from './credits.ts';
import { type Change, MrrFold } from './mrr.ts';
import { revenueReport } from './report.ts';
import { CHANGES, EXPECTED } from './testing/example.ts';

const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 0, 1);
const seed = Number(process.env['REVENUE_SEED'] ?? Date.now() % 2 ** 31);
const NO_LEDGERS = { opening: { debt: 0, liability: 0 }, byDay: new Map<number, CreditSums>() };

function byCustomer(changes: readonly Change[]): Change[][] {
  const ids = [...new Set(changes.map(({ workspaceId }) => workspaceId))];
  return ids.map((id) => changes.filter(({ workspaceId }) => workspaceId === id));
}

function fold(changes: readonly Change[], from: number, days: number) {
  const mrr = new MrrFold(from, days);
  for (const history of byCustomer(changes)) mrr.addHistory(history);
  return mrr.result();
}

describe('revenue of the hand-worked example of 20 customers', () => {
  it.each(EXPECTED)('is what the table says for $from to $to', ({ from, to, recurring }) => {
    const start = Date.parse(from);
    const mrr = fold(CHANGES, start, (Date.parse(to) - start) / DAY);
    const { totals } = revenueReport(mrr, NO_LEDGERS);
    expect(totals).toMatchObject(recurring);
  });

  it('stands day by day: nobody counts before paying, and nobody after leaving', () => {
    const { days } = fold(CHANGES, FIRST, 181);
    const on = (day: string) => days.find((each) => each.day === Date.parse(`2026-${day}`))?.mrr;
    expect([on('01-04'), on('01-05'), on('01-07'), on('01-08')]).toEqual([0, 5_800, 5_800, 15_700]);
    // A trial that became paid, an upgrade undone, a return on the day of leaving.
    expect([on('02-07'), on('02-08')]).toEqual([91_200, 94_100]);
    expect(on('03-09')).toBe(on('03-08'));
    expect(on('05-01')).toBe(on('04-30'));
  });
});

/** Histories in which plans, prices, trials and times collide, also times that go back. */
const histories: fc.Arbitrary<Change[]> = fc
  .array(
    fc.record({
      customer: fc.nat({ max: 5 }),
      at: fc.integer({ min: FIRST - 5 * DAY, max: FIRST + 25 * DAY }),
      toPlan: fc.constantFrom(...PLAN_IDS),
      paid: fc.constantFrom(0, 1, 1, 2),
    }),
    { maxLength: 40 },
  )
  .chain((steps) => fc.boolean().map((inOrder) => (inOrder ? steps.toSorted((a, b) => a.at - b.at) : steps)))
  .map((steps) =>
    steps.map(({ customer, at, toPlan, paid }, seq) => ({
      workspaceId: `ws_${customer}`,
      seq,
      at,
      toPlan,
      monthlyCents: planOf(toPlan).pricePerMonth * paid,
    })),
  );
const ranges = fc.record({
  start: fc.integer({ min: -6, max: 25 }),
  length: fc.integer({ min: 1, max: 30 }),
});

describe(`revenue of any history (REVENUE_SEED=${seed})`, () => {
  it('opening MRR and what came and went make up the MRR of every day, and sums over days those of the range', () => {
    fc.assert(
      fc.property(histories, ranges, (changes, { start, length }) => {
        const { days, totals } = revenueReport(fold(changes, FIRST + start * DAY, length), NO_LEDGERS);
        let mrr = totals.openingMrr;
        for (const day of days) {
          const came = day.newMrr + day.expansionMrr + day.reactivationMrr;
          mrr += came - day.contractionMrr - day.churnMrr;
          expect(day.mrr).toBe(mrr);
          expect(day.arr).toBe(12 * mrr);
        }
        expect(totals.mrr).toBe(mrr);
        const came = totals.newMrr + totals.expansionMrr + totals.reactivationMrr;
        expect(totals.openingMrr + came - totals.contractionMrr - totals.churnMrr).toBe(totals.mrr);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('MRR is what each customer last agreed to, however the range lies', () => {
    fc.assert(
      fc.property(histories, ranges, (changes, { start, length }) => {
        const sorted = changes.toSorted((a, b) => a.at - b.at).map((change, seq) => ({ ...change, seq }));
        const { openingMrr, days } = fold(sorted, FIRST + start * DAY, length);
        const asOf = (time: number) => {
          const last = new Map(
            sorted.filter(({ at }) => at < time).map((change) => [change.workspaceId, change]),
          );
          return [...last.values()].filter(({ monthlyCents }) => monthlyCents > 0);
        };
        const cents = (paying: Change[]) => paying.reduce((sum, { monthlyCents }) => sum + monthlyCents, 0);
        expect(openingMrr).toBe(cents(asOf(FIRST + start * DAY)));
        for (const { day, mrr, customers } of days) {
          const paying = asOf(day + DAY);
          expect(mrr).toBe(cents(paying));
          for (const plan of PLAN_IDS) {
            expect(customers[plan]).toBe(paying.filter(({ toPlan }) => toPlan === plan).length);
          }
        }
      }),
      { seed, numRuns: 300 },
    );
  });

  it('two ranges side by side say what the whole says, so nobody is new twice', () => {
    fc.assert(
      fc.property(histories, ranges, fc.nat({ max: 29 }), (changes, { start, length }, at) => {
        const cut = 1 + (at % length);
        const from = FIRST + start * DAY;
        const whole = fold(changes, from, length + 1).days;
        const halves = [
          ...fold(changes, from, cut).days,
          ...fold(changes, from + cut * DAY, length + 1 - cut).days,
        ];
        expect(halves).toEqual(whole);
      }),
      { seed, numRuns: 300 },
    );
  });

  it('the order of rows and of customers is irrelevant', () => {
    const shuffled = histories.chain((changes) =>
      fc.tuple(
        fc.constant(changes),
        fc.shuffledSubarray(changes, { minLength: changes.length, maxLength: changes.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([changes, other]) => {
        expect(fold(other, FIRST, 20)).toEqual(fold(changes, FIRST, 20));
      }),
      { seed, numRuns: 300 },
    );
  });

  it('customers who changed nothing may come summed up by plan', () => {
    fc.assert(
      fc.property(histories, (changes) => {
        const summed = new MrrFold(FIRST, 20);
        for (const history of byCustomer(changes)) {
          const last = history.at(-1);
          if (!last || history.some(({ at }) => at >= FIRST)) summed.addHistory(history);
          else if (last.monthlyCents > 0)
            summed.addStanding({ plan: last.toPlan, customers: 1, cents: last.monthlyCents });
        }
        expect(summed.result()).toEqual(fold(changes, FIRST, 20));
      }),
      { seed, numRuns: 300 },
    );
  });

  it('credits granted are credits used, expired, clawed back or still there, on every day', () => {
    const amount = fc.integer({ min: 0, max: 10 ** 12 });
    const ledgerDay = fc
      .record({
        sold: amount,
        included: amount,
        gifted: amount,
        overage: amount,
        consumed: amount,
        expired: fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
        clawedBack: fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
        owed: fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
      })
      .map((d) => ({
        ...d,
        outstanding:
          d.sold + d.included + d.gifted + d.overage + d.owed - d.consumed - d.expired - d.clawedBack,
      }));
    fc.assert(
      fc.property(fc.array(ledgerDay, { minLength: 1 }), amount, amount, (days, debt, liability) => {
        let before = { debt, liability };
        for (const day of creditFigures(before, days)) {
          const granted = day.sold + day.included + day.gifted + day.overage;
          expect(before.liability + granted + day.debt - before.debt).toBe(
            day.consumed + day.expired + day.clawedBack + day.liability,
          );
          before = day;
        }
      }),
      { seed, numRuns: 200 },
    );
  });
});
