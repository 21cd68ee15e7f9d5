import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { applyOps } from '../document/ops.ts';
import { emptyDocument } from '../document/empty.ts';
import { LIMITS } from '../document/limits.ts';
import type { FlowDocument, Op } from '../document/types.ts';
import { anyDocument, sketch } from '../../test/documents.ts';
import { overlaps, type Box } from './boxes.ts';
import { nodeBoxes } from './node-boxes.ts';
import { layout, nodeSize, placeNear } from './index.ts';

// Properties run on any machine, however busy it is.
vi.setConfig({ testTimeout: 60_000 });

const after = (document: FlowDocument, ops: Op[]): FlowDocument => applyOps(document, ops).document;
const boxOf = (document: FlowDocument, id: string): Box => {
  const box = nodeBoxes(document).get(id);
  if (!box) throw new Error(`no node ${id}`);
  return box;
};
function overlapping(document: FlowDocument, ignore: (id: string) => boolean = () => false): string[] {
  const boxes = [...nodeBoxes(document)];
  return boxes.flatMap(([a, boxA], number) =>
    boxes
      .slice(number + 1)
      .filter(([b, boxB]) => !(ignore(a) && ignore(b)) && overlaps(boxA, boxB))
      .map(([b]) => `${a} on ${b}`),
  );
}
const directions = fc.constantFrom('TB' as const, 'LR' as const);

