import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelPlace } from './labels.ts';
import { routeEdge, type Rect } from './route.ts';

const SIZE = { width: 48, height: 24 };
const rect = (x: number, y: number, width = 200, height = 64): Rect => ({ x, y, width, height });

test('a label sits near the source, clear of its step and of the step it passes', () => {
  const points = [
    { x: 100, y: 64 },
    { x: 100, y: 400 },
  ];
  expect(labelPlace(points, SIZE, [rect(0, 0), rect(0, 400)], false)).toEqual({ x: 100, y: 64 + 22 });
  const { y } = labelPlace(points, SIZE, [rect(0, 0), rect(90, 70, 200, 60), rect(0, 400)], false);
  expect(y - SIZE.height / 2).toBeGreaterThan(130);
});

test('of ways that begin together, each label sits where only its own way runs', () => {
  const fork = (x: number) => [
    { x: 100, y: 64 },
    { x: 100, y: 100 },
    { x, y: 100 },
    { x, y: 200 },
  ];
  const [left, right] = [fork(-150), fork(350)].map((points) => labelPlace(points, SIZE, [rect(0, 0)], true));
  expect(Math.abs((left?.x ?? 0) - (right?.x ?? 0))).toBeGreaterThan(SIZE.width);
});

test('a label covers neither of the steps that its transition connects, whenever they leave room for it', () => {
  const places = fc.record({ x: fc.integer({ min: -600, max: 600 }), y: fc.integer({ min: 130, max: 900 }) });
  fc.assert(
    fc.property(places, fc.constantFrom('side' as const, 'end' as const), ({ x, y }, leaves) => {
      const [from, to] = [rect(0, 0), rect(x, y)];
      const { points } = routeEdge(from, to, 'down', leaves, []);
      const at = labelPlace(points, SIZE, [from, to], false);
      for (const step of [from, to]) {
        const apart =
          Math.abs(at.x - (step.x + step.width / 2)) >= (SIZE.width + step.width) / 2 ||
          Math.abs(at.y - (step.y + step.height / 2)) >= (SIZE.height + step.height) / 2;
        expect(apart).toBe(true);
      }
    }),
  );
});
