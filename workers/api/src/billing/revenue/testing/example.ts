import { planOf, type PlanId } from '../../plans.ts';
import type { Change } from '../mrr.ts';

/**
 * Twenty customers over the first six months of 2026, and what must be reported of them: worked out by hand from the
 * stories, to be checked with a pencil. A month costs $29 (Starter), $99 (Professional), $499 (Enterprise).
 */

/** `MM-DD` or a whole time; the plan from then on; dollars a month where they are not the plan's. */
type Step = readonly [when: string, plan: PlanId, dollars?: number];

const STORIES: readonly (readonly [story: string, ...steps: Step[]])[] = [
  /*  1 */ ['Takes Starter on 5 January and stays.', ['01-05', 'starter']],
  /*  2 */ ['Starter; Professional from 10 March.', ['01-05', 'starter'], ['03-10', 'professional']],
  /*  3 */ [
    'Professional; goes down to Starter on 8 April.',
    ['01-08', 'professional'],
    ['04-08', 'starter'],
  ],
  /*  4 */ ['Starter for one month, then cancels.', ['01-12', 'starter'], ['02-12', 'free']],
  /*  5 */ [
    'Starter until 15 March; is back on 20 May.',
    ['01-15', 'starter'],
    ['03-15', 'free'],
    ['05-20', 'starter'],
  ],
  /*  6 */ ['Enterprise from 20 January on.', ['01-20', 'enterprise']],
  /*  7 */ [
    'Tries Starter from 25 January, pays from 8 February.',
    ['01-25', 'starter', 0],
    ['02-08', 'starter'],
  ],
  /*  8 */ ['Tries Professional and never pays.', ['02-01', 'professional', 0], ['02-15', 'free']],
  /*  9 */ [
    'Professional; owes the March payment for three days, which changes nothing.',
    ['02-03', 'professional'],
  ],
  /* 10 */ [
    'Professional; suspended for an unpaid April, pays ten days later.',
    ['02-03', 'professional'],
    ['04-10', 'professional', 0],
    ['04-20', 'professional'],
  ],
  /* 11 */ ['Starter; suspended on 17 March for good.', ['02-10', 'starter'], ['03-17', 'starter', 0]],
  /* 12 */ [
    'Starter; on 9 March up to Professional and back within the hour.',
    ['03-02', 'starter'],
    ['2026-03-09T10:00:00Z', 'professional'],
    ['2026-03-09T10:40:00Z', 'starter'],
  ],
  /* 13 */ [
    'Professional on 4 March, Enterprise on 15 March.',
    ['03-04', 'professional'],
    ['03-15', 'enterprise'],
  ],
  /* 14 */ [
    'Takes Starter on 5 March and has it undone the same day; comes to stay on 6 April.',
    ['2026-03-05T09:00:00Z', 'starter'],
    ['2026-03-05T17:00:00Z', 'free'],
    ['04-06', 'starter'],
  ],
  /* 15 */ [
    'Enterprise; down to Professional on 10 May.',
    ['03-10', 'enterprise'],
    ['05-10', 'professional'],
  ],
  /* 16 */ [
    'Starter; ends on 1 May and is taken again that day.',
    ['04-01', 'starter'],
    ['2026-05-01T00:00:00Z', 'free'],
    ['2026-05-01T15:00:00Z', 'starter'],
  ],
  /* 17 */ [
    'Professional; its price rises to $109 on 7 June.',
    ['04-07', 'professional'],
    ['06-07', 'professional', 109],
  ],
  /* 18 */ [
    'Starter from the last second of April to the first moment of June.',
    ['2026-04-30T23:59:59Z', 'starter'],
    ['2026-06-01T00:00:00Z', 'free'],
  ],
  /* 19 */ [
    'Professional on 11 May; paused on 11 June.',
    ['05-11', 'professional'],
    ['06-11', 'professional', 0],
  ],
  /* 20 */ ['Starter on 15 June, Enterprise on 30 June.', ['06-15', 'starter'], ['06-30', 'enterprise']],
];

/**
 * Dollars. Behind each month: who makes it up.
 * Jan  new 1,2,4,5: 4×29, 3: 99, 6: 499
 * Feb  new 7,11: 2×29, 9,10: 2×99; churn 4: 29
 * Mar  new 12: 29, 13: 99, 15: 499; expansion 2: 70, 13: 400; churn 5,11: 2×29; 12 and 14 come to nothing
 * Apr  new 14,16,18: 3×29, 17: 99; contraction 3: 70; churn 10: 99; back 10: 99
 * May  new 19: 99; contraction 15: 400; back 5: 29; 16 comes to nothing
 * Jun  new 20: 29; expansion 17: 10, 20: 470; churn 18: 29, 19: 99
 */
const MRR_TABLE = `
  month  start   new  expansion  contraction  churn  back   end  starter  professional  enterprise
  01         0   714          0            0      0     0   714        4             1           1
  02       714   256          0            0     29     0   941        5             3           1
  03       941   627        470            0     58     0  1980        3             4           3
  04      1980   186          0           70     99    99  2096        7             4           3
  05      2096    99          0          400      0    29  1824        8             6           2
  06      1824    29        480            0    128     0  2205        7             5           3
  half       0  1911        950          470    314   128  2205        7             5           3
`;

/**
 * The credits of five of the customers, in whole credits; the others have none. Each line is a day and what happens:
 * `plan`, `buys` and `gift` bring credits, `uses` and `over` (beyond the balance) take them, `back` takes a payment back
 * (`returns` undoes it) and what is not there becomes debt, `lapses` is what expires that day.
 *
 *  1 gets 3,000 with its plan on the 5th of each month, uses 2,000 on the 20th; the rest lapses with the next 3,000.
 *  4 buys 1,000, uses 600, has its money back: 400 are taken and 600 owed. The next 1,000 pay that first.
 *  5 buys 5,250, disputes it, loses the dispute, uses 250.
 *  6 gets 60,000, uses them and 5,000 more, which will be invoiced.
 *  8 is given 500 for its trial, uses 200; 300 lapse.
 */
