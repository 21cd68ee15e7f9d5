import type { Random } from '../random.ts';

/** What a network does to webhooks. All zero: each event once, in order, at once. */
export interface Faults {
  /** Up to this many additional copies of each event, 0 to 5. */
  duplicates: number;
  /** Probability that an event is held back, so that later ones overtake it. */
  reorder: number;
  /** Milliseconds that a delivery is delayed at most. */
  delay: number;
  /** Probability that an attempt gets lost on its way and has to be made again. */
  drop: number;
}

export const NO_FAULTS: Faults = { duplicates: 0, reorder: 0, delay: 0, drop: 0 };

/** Milliseconds an overtaken event waits. */
const HELD_BACK = 400;

/** When each copy of one event sets out, in milliseconds from now. */
export function departures(faults: Faults, random: Random): number[] {
  const copies = 1 + (faults.duplicates > 0 ? random.between(0, Math.min(5, faults.duplicates)) : 0);
  return Array.from({ length: copies }, () => {
    const delay = faults.delay > 0 ? random.between(0, faults.delay) : 0;
    return delay + (faults.reorder > 0 && random.chance(faults.reorder) ? random.between(1, HELD_BACK) : 0);
  });
}
