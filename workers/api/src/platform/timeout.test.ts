import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { within } from './timeout.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('what answers in time is passed on, value or error, and leaves no timer', async () => {
  expect(await within(10, Promise.resolve(1))).toBe(1);
  const error = new Error('no');
  await expect(within(10, Promise.reject(error))).rejects.toBe(error);
  expect(vi.getTimerCount()).toBe(0);
});

it('what does not answer is an error after its time', async () => {
  const late = within(10, new Promise(() => undefined)).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(10);
  expect(await late).toEqual(new Error('No answer within 10 ms'));
});