export const CREDIT_STORIES: readonly (readonly [
  customer: number,
  day: string,
  what: string,
  credits: number,
])[] = [
  [1, '01-05', 'plan', 3_000],
  [1, '01-20', 'uses', 2_000],
  [1, '02-05', 'lapses', 1_000],
  [1, '02-05', 'plan', 3_000],
  [1, '02-20', 'uses', 2_000],
  [1, '03-05', 'lapses', 1_000],
  [1, '03-05', 'plan', 3_000],
  [1, '03-20', 'uses', 2_000],
  [1, '04-05', 'lapses', 1_000],
  [1, '04-05', 'plan', 3_000],
  [1, '04-20', 'uses', 2_000],
  [1, '05-05', 'lapses', 1_000],
  [1, '05-05', 'plan', 3_000],
  [1, '05-20', 'uses', 2_000],
  [1, '06-05', 'lapses', 1_000],
  [1, '06-05', 'plan', 3_000],
  [1, '06-20', 'uses', 2_000],
  [4, '01-20', 'buys', 1_000],
  [4, '01-25', 'uses', 600],
  [4, '02-10', 'back', 1_000],
  [4, '05-12', 'buys', 1_000],
  [5, '03-20', 'buys', 5_250],
  [5, '04-02', 'back', 5_250],
  [5, '06-03', 'returns', 5_250],
  [5, '06-04', 'uses', 250],
  [6, '01-20', 'plan', 60_000],
  [6, '02-10', 'uses', 60_000],
  [6, '02-11', 'over', 5_000],
  [8, '02-01', 'gift', 500],
  [8, '02-03', 'uses', 200],
  [8, '02-15', 'lapses', 300],
];

/**
 * Whole credits; `debt` and `liability` at the end. Each month: liability before + sold + included + gifted + over +
 * rise of debt = used + lapsed + back + liability, e.g. in February 61400 + 0 + 3000 + 500 + 5000 + 600 = 67200 + 1300 +
 * 1000 + 1000.
 */
const CREDIT_TABLE = `
  month  sold  included  gifted  over   used  lapsed   back  debt  liability
  01     1000     63000       0     0   2600       0      0     0      61400
  02        0      3000     500  5000  67200    1300   1000   600       1000
  03     5250      3000       0     0   2000    1000      0   600       6250
  04        0      3000       0     0   2000    1000   5250   600       1000
  05     1000      3000       0     0   2000    1000      0     0       1400
  06        0      3000       0     0   2250    1000  -5250     0       6400
  half   7250     78000     500  5000  78050    5300   1000     0       6400
`;

export const at = (when: string): number => Date.parse(when.length === 5 ? `2026-${when}T12:00:00Z` : when);

export const CHANGES: Change[] = STORIES.flatMap(([, ...steps], index) =>
  steps.map(([when, plan, dollars], step) => ({
    workspaceId: `ws_customer${String(index + 1).padStart(2, '0')}`,
    seq: step + 1,
    at: at(when),
    toPlan: plan,
    monthlyCents: dollars === undefined ? planOf(plan).pricePerMonth : dollars * 100,
  })),
);

/** The rows of a table by their first column. */
function rowsOf(table: string): Record<string, number>[] {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/u));
  return rows.map((cells) =>
    Object.fromEntries(cells.slice(1).map((cell, i) => [head[i + 1] ?? '', Number(cell)])),
  );
}

const MONTHS = [
  '2026-01-01',
  '2026-02-01',
  '2026-03-01',
  '2026-04-01',
  '2026-05-01',
  '2026-06-01',
  '2026-07-01',
];
const RANGES = [
  ...MONTHS.slice(0, -1).map((from, i) => [from, MONTHS[i + 1] ?? '']),
  ['2026-01-01', '2026-07-01'],
];

/** What must stand in `totals` for each month and for the half-year, in cents and micro-credits. */
export const EXPECTED = rowsOf(MRR_TABLE).map((mrr, i) => {
  const credits = rowsOf(CREDIT_TABLE)[i] ?? {};
  const before = rowsOf(CREDIT_TABLE)[i - 1];
  const opening = i > 0 && i < 6 ? before : undefined;
  const cents = (column: string) => (mrr[column] ?? NaN) * 100;
  const micro = (column: string) => (credits[column] ?? NaN) * 1_000_000;
  return {
    from: RANGES[i]?.[0] ?? '',
    to: RANGES[i]?.[1] ?? '',
    recurring: {
      openingMrr: cents('start'),
      newMrr: cents('new'),
      expansionMrr: cents('expansion'),
      contractionMrr: cents('contraction'),
      churnMrr: cents('churn'),
      reactivationMrr: cents('back'),
      mrr: cents('end'),
      arr: 12 * cents('end'),
      customers: {
        starter: mrr['starter'],
        professional: mrr['professional'],
        enterprise: mrr['enterprise'],
      },
    },
    ledgers: {
      openingDebt: (opening?.['debt'] ?? 0) * 1_000_000,
      openingLiability: (opening?.['liability'] ?? 0) * 1_000_000,
      credits: {
        sold: micro('sold'),
        included: micro('included'),
        gifted: micro('gifted'),
        overage: micro('over'),
        consumed: micro('used'),
        expired: micro('lapsed'),
        clawedBack: micro('back'),
        debt: micro('debt'),
        liability: micro('liability'),
        liabilityCents: credits['liability'],
      },
    },
  };
});
