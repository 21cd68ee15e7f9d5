import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Rect } from './route.ts';
import { wholeView } from './view.ts';

const STAGE = { width: 860, height: 700 };
/** As the editor has them: name and lint above, steps on the left, history and zoom below. */
const BARS: Rect[] = [
  { x: 12, y: 12, width: 480, height: 40 },
  { x: 12, y: 200, width: 46, height: 310 },
  { x: 12, y: 648, width: 120, height: 40 },
  { x: 680, y: 648, width: 168, height: 40 },
];
const flow = fc.array(
  fc.record({
    x: fc.integer({ min: -2_000, max: 2_000 }),
    y: fc.integer({ min: -3_000, max: 3_000 }),
    width: fc.integer({ min: 120, max: 260 }),
    height: fc.integer({ min: 48, max: 200 }),
  }),
  { minLength: 1, maxLength: 20 },
);

test('the whole flow is inside the stage, no step under a bar, never larger than asked', () => {
  fc.assert(
    fc.property(flow, (nodes) => {
      const view = wholeView(nodes, STAGE, BARS, 1);
      expect(view.zoom).toBeLessThanOrEqual(1);
      for (const node of nodes) {
        const [left, top] = [node.x * view.zoom + view.x, node.y * view.zoom + view.y];
        const [right, bottom] = [left + node.width * view.zoom, top + node.height * view.zoom];
        expect(left).toBeGreaterThanOrEqual(0);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(STAGE.width);
        expect(bottom).toBeLessThanOrEqual(STAGE.height);
        const under = BARS.filter(
          (bar) => left < bar.x + bar.width && right > bar.x && top < bar.y + bar.height && bottom > bar.y,
        );
        expect(under).toEqual([]);
      }
    }),
  );
});

test('a tall flow uses the height between the bars, moved aside from the one above', () => {
  const column = Array.from({ length: 12 }, (_, index) => ({ x: 0, y: index * 130, width: 210, height: 64 }));
  const view = wholeView(column, STAGE, BARS, 1);
  expect(view.zoom * 1_494).toBeGreaterThan(STAGE.height - 48);
});
