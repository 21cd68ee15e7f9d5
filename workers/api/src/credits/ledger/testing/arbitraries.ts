import fc from 'fast-check';
import type { Step } from './history.ts';

const DAY = 86_400_000;
const holdId = fc.constantFrom('run_1', 'run_2', 'run_3', 'run_4', 'run_5', 'run_6', 'run_7', 'run_8');
const lives = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 1, arbitrary: fc.constant(3 * DAY) },
);

const grant = fc.record({
  do: fc.constant('grant' as const),
  key: fc.constantFrom('g1', 'g2', 'g3', 'g4', 'g5', 'g6'),
  source: fc.constantFrom('plan' as const, 'purchase' as const, 'operator' as const),
  amount: fc.integer({ min: 1, max: 60 }),
  lives: fc.option(lives, { freq: 3 }),
});

const hold = fc.record({
  do: fc.constant('hold' as const),
  batch: fc.array(
    fc.record({
      id: holdId,
      amount: fc.integer({ min: 1, max: 40 }),
      lives,
      user: fc.constantFrom(null, 'ann', 'bob'),
      budget: fc.option(
        fc.record({
          credits: fc.integer({ min: 0, max: 70 }),
          per: fc.constantFrom('day' as const, 'month' as const),
        }),
        { freq: 2 },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

const settle = fc.record({
  do: fc.constant('settle' as const),
  // 5 / 4 of what is held is more than may be charged.
  batch: fc.array(
    fc.record({ id: holdId, share: fc.integer({ min: 0, max: 5 }), tokens: fc.nat({ max: 3 }) }),
    { minLength: 1, maxLength: 3 },
  ),
});

const release = fc.record({
  do: fc.constant('void' as const),
  batch: fc.array(
    fc.record({ id: holdId, outcome: fc.constantFrom('failed' as const, 'cancelled' as const) }),
    { minLength: 1, maxLength: 3 },
  ),
});

const wait = fc.record({
  do: fc.constant('wait' as const),
  ms: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 30 }) },
    { weight: 1, arbitrary: fc.constantFrom(DAY / 2, 2 * DAY) },
  ),
});

/** Histories in which keys collide, things come late, twice and out of order, and processes die. */
export const histories: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: grant },
    { weight: 8, arbitrary: hold },
    { weight: 6, arbitrary: settle },
    { weight: 3, arbitrary: release },
    { weight: 5, arbitrary: wait },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('repeat' as const), back: fc.nat({ max: 10 }) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), at: fc.nat({ max: 25 }) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('deliver' as const),
        stream: fc.constantFrom('entry' as const, 'usage' as const),
        most: fc.integer({ min: 1, max: 5 }),
        lost: fc.boolean(),
      }),
    },
  ),
  { minLength: 4, maxLength: 24, size: 'max' },
);
