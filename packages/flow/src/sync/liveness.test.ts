import { describe, expect, test } from 'vitest';
import { Liveness } from './liveness.ts';

/** A connection on which something has been heard at 0. */
function live(due?: string): Liveness {
  const liveness = new Liveness(-1_000);
  liveness.heard(0, due);
  return liveness;
}

describe('a connection', () => {
  test('on which nothing is due is asked for a sign of life after 25 s of silence, once [C7]', () => {
    const liveness = live();
    expect([liveness.next, liveness.verdict(24_999)]).toEqual([25_000, undefined]);
    expect(liveness.verdict(25_000)).toBe('ask');
    liveness.asked(25_000, true);
    expect([liveness.next, liveness.verdict(34_999)]).toEqual([35_000, undefined]);
    liveness.heard(30_000, undefined);
    expect([liveness.next, liveness.verdict(54_999), liveness.verdict(55_000)]).toEqual([
      55_000,
      undefined,
      'ask',
    ]);
  });

  test('that answers neither a question nor a request is dead after 10 s [C7]', () => {
    const asked = live();
    asked.asked(25_000, true);
    expect(asked.verdict(35_000)).toBe('dead');
    const requested = live();
    requested.sent(5_000, 'tab:1');
    requested.sent(9_000, 'tab:1');
    expect([requested.next, requested.verdict(14_999), requested.verdict(15_000)]).toEqual([
      15_000,
      undefined,
      'dead',
    ]);
    expect(new Liveness(0).verdict(10_000)).toBe('dead');
  });

  test('that is not asked, because nobody looks, is still dead when it owes an answer [C7]', () => {
    const liveness = live();
    liveness.asked(25_000, false);
    expect([liveness.next, liveness.verdict(99_000)]).toEqual([Infinity, undefined]);
    liveness.sent(99_000, 'tab:1');
    expect([liveness.next, liveness.verdict(109_000)]).toEqual([109_000, 'dead']);
  });

  test('that says much, but not what has been due for 30 s, is dead [C7]', () => {
    const liveness = live();
    liveness.sent(1_000, 'tab:1');
    for (let now = 2_000; now < 31_000; now += 1_000) {
      liveness.heard(now, 'tab:1');
      expect(liveness.verdict(now)).toBeUndefined();
    }
    expect(liveness.verdict(31_000)).toBe('dead');
  });

  test('that comes nearer to what is due lives on, however long it takes [C7]', () => {
    const liveness = live('hello 0');
    for (let part = 1; part < 20; part += 1) {
      liveness.heard(part * 9_000, `hello ${part}`);
      expect(liveness.verdict(part * 9_000 + 9_999)).toBeUndefined();
    }
    liveness.heard(180_000, undefined);
    expect(liveness.next).toBe(205_000);
  });
});
