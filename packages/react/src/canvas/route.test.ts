import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathData, readingDirection, routeEdge, type Rect } from './route.ts';

const rect = fc.record({
  x: fc.integer({ min: -800, max: 800 }),
  y: fc.integer({ min: -800, max: 800 }),
  width: fc.integer({ min: 80, max: 260 }),
  height: fc.integer({ min: 40, max: 160 }),
});
const direction = fc.constantFrom('down' as const, 'right' as const);
const leaves = fc.constantFrom('side' as const, 'end' as const);

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function onBorder({ x, y, width, height }: Rect, point: { x: number; y: number } | undefined): boolean {
  if (!point) return false;
  const middleX = Math.abs(point.x - (x + width / 2)) < 1 && (point.y === y || point.y === y + height);
  const middleY = Math.abs(point.y - (y + height / 2)) < 1 && (point.x === x || point.x === x + width);
  return middleX || middleY;
}

test('a transition runs from the middle of a side to the middle of a side, in straight pieces along the axes', () => {
  fc.assert(
    fc.property(
      rect,
      rect,
      direction,
      leaves,
      fc.array(rect, { maxLength: 6 }),
      (from, to, way, exit, blocks) => {
        fc.pre(!overlap(from, to));
        const { points } = routeEdge(from, to, way, exit, blocks);
        expect(onBorder(from, points[0])).toBe(true);
        expect(onBorder(to, points.at(-1))).toBe(true);
        points.forEach((point, index) => {
          const before = points[index - 1];
          if (before)
            expect(Math.abs(point.x - before.x) < 0.6 || Math.abs(point.y - before.y) < 0.6).toBe(true);
        });
      },
    ),
    { numRuns: 300 },
  );
});

test('the same flow, mirrored at its diagonal, has mirrored transitions', () => {
  const turn = ({ x, y, width, height }: Rect): Rect => ({ x: y, y: x, width: height, height: width });
  fc.assert(
    fc.property(rect, rect, leaves, (from, to, exit) => {
      const down = routeEdge(from, to, 'down', exit).points;
      const right = routeEdge(turn(from), turn(to), 'right', exit).points;
      expect(right).toEqual(down.map(({ x, y }) => ({ x: y, y: x })));
    }),
    { numRuns: 100 },
  );
});

test('a loop back keeps clear of the nodes that it passes', () => {
  const column = [0, 1, 2, 3].map((row): Rect => ({ x: 0, y: row * 140, width: 220, height: 72 }));
  const wide: Rect = { x: -60, y: 140, width: 340, height: 72 };
  const [top, , , low] = column;
  if (!top || !low) throw new Error('the column has four nodes');
  const { points } = routeEdge(low, top, 'down', 'end', [wide, column[2] ?? wide]);
  const lane = Math.max(...points.map(({ x }) => x));
  const other = Math.min(...points.map(({ x }) => x));
  expect(lane > 280 || other < -60).toBe(true);
});

test('of two branches, the one told to leaves by the side of its decision', () => {
  const decision: Rect = { x: 0, y: 0, width: 200, height: 104 };
  const target: Rect = { x: 320, y: 220, width: 220, height: 72 };
  expect(routeEdge(decision, target, 'down', 'side').points[0]).toEqual({ x: 200, y: 52 });
  expect(routeEdge(decision, target, 'down', 'end').points[0]).toEqual({ x: 100, y: 104 });
});

test('the reading direction is where most transitions lead', () => {
  const box = (x: number, y: number): Rect => ({ x, y, width: 100, height: 50 });
  expect(
    readingDirection([
      [box(0, 0), box(0, 120)],
      [box(0, 120), box(0, 240)],
    ]),
  ).toBe('down');
  expect(
    readingDirection([
      [box(0, 0), box(200, 0)],
      [box(200, 0), box(400, 0)],
    ]),
  ).toBe('right');
  expect(readingDirection([])).toBe('down');
});

test('corners are rounded no further than they are long', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 0, y: 10 },
    { x: 100, y: 10 },
    { x: 100, y: 14 },
  ];
  expect(pathData(points)).toBe('M 0 0 L 0 5 Q 0 10 5 10 L 98 10 Q 100 10 100 12 L 100 14');
  expect(pathData([])).toBe('');
});
