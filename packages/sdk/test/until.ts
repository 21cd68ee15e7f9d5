import { vi } from 'vitest';

/** Waits until `check` no longer throws; patient, because a machine may be busy with other things. */
export function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 15_000, interval: 5 });
}
