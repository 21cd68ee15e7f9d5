import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { anyDocument, sketch } from '../../test/documents.ts';
import { applyOps } from '../document/ops.ts';
import type { FlowDocument, Point } from '../document/types.ts';
import { overlaps, type Box } from './boxes.ts';
import { edgeText } from './edge-text.ts';
import { nodeBoxes } from './node-boxes.ts';
import { labelSize, layout, route, type Route } from './index.ts';

// Properties run on any machine, however busy it is.
vi.setConfig({ testTimeout: 60_000 });

const tidy = (document: FlowDocument, direction: 'TB' | 'LR' = 'TB'): FlowDocument =>
  applyOps(document, layout(document, { direction }).ops).document;
const pieces = ({ points }: Route): [Point, Point][] =>
  points.slice(1).flatMap((to, number) => {
    const from = points[number];
    return from ? [[from, to] as [Point, Point]] : [];
  });
const onBorder = ({ x, y }: Point, box: Box): boolean =>
  x >= box.x - 0.01 && x <= box.x + box.width + 0.01 && y >= box.y - 0.01 && y <= box.y + box.height + 0.01;

/** Nodes that the line of an edge runs through, its own ends apart. */
function pierced(document: FlowDocument): string[] {
  const routes = route(document),
    boxes = nodeBoxes(document);
  return Object.values(document.edges).flatMap((edge) =>
    pieces(routes[edge.id] ?? { points: [], label: { x: 0, y: 0 } }).flatMap(([a, b]) => {
      const line = {
        x: Math.min(a.x, b.x),
        y: Math.min(a.y, b.y),
        width: Math.abs(a.x - b.x) || 0.5,
        height: Math.abs(a.y - b.y) || 0.5,
      };
      return [...boxes]
        .filter(([id, box]) => id !== edge.source && id !== edge.target && overlaps(box, line))
        .map(([id]) => `${edge.id} through ${id}`);
    }),
  );
}

/** Edges whose label stands on a node or on another label. */
function hiddenLabels(document: FlowDocument): string[] {
  const routes = route(document);
  const boxes = [...nodeBoxes(document).values()];
  const labels = Object.values(document.edges)
    .filter((edge) => edgeText(edge) !== '')
    .map((edge) => {
      const { width, height } = labelSize(edgeText(edge));
      const { x = NaN, y = NaN } = routes[edge.id]?.label ?? {};
      return { id: edge.id, box: { x: x - width / 2, y: y - height / 2, width, height } };
    });
  return labels
    .filter(
      ({ id, box }) =>
        boxes.some((other) => overlaps(other, box)) ||
        labels.some((other) => other.id !== id && overlaps(other.box, box)),
    )
    .map(({ id }) => id);
}

const SIGN_UP = sketch(
  [
    's start',
    'form screen Sign up',
    'check decision Is it right?',
    'tries decision Three times?',
    'block action Block',
    'plan decision Which plan?',
    'pay subflow Checkout',
    'home screen Home',
    'e end',
  ],
  [
    's > form',
    'form > check : send / submit',
    'check > plan : Yes',
    'check > tries : wrong / error',
    'tries > form : No',
    'tries > block : Yes',
    'block > form : after ten minutes / timeout',
    'plan > home : Free',
    'plan > pay : Pro',
    'pay > home : paid',
    'pay > plan : declined / error',
    'home > e',
  ],
);

