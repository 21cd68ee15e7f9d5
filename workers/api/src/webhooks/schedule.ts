const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * Seconds before each further attempt: 21 attempts in three days. Dense at first, because most failures are a restart
 * or a deployment, and many, because an endpoint that fails half the time at random would still miss one in a thousand
 * events with ten attempts, but misses one in two million with these. None is longer than a queue can hold a message.
 */
export const RETRY_SECONDS: readonly number[] = [
  5,
  15,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  HOUR,
  1.5 * HOUR,
  2 * HOUR,
  3 * HOUR,
  4 * HOUR,
  5 * HOUR,
  6 * HOUR,
  6 * HOUR,
  8 * HOUR,
  10 * HOUR,
  12 * HOUR,
  12 * HOUR,
];

/** Seconds that a message may wait in a queue. */
export const LONGEST_QUEUE_DELAY = 12 * HOUR;
/** Delays are spread by this share to either side, so that endpoints which failed together are not called together. */
const JITTER = 0.1;

/**
 * Milliseconds until the attempt after `tries` failed ones; undefined when there is none.
 * @param random from 0 to 1
 * @param retryAfter seconds that the endpoint asks for; it may only put an attempt off, and by a day at most.
 */
export function retryDelay(
  tries: number,
  schedule: readonly number[],
  random: number,
  retryAfter = 0,
): number | undefined {
  const seconds = schedule[tries - 1];
  if (seconds === undefined) return undefined;
  const spread = seconds * (1 - JITTER + 2 * JITTER * random);
  return Math.round(Math.max(spread, Math.min(retryAfter, 24 * HOUR)) * 1000);
}
