import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type Counted, play } from './play.ts';

const SEED = Number(process.env['SCHEDULES_SEED'] ?? 1);
const HISTORIES = 6;
const PER_HISTORY = 2;
/** Milliseconds: a busy machine is slow, and that proves nothing. */
const PATIENCE = 120_000;

beforeAll(() => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
});

describe(`however webhooks come (SCHEDULES_SEED=${SEED})`, { timeout: PATIENCE }, () => {
  const counted: Counted[] = [];

  test.each(Array.from({ length: HISTORIES }, (_, at) => SEED + at))(
    'history %i ends as with one delivery in order',
    async (history) => {
      const { state } = await play(history, 'in order');
      for (let schedule = 0; schedule < PER_HISTORY; schedule++) {
        const played = await play(history, history * 1_000 + schedule);
        expect(played.state, JSON.stringify(played.steps)).toEqual(state);
        counted.push(played.counted);
      }
      expect(state.revenue.logged).toBe(state.revenue.now);
      expect(new Set(state.events.map((event) => event['state']))).toEqual(new Set(['done']));
    },
  );

  test('there were repeats, kills and collisions among them', () => {
    const sum = (key: keyof Counted) => counted.reduce((total, one) => total + one[key], 0);
    expect(sum('deliveries')).toBeGreaterThan(2 * sum('events'));
    expect(sum('killed')).toBeGreaterThan(0);
    expect(sum('busy')).toBeGreaterThan(0);
  });
});

describe('what is broken on purpose is noticed', { timeout: PATIENCE }, () => {
  test.each(['credits keyed on the delivery', 'clawback by deltas'] as const)('%s', async (sabotage) => {
    for (let history = 1; history < 20; history++) {
      const [right, wrong] = [
        await play(history, 'in order'),
        await play(history, history * 1_000, sabotage),
      ];
      if (JSON.stringify(right.state.balance) !== JSON.stringify(wrong.state.balance)) return;
    }
    expect.unreachable('nobody noticed');
  });
});