describe('route', () => {
  test('every edge runs from border to border, in finite, orthogonal pieces', () => {
    fc.assert(
      fc.property(anyDocument(), (document) => {
        const result = tidy(document);
        const boxes = nodeBoxes(result),
          routes = route(result);
        expect(Object.keys(routes).sort()).toEqual(Object.keys(result.edges).sort());
        for (const edge of Object.values(result.edges)) {
          const way = routes[edge.id],
            source = boxes.get(edge.source),
            target = boxes.get(edge.target);
          const first = way?.points[0],
            last = way?.points.at(-1);
          if (!way || !source || !target || !first || !last) throw new Error('an edge without a way');
          expect(onBorder(first, source) && onBorder(last, target)).toBe(true);
          for (const { x, y } of [...way.points, way.label])
            expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
          if (result.nodes[edge.source]?.pinned || result.nodes[edge.target]?.pinned) continue; // may stand on each other
          for (const [a, b] of pieces(way))
            expect(Math.min(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeLessThan(0.01);
        }
      }),
      { numRuns: 100 },
    );
  });

  test.each(['TB', 'LR'] as const)(
    'in a tidied flow with loops (%s) no line runs through a node and no label stands on one',
    (direction) => {
      const document = tidy(SIGN_UP, direction);
      expect(pierced(document)).toEqual([]);
      expect(hiddenLabels(document)).toEqual([]);
    },
  );

  test('an edge past a node in a row goes round it', () => {
    const document = sketch(['a action', 'b action', 'c action'], ['a > c']);
    for (const [number, node] of Object.values(document.nodes).entries())
      node.position = { x: 0, y: number * 160 };
    expect(pierced(document)).toEqual([]);
  });

  test('an edge finds its way through staggered walls that no simple way passes', () => {
    const walls = Array.from({ length: 6 }, (_, row) =>
      Array.from({ length: 5 }, (_unused, column) => ({ row, column })),
    ).flat();
    const document = sketch(
      ['a action', 'z action', ...walls.map(({ row, column }) => `w${row}-${column} action`)],
      ['a > z'],
    );
    const place = (id: string, x: number, y: number): void => {
      const node = document.nodes[id];
      if (node) node.position = { x, y };
    };
    place('a', 0, -200);
    place('z', 0, 6 * 200);
    // Each row covers what the gaps of the row before leave open.
    for (const { row, column } of walls)
      place(`w${row}-${column}`, (column - 2) * 268 + (row % 2) * 134, row * 200);
    expect(pierced(document)).toEqual([]);
  });

  test('in any tidied flow without pinned nodes no line runs through a node, no label stands on one or on another', () => {
    const flows = fc.record({
      direction: fc.constantFrom('TB' as const, 'LR' as const),
      steps: fc.array(
        fc.record({
          type: fc.constantFrom('screen', 'action', 'decision', 'system'),
          before: fc.nat(6),
          back: fc.option(fc.nat(8), { freq: 3 }),
        }),
        { minLength: 2, maxLength: 30 },
      ),
    });
    fc.assert(
      fc.property(flows, ({ direction, steps }) => {
        const edges = steps.flatMap(({ before, back, type }, number) => [
          ...(number > 0
            ? [`n${Math.max(0, number - 1 - before)} > n${number} : ${type === 'decision' ? 'next' : 'Yes'}`]
            : []),
          ...(back !== null && number > back ? [`n${number} > n${number - back - 1} : No / back`] : []),
        ]);
        const document = tidy(
          sketch(
            steps.map(({ type }, number) => `n${number} ${type}`),
            edges,
          ),
          direction,
        );
        expect(pierced(document)).toEqual([]);
        expect(hiddenLabels(document)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('the branches of a decision begin at different tips', () => {
    const document = tidy(
      sketch(['d decision', 'a end', 'b end', 'c end'], ['d > a : 1', 'd > b : 2', 'd > c : 3']),
    );
    const starts = Object.values(route(document)).map(({ points }) => JSON.stringify(points[0]));
    expect(new Set(starts).size).toBe(3);
  });

  test('a small offset does not make a jog', () => {
    const document = sketch(['a action', 'b action'], ['a > b']);
    const b = document.nodes['b'];
    if (b) b.position = { x: 20, y: 200 };
    expect(route(document)['e1']?.points).toHaveLength(2);
  });

  test('edges without both ends are left out', () => {
    expect(route(sketch(['a start'], ['a > ghost', '__proto__ > a']))).toEqual({});
  });

  test('the same document gives the same lines and labels, however its nodes lie', () => {
    fc.assert(
      fc.property(anyDocument(), (document) => {
        expect(route(structuredClone(document))).toEqual(route(document));
      }),
      { numRuns: 30 },
    );
  });

  test('a line that would cross another goes round it where the way is not much longer', () => {
    const document = sketch(['a decision', 'b action', 'c action'], ['a > b : No', 'a > c : Yes']);
    for (const [id, x, y] of [
      ['a', 0, 0],
      ['b', -300, 200],
      ['c', -600, 200],
    ] as const) {
      const node = document.nodes[id];
      if (node) node.position = { x, y };
    }
    const [first = [], second = []] = Object.values(route(document)).map(pieces);
    const between = (value: number, one: number, other: number): boolean =>
      value > Math.min(one, other) && value < Math.max(one, other);
    const crossings = first.flatMap(([a, b]) =>
      second.filter(([c, d]) =>
        a.x === b.x
          ? c.y === d.y && between(a.x, c.x, d.x) && between(c.y, a.y, b.y)
          : c.x === d.x && between(c.x, a.x, b.x) && between(a.y, c.y, d.y),
      ),
    );
    expect(crossings).toEqual([]);
  });

  test('a hundred nodes on one spot still get an answer, the same each time', () => {
    const ids = Array.from({ length: 120 }, (_, number) => `n${number}`);
    const pile = sketch(
      ids.map((id) => `${id} action`),
      ids.slice(1).map((id) => `n0 > ${id} : x`),
    );
    expect(Object.keys(route(pile))).toHaveLength(119);
    expect(route(pile)).toEqual(route(pile));
  });
});
