import { describe, expect, it } from 'vitest';
import { workbench } from './testing/workbench.node.ts';

const paid = (paymentIntent: string, amount: number) =>
  ({ key: `topup:${paymentIntent}`, source: 'purchase', amount, paymentIntent }) as const;
const back = (paymentIntent: string, target: number) => ({ paymentIntent, target, reason: 'refund' });

describe('a clawback', () => {
  it('takes from the payment’s own grants first, then from others in burn order, and the rest is debt', () => {
    const { ledger, holdOf, usage, broken } = workbench();
    ledger.grant(paid('pi_old', 50));
    ledger.grant(paid('pi_new', 30));
    ledger.hold(holdOf('run_1', 60));
    ledger.settle({ holdId: 'run_1', usage: usage(60) });
    // Left: 20 of pi_new. pi_old is refunded in full.
    expect(ledger.reverse(back('pi_old', 15))).toEqual({ ok: true, clawedBack: 15, debt: 0, available: 5 });
    expect(ledger.reverse(back('pi_old', 50))).toEqual({ ok: true, clawedBack: 50, debt: 30, available: 0 });
    expect(ledger.balance()).toMatchObject({ granted: 80, debt: 30, clawedBack: 50, consumed: 60, held: 0 });
    expect(broken()).toEqual([]);
  });

  it('leaves nothing available beside a debt: what is released or granted later pays it first', () => {
    const { ledger, holdOf, usage, broken } = workbench();
    ledger.grant(paid('pi_1', 100));
    ledger.hold(holdOf('run_1', 70));
    expect(ledger.reverse(back('pi_1', 100))).toMatchObject({ debt: 70, available: 0 });
    expect(ledger.void({ holdId: 'run_1', usage: usage(0, 'failed') })).toEqual({ ok: true, available: 0 });
    expect(ledger.balance()).toMatchObject({ available: 0, held: 0, debt: 0, clawedBack: 100 });

    ledger.grant(paid('pi_2', 40));
    ledger.hold(holdOf('run_2', 40));
    ledger.settle({ holdId: 'run_2', usage: usage(40) });
    ledger.reverse(back('pi_2', 40));
    expect(ledger.grant({ key: 'gift', source: 'operator', amount: 55 })).toMatchObject({ available: 15 });
    expect(ledger.balance()).toMatchObject({ debt: 0, available: 15 });
    expect(broken()).toEqual([]);
  });

  it('gives back when its target is lowered, as when a dispute is won: debt first, then credits', () => {
    const { ledger, holdOf, usage, broken } = workbench();
    ledger.grant(paid('pi_1', 100));
    ledger.hold(holdOf('run_1', 60));
    ledger.settle({ holdId: 'run_1', usage: usage(60) });
    ledger.reverse(back('pi_1', 100));
    expect(ledger.reverse(back('pi_1', 25))).toEqual({ ok: true, clawedBack: 25, debt: 0, available: 15 });
    expect(ledger.reverse(back('pi_1', 0))).toEqual({ ok: true, clawedBack: 0, debt: 0, available: 40 });
    expect(ledger.balance()).toMatchObject({ granted: 100, available: 40, consumed: 60, clawedBack: 0 });
    expect(broken()).toEqual([]);
  });

  it('ends the same whatever order grants and targets come in, and however often', () => {
    const outcomes = [
      (w: ReturnType<typeof workbench>) => {
        w.ledger.grant(paid('pi_1', 100));
        w.ledger.reverse(back('pi_1', 30));
        w.ledger.reverse(back('pi_1', 60));
      },
      (w: ReturnType<typeof workbench>) => {
        w.ledger.reverse(back('pi_1', 60));
        w.ledger.reverse(back('pi_1', 60));
        w.ledger.grant(paid('pi_1', 100));
        w.ledger.grant(paid('pi_1', 100));
        w.ledger.reverse(back('pi_1', 60));
      },
    ].map((happen) => {
      const bench = workbench();
      happen(bench);
      expect(bench.broken()).toEqual([]);
      return bench.ledger.balance();
    });
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(outcomes[0]).toMatchObject({ available: 40, clawedBack: 60, debt: 0 });
  });

  it('refuses what is no target', () => {
    const { ledger } = workbench();
    expect(ledger.reverse(back('', 1))).toMatchObject({ ok: false, code: 'invalid_request' });
    expect(ledger.reverse(back('pi_1', -1))).toMatchObject({ ok: false, code: 'invalid_request' });
    expect(ledger.reverse(back('pi_1', 0.5))).toMatchObject({ ok: false, code: 'invalid_request' });
  });
});
