import { describe, expect, it } from 'vitest';
import { readFlow } from '../read.ts';
import { DraftGraph } from './graph.ts';

/** How often reading a text looks at the edges of the flow; spies would keep every call. */
function looks(text: string): number {
  const { into, outOf } = DraftGraph.prototype;
  let count = 0;
  DraftGraph.prototype.into = function counted(id) {
    count++;
    return into.call(this, id);
  };
  DraftGraph.prototype.outOf = function counted(id) {
    count++;
    return outOf.call(this, id);
  };
  try {
    readFlow(text);
  } finally {
    Object.assign(DraftGraph.prototype, { into, outOf });
  }
  return count;
}

describe('the work of reading', () => {
  it.each([
    'She pays. ',
    'If she pays, we send a mail. ',
    'If the payment fails, she enters the card again. ',
    'Wenn sie zahlt, senden wir eine Mail. Sonst zeigen wir einen Hinweis. ',
    'After three wrong codes we lock the card. ',
  ])('a longer text is as much more work as it is longer: %j', (line) => {
    // Each text is longer than what a reader looks back on, so that nothing but the length differs.
    const [short = 0, middle = 0, long = 0] = [300, 400, 500].map((times) => looks(line.repeat(times)));
    expect(middle).toBeGreaterThan(short);
    expect(long - middle).toBeLessThan((middle - short) * 1.25);
  });
});
