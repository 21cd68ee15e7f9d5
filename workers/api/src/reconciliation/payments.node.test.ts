import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reconcileOverage, reconcilePayments } from './payments.core.ts';
import type { Grant, Payment } from './ports.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 23);
const seed = Number(process.env['RECONCILIATION_SEED'] ?? Date.now() % 2 ** 31);

/** Stripe with these payments, of which lists give those of the window; the ledger with these grants. */
function reconcile(payments: readonly Payment[], grants: readonly Grant[]) {
  return reconcilePayments(
    { purchases: () => Promise.resolve([...grants]) },
    {
      paid: (since) => Promise.resolve(payments.filter(({ createdAt }) => createdAt >= since)),
      find: (id) => Promise.resolve(payments.find(({ paymentIntent }) => paymentIntent === id) ?? null),
    },
    NOW,
  );
}

const payment = (paymentIntent: string, credits = 5, hours = 2): Payment => ({
  paymentIntent,
  credits,
  createdAt: NOW - hours * HOUR,
});

it('overage is compared over whole days that are over, and what the meter lacks is reported', async () => {
  const ranges: number[][] = [];
  const reconcileWith = (noted: number, counted: number) => {
    const of = (amount: number) => (from: number, to: number) => {
      ranges.push([from, to]);
      return Promise.resolve(amount);
    };
    return reconcileOverage({ overage: of(noted) }, { metered: of(counted) }, NOW + 5 * HOUR);
  };
  expect(await reconcileWith(7, 7)).toEqual([]);
  expect(await reconcileWith(7, 5)).toMatchObject([{ kind: 'meter', expected: '7', found: '5' }]);
  const day = 24 * HOUR;
  for (const range of ranges) expect(range).toEqual([NOW - 31 * day, NOW - day]);
});

describe('payments and grants', () => {
  it('that belong together are no drift, however old the payment is', async () => {
    const payments = [payment('pi_1'), payment('pi_2', 7), payment('pi_3', 9, 24 * 300)];
    const grants = payments.map(({ paymentIntent, credits }) => ({ paymentIntent, amount: credits }));
    expect(await reconcile(payments, grants)).toEqual([]);
  });

  it.each<[string, Payment[], Grant[], string, string, string]>([
    ['a payment without a grant', [payment('pi_1', 5)], [], 'payment_without_grant', '5', '0'],
    [
      'a grant without a payment',
      [],
      [{ paymentIntent: 'pi_1', amount: 5 }],
      'grant_without_payment',
      '0',
      '5',
    ],
    [
      'a grant of another amount',
      [payment('pi_1', 5)],
      [{ paymentIntent: 'pi_1', amount: 10 }],
      'payment_amount',
      '5',
      '10',
    ],
  ])('%s is reported and not mended', async (_what, payments, grants, kind, expected, found) => {
    expect(await reconcile(payments, grants)).toEqual([
      { kind, subject: 'pi_1', expected, found, repaired: false },
    ]);
  });

  it('leaves a payment its hour to become a grant', async () => {
    expect(await reconcile([payment('pi_1', 5, 0.9)], [])).toEqual([]);
    expect(await reconcile([payment('pi_1', 5, 1.1)], [])).toHaveLength(1);
  });

  it(`exactly what was planted is found, in any order (RECONCILIATION_SEED=${seed})`, async () => {
    const fate = fc.constantFrom('both', 'both', 'both', 'no grant', 'no payment', 'other amount');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fate, fc.integer({ min: 1, max: 99 }))),
        fc.infiniteStream(fc.nat()),
        async (fates, keys) => {
          const payments = fates.flatMap(([what, credits], i) =>
            what === 'no payment' ? [] : [payment(`pi_${i}`, credits, 2 + i)],
          );
          const grants = fates.flatMap(([what, credits], i) =>
            what === 'no grant'
              ? []
              : [
                  {
                    paymentIntent: `pi_${i}`,
                    amount: what === 'other amount' ? credits + 1 : credits,
                    order: keys.next().value ?? 0,
                  },
                ],
          );
          const found = await reconcile(
            payments.toReversed(),
            grants.toSorted((a, b) => a.order - b.order),
          );
          const kinds = {
            'no grant': 'payment_without_grant',
            'no payment': 'grant_without_payment',
            'other amount': 'payment_amount',
          };
          const planted = fates.flatMap(([what], i) =>
            what === 'both' ? [] : [`pi_${i} ${kinds[what as keyof typeof kinds]}`],
          );
          expect(found.map(({ subject, kind }) => `${subject} ${kind}`).sort()).toEqual(planted.sort());
        },
      ),
      { seed, numRuns: 200 },
    );
  });
});
