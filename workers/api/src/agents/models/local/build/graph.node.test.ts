import { afterEach, describe, expect, it, vi } from 'vitest';
import { readFlow } from '../read.ts';
import { DraftGraph } from './graph.ts';

/** How often reading a text looks at the edges of the flow. */
function looks(text: string): number {
  const spies = [vi.spyOn(DraftGraph.prototype, 'into'), vi.spyOn(DraftGraph.prototype, 'outOf')];
  readFlow(text);
  const sum = spies.reduce((total, spy) => total + spy.mock.calls.length, 0);
  vi.restoreAllMocks();
  return sum;
}

describe('the work of reading', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    'She pays. ',
    'If she pays, we send a mail. ',
    'If the payment fails, she enters the card again. ',
    'Wenn sie zahlt, senden wir eine Mail. Sonst zeigen wir einen Hinweis. ',
    'After three wrong codes we lock the card. ',
  ])('a longer text is as much more work as it is longer: %j', (line) => {
    // Each text is longer than what a reader looks back on, so that nothing but the length differs.
    const [short = 0, middle = 0, long = 0] = [300, 450, 600].map((times) => looks(line.repeat(times)));
    expect(middle).toBeGreaterThan(short);
    expect(long - middle).toBeLessThan((middle - short) * 1.25);
  });
});