describe('layout', () => {
  test('no two nodes overlap, pinned ones stay, coordinates are whole and on the canvas', () => {
    fc.assert(
      fc.property(anyDocument(), directions, (document, direction) => {
        const result = after(document, layout(document, { direction }).ops);
        expect(overlapping(result, (id) => document.nodes[id]?.pinned === true)).toEqual([]);
        for (const node of Object.values(result.nodes)) {
          if (node.pinned) expect(node.position).toEqual(document.nodes[node.id]?.position);
          expect(Number.isInteger(node.position.x) && Number.isInteger(node.position.y)).toBe(true);
          expect(Math.abs(node.position.x)).toBeLessThanOrEqual(LIMITS.coordinate);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('with nodeIds only these move, and they land on nothing', () => {
    fc.assert(
      fc.property(anyDocument(), fc.func(fc.boolean()), directions, (document, choose, direction) => {
        const tidy = after(document, layout(document).ops);
        const nodeIds = Object.keys(tidy.nodes).filter((id) => choose(id));
        const result = after(tidy, layout(tidy, { nodeIds, direction }).ops);
        const moves = (id: string): boolean => nodeIds.includes(id) && tidy.nodes[id]?.pinned !== true;
        for (const [id, node] of Object.entries(result.nodes)) {
          if (!moves(id)) expect(node.position).toEqual(tidy.nodes[id]?.position);
        }
        expect(overlapping(result, (id) => !moves(id))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('every frame holds its nodes and its inner frames', () => {
    fc.assert(
      fc.property(anyDocument(), (document) => {
        const result = after(document, layout(document).ops);
        const inside = (inner: Box, id: string | undefined): void => {
          const frame = id === undefined ? undefined : result.frames[id];
          if (!frame) return;
          const {
            position: { x, y },
            size: { width, height },
          } = frame;
          expect(inner.x >= x && inner.y >= y).toBe(true);
          expect(inner.x + inner.width <= x + width && inner.y + inner.height <= y + height).toBe(true);
        };
        for (const node of Object.values(result.nodes)) inside(boxOf(result, node.id), node.frameId);
        for (const frame of Object.values(result.frames))
          inside({ ...frame.position, ...frame.size }, frame.parentId);
      }),
      { numRuns: 100 },
    );
  });

  test('without pinned nodes no frame runs into a node or frame that is not its own', () => {
    fc.assert(
      fc.property(anyDocument({ maxNodes: 14 }), (document) => {
        for (const node of Object.values(document.nodes)) delete node.pinned;
        const result = after(document, layout(document).ops);
        const within = (frame: string | undefined, ancestor: string): boolean =>
          frame !== undefined && (frame === ancestor || within(result.frames[frame]?.parentId, ancestor));
        for (const frame of Object.values(result.frames)) {
          const area = { ...frame.position, ...frame.size };
          for (const node of Object.values(result.nodes)) {
            if (!within(node.frameId, frame.id)) expect(overlaps(area, boxOf(result, node.id))).toBe(false);
          }
          for (const other of Object.values(result.frames)) {
            const related = within(other.id, frame.id) || within(frame.id, other.id);
            if (!related) expect(overlaps(area, { ...other.position, ...other.size })).toBe(false);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('the same document gives the same layout, and tidying twice changes nothing more', () => {
    fc.assert(
      fc.property(anyDocument({ maxNodes: 14 }), (document) => {
        for (const node of Object.values(document.nodes)) {
          delete node.pinned;
          if (node.type === 'note') node.type = 'action';
        }
        const first = layout(document);
        expect(layout(document)).toEqual(first);
        expect(layout(after(document, first.ops)).ops).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('a chain runs straight down, or to the right with LR', () => {
    const chain = sketch(['a start', 'b screen', 'c decision', 'd end'], ['a > b', 'b > c', 'c > d']);
    const down = after(chain, layout(chain).ops);
    const centres = Object.keys(down.nodes)
      .map((id) => boxOf(down, id))
      .map(({ x, width }) => x + width / 2);
    expect(new Set(centres).size).toBe(1);
    expect(boxOf(down, 'd').y).toBeGreaterThan(boxOf(down, 'c').y);
    const right = after(chain, layout(chain, { direction: 'LR' }).ops);
    expect(boxOf(right, 'b').x).toBeGreaterThan(boxOf(right, 'a').x + boxOf(right, 'a').width);
  });

  test('a frame beside a line of steps does not tear it apart', () => {
    const document = sketch(
      [
        'a start',
        'b action',
        'c action',
        'd end',
        ...[1, 2, 3, 4, 5, 6].map((number) => `f${number} screen`),
      ],
      [
        'a > b',
        'b > c',
        'c > d',
        'a > f1',
        ...[1, 2, 3, 4, 5].map((number) => `f${number} > f${number + 1}`),
      ],
    );
    document.frames['frame'] = {
      id: 'frame',
      title: 'Checkout',
      position: { x: 0, y: 0 },
      size: { width: 100, height: 100 },
    };
    for (const node of Object.values(document.nodes)) if (/^f\d/.test(node.id)) node.frameId = 'frame';
    const result = after(document, layout(document).ops);
    for (const [from, to] of [
      ['b', 'c'],
      ['c', 'd'],
    ] as const) {
      const upper = boxOf(result, from);
      expect(boxOf(result, to).y - (upper.y + upper.height)).toBeLessThanOrEqual(64);
    }
  });

  test('a step that simply follows another stands in line with it, whatever leads back past them', () => {
    const document = sketch(
      ['a start', 'b screen', 'c action', 'd decision', 'e end'],
      ['a > b', 'b > c', 'c > d', 'd > e : Yes', 'd > b : No', 'd > c : again'],
    );
    for (const direction of ['TB', 'LR'] as const) {
      const result = after(document, layout(document, { direction }).ops);
      const centres = ['a', 'b', 'c', 'd'].map((id) => {
        const { x, y, width, height } = boxOf(result, id);
        return direction === 'TB' ? x + width / 2 : y + height / 2;
      });
      expect(new Set(centres).size).toBe(1);
    }
  });

  test('an edge that goes back does not turn the order round', () => {
    const loop = sketch(
      ['a start', 'b screen', 'c decision', 'd end'],
      ['a > b', 'b > c', 'c > b : No', 'c > d : Yes'],
    );
    const result = after(loop, layout(loop).ops);
    const tops = ['a', 'b', 'c', 'd'].map((id) => boxOf(result, id).y);
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
  });

  test('parts that are not connected stand side by side', () => {
    const parts = sketch(['a start', 'b end', 'c start', 'd end'], ['a > b', 'c > d']);
    const result = after(parts, layout(parts).ops);
    expect(boxOf(result, 'c').x).toBeGreaterThan(boxOf(result, 'a').x + boxOf(result, 'a').width);
    expect(boxOf(result, 'c').y).toBe(boxOf(result, 'a').y);
  });

  test('a note stands beside the node that it is linked with', () => {
    const noted = sketch(['a start', 'b screen', 'c end', 'n note Ask legal'], ['a > b', 'b > c', 'n > b']);
    const result = after(noted, layout(noted).ops);
    const note = boxOf(result, 'n'),
      screen = boxOf(result, 'b');
    expect(note.x - (screen.x + screen.width)).toBe(24);
    expect(Math.abs(note.y + note.height / 2 - screen.y - screen.height / 2)).toBeLessThanOrEqual(1);
  });

  test('a new node among placed ones lands next to its neighbour', () => {
    const document = sketch(['a start', 'b screen', 'c end', 'x action'], ['a > b', 'b > c', 'b > x']);
    const tidy = after(document, layout(document).ops);
    const x = tidy.nodes['x'];
    if (x) tidy.nodes['x'] = { ...x, position: { x: 90_000, y: 90_000 } };
    const result = after(tidy, layout(tidy, { nodeIds: ['x'] }).ops);
    const placed = boxOf(result, 'x'),
      neighbour = boxOf(result, 'b');
    expect(Math.hypot(placed.x - neighbour.x, placed.y - neighbour.y)).toBeLessThan(600);
    expect(placed.y).toBeGreaterThan(neighbour.y);
  });

  test('an unknown id in nodeIds is refused by name', () => {
    expect(() => layout(sketch(['a start']), { nodeIds: ['a', 'ghost'] })).toThrowError(
      /nodeIds\.1.*"ghost"/,
    );
  });

  test('an empty document has no ops and no size', () => {
    expect(layout(emptyDocument('Empty'))).toEqual({ ops: [], bounds: { x: 0, y: 0, width: 0, height: 0 } });
  });

  test.each([
    ['a chain', (number: number) => number - 1],
    ['a star', () => 0],
    ['a tree', (number: number) => Math.floor((number - 1) / 3)],
  ])('%s of 3,000 nodes stays on the canvas without overlaps', (_, parentOf) => {
    const document = sketch([
      'n0 start',
      ...Array.from({ length: 2_999 }, (_unused, number) => `n${number + 1} action`),
    ]);
    for (let number = 1; number < 3_000; number += 1) {
      const id = `e${number}`;
      document.edges[id] = { id, source: `n${parentOf(number)}`, target: `n${number}`, trigger: 'auto' };
    }
    const result = after(document, layout(document).ops);
    const boxes = [...nodeBoxes(result).values()].toSorted((a, b) => a.x - b.x);
    for (const [number, box] of boxes.entries()) {
      expect(Math.max(Math.abs(box.x), Math.abs(box.y))).toBeLessThanOrEqual(LIMITS.coordinate);
      for (let next = number + 1; (boxes[next]?.x ?? Infinity) < box.x + box.width; next += 1) {
        const other = boxes[next];
        if (other && overlaps(box, other)) expect.fail(`overlap at ${box.x}, ${box.y}`);
      }
    }
  });

  test('frames nested 1,000 deep are laid out without recursion', () => {
    const document = sketch(['a start', 'b end'], ['a > b']);
    for (let depth = 0; depth < 1_000; depth += 1) {
      document.frames[`f${depth}`] = {
        id: `f${depth}`,
        title: '',
        position: { x: 0, y: 0 },
        size: { width: 1, height: 1 },
        ...(depth > 0 ? { parentId: `f${depth - 1}` } : {}),
      };
    }
    const a = document.nodes['a'];
    if (a) a.frameId = 'f999';
    const result = after(document, layout(document).ops);
    expect(result.frames['f0']?.size.width).toBeGreaterThan(1_000 * 64);
  });
});

describe('placeNear', () => {
  test('nodes placed one after another beside the same neighbour never overlap', () => {
    fc.assert(
      fc.property(anyDocument({ maxNodes: 10 }), fc.integer({ min: 1, max: 30 }), (document, count) => {
        let tidy = after(document, layout(document).ops);
        const neighbour = Object.keys(tidy.nodes)[0];
        for (let number = 0; number < count; number += 1) {
          const node = { id: `new${number}`, type: 'action' as const, title: `New ${number}` };
          const position = placeNear(tidy, node, neighbour);
          tidy = after(tidy, [{ op: 'put', kind: 'node', value: { ...node, position } }]);
        }
        expect(overlapping(tidy, (id) => tidy.nodes[id]?.pinned === true)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('the first node of all stands at the origin, the next one below it', () => {
    expect(placeNear(emptyDocument('Empty'), { type: 'start', title: 'Start' })).toEqual({ x: 0, y: 0 });
    const { x, y } = placeNear(sketch(['a start']), { type: 'end', title: 'End' }, 'a');
    expect({ x, below: y > nodeSize({ type: 'start', title: 'a' }).height }).toEqual({ x: 0, below: true });
  });
});

describe('nodeSize', () => {
  test('a longer title never makes a smaller node, and a size of its own wins', () => {
    for (const type of ['start', 'screen', 'action', 'decision', 'note'] as const) {
      const areas = [1, 20, 60, 120, 200].map((length) => {
        const { width, height } = nodeSize({ type, title: 'Lorem ipsum '.repeat(20).slice(0, length) });
        return width * height;
      });
      expect(areas).toEqual(areas.toSorted((a, b) => a - b));
    }
    expect(nodeSize({ type: 'action', title: 'x', size: { width: 31, height: 7 } })).toEqual({
      width: 31,
      height: 7,
    });
  });
});
