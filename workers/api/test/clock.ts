import { vi } from 'vitest';

/** Moves the clock on by `seconds`; timers stay real. The test puts it back with `vi.useRealTimers()`. */
export function later(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + seconds * 1000);
}
