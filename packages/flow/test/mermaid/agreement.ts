import { expect } from 'vitest';
import type { Recorded } from './recording.ts';

/** Charts whose structure is not the one that mermaid itself sees, with the reason why that is right. */
export interface Exception {
  count: number;
  reason: string;
  is: (source: string) => boolean;
}

/**
 * Expects that only the exceptions differ, each as often as it says.
 *
 * @param difference what differs in a chart, undefined for nothing
 * @param bounds how many charts there are more than, and the share of them that stays above what differs
 */
export function expectAgreement<Chart extends Recorded<unknown>>(
  charts: readonly Chart[],
  difference: (chart: Chart) => unknown,
  exceptions: readonly Exception[],
  bounds: { charts: number; share: number },
): void {
  const differing = charts.flatMap((chart) => {
    const found = difference(chart);
    return found === undefined ? [] : [{ ...chart, found }];
  });
  const unexplained = differing.filter(({ source }) => !exceptions.some(({ is }) => is(source)));
  expect(unexplained.map(({ from, source, found }) => ({ from, source, found }))).toEqual([]);
  for (const { count, is, reason } of exceptions) {
    expect(
      differing.filter(({ source }) => is(source)),
      reason,
    ).toHaveLength(count);
  }
  expect(charts.length).toBeGreaterThan(bounds.charts);
  expect(differing.length / charts.length).toBeLessThan(bounds.share);
}
