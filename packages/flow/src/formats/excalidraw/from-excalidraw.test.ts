import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FlowError } from '../../document/errors.ts';
import { LIMITS } from '../../document/limits.ts';
import { parseDocument } from '../../schema/index.ts';
import { fromExcalidraw, type ExcalidrawImport } from './index.ts';

type Fields = Record<string, unknown>;
const file = (...elements: Fields[]): string =>
  JSON.stringify({ type: 'excalidraw', version: 2, elements, appState: {}, files: {} });
const shape = (id: string, type: string, x: number, more: Fields = {}): Fields => ({
  id,
  type,
  x,
  y: 0,
  width: 100,
  height: 50,
  groupIds: [],
  frameId: null,
  isDeleted: false,
  ...more,
});
const text = (containerId: string, value: string): Fields => ({
  id: `t-${containerId}`,
  type: 'text',
  x: 0,
  y: 0,
  width: 10,
  height: 10,
  text: value,
  containerId,
});
const arrow = (id: string, from: string | null, to: string | null, more: Fields = {}): Fields => ({
  ...shape(id, 'arrow', 0),
  points: [
    [0, 0],
    [100, 0],
  ],
  startBinding: from && { elementId: from, focus: 0, gap: 1 },
  endBinding: to && { elementId: to, focus: 0, gap: 1 },
  startArrowhead: null,
  endArrowhead: 'arrow',
  ...more,
});
const read = (source: string): ExcalidrawImport => {
  const result = fromExcalidraw(source);
  parseDocument(result.document);
  return result;
};

describe('fromExcalidraw', () => {
  test('shapes with bound texts become nodes, arrows edges with their labels', () => {
    const { document, warnings } = read(
      file(
        shape('s', 'ellipse', 0),
        text('s', 'Start'),
        shape('f', 'rectangle', 200),
        text('f', 'Sign-in form'),
        shape('d', 'diamond', 400),
        text('d', 'Right?'),
        arrow('a', 's', 'f'),
        arrow('b', 'f', 'd'),
        text('b', 'submit'),
        arrow('c', 'd', 't-f'),
        text('c', 'no, wrong'),
        shape('gone', 'rectangle', 600, { isDeleted: true }),
      ),
    );
    expect(warnings).toEqual([]);
    expect(
      Object.values(document.nodes).map(({ id, type, title, position }) => [id, type, title, position.x]),
    ).toEqual([
      ['s', 'start', 'Start', 0],
      ['f', 'screen', 'Sign-in form', 200],
      ['d', 'decision', 'Right?', 400],
    ]);
    expect(
      Object.values(document.edges).map(({ source, target, label, trigger }) => [
        source,
        target,
        label,
        trigger,
      ]),
    ).toEqual([
      ['s', 'f', undefined, 'auto'],
      ['f', 'd', 'submit', 'submit'],
      ['d', 'f', 'no, wrong', 'error'],
    ]);
  });

  test('an arrow bound to nothing means the shapes at which it ends, else it is told', () => {
    const { document, warnings } = read(
      file(
        shape('a', 'rectangle', 0),
        shape('b', 'rectangle', 300),
        arrow('near', null, null, {
          x: 110,
          y: 25,
          points: [
            [0, 0],
            [90, -60],
            [180, 0],
          ],
        }),
        arrow('far', 'a', null, {
          x: 110,
          y: 25,
          points: [
            [0, 0],
            [0, 900],
          ],
        }),
      ),
    );
    expect(document.edges).toMatchObject({ near: { source: 'a', target: 'b' } });
    expect(warnings).toEqual([{ message: 'an arrow that does not connect two shapes was left out' }]);
  });

  test('heads say the direction: at the start alone backwards, at both two transitions', () => {
    const shapes = [shape('a', 'rectangle', 0), shape('b', 'rectangle', 300)];
    const back = read(file(...shapes, arrow('r', 'a', 'b', { startArrowhead: 'dot', endArrowhead: null })));
    expect(back.document.edges).toMatchObject({ r: { source: 'b', target: 'a' } });
    const both = read(file(...shapes, arrow('t', 'a', 'b', { startArrowhead: 'arrow' })));
    expect(Object.keys(both.document.edges)).toEqual(['t', 't.back']);
    expect(both.warnings[0]?.message).toMatch(/two heads/);
  });

  test('frames and groups of several shapes become frames, nested as they are', () => {
    const inside = { frameId: 'fr' };
    const { document } = read(
      file(
        shape('fr', 'frame', -50, { width: 900, height: 400, name: 'Checkout' }),
        shape('a', 'rectangle', 0, { ...inside, groupIds: ['in', 'out'] }),
        shape('b', 'rectangle', 200, { ...inside, groupIds: ['in', 'out'] }),
        shape('c', 'rectangle', 400, { ...inside, groupIds: ['out'] }),
        shape('d', 'rectangle', 600, { ...inside, groupIds: ['alone'] }),
        text('d', 'Pay'),
      ),
    );
    expect(document.frames['fr']).toMatchObject({ title: 'Checkout', position: { x: -50, y: 0 } });
    expect(document.frames['group.out']?.parentId).toBe('fr');
    expect(document.frames['group.in']?.parentId).toBe('group.out');
    expect(Object.values(document.nodes).map(({ frameId }) => frameId)).toEqual([
      'group.in',
      'group.in',
      'group.out',
      'fr',
    ]);
    expect(Object.keys(document.frames)).toHaveLength(3);
  });

  test('a text grouped with one empty shape is its title, one that an arrow holds on to stays a note', () => {
    const label = (id: string, x: number, group: string): Fields =>
      shape(id, 'text', x + 10, { width: 20, height: 10, text: id, groupIds: [group] });
    const { document } = read(
      file(
        shape('a', 'rectangle', 0, { groupIds: ['g'] }),
        label('Pay', 0, 'g'),
        shape('b', 'rectangle', 200, { groupIds: ['h'] }),
        label('Why?', 200, 'h'),
        arrow('e', 'a', 'Why?'),
      ),
    );
    expect(Object.values(document.nodes).map(({ id, title }) => [id, title])).toEqual([
      ['a', 'Pay'],
      ['b', ''],
      ['node.Why_', 'Why?'],
    ]);
    expect(Object.keys(document.frames)).toEqual(['group.h']);
  });

  test('loose texts are notes, pictures screens, scribbles are told', () => {
    const { document, warnings } = read(
      file(
        shape('n', 'text', 0, { text: 'wrapped\nhere', originalText: 'wrapped here' }),
        shape('i', 'image', 200, { fileId: 'x' }),
        shape('l', 'freedraw', 0, { points: [[0, 0]] }),
        shape('m', 'line', 0, { points: [[0, 0]] }),
      ),
    );
    expect(Object.values(document.nodes).map(({ type, title }) => [type, title])).toEqual([
      ['note', 'wrapped here'],
      ['screen', ''],
    ]);
    expect(warnings.map(({ message }) => message)).toEqual([
      'an embedded picture was left out, its place is a screen',
      'a freedraw was left out: it is no step and connects none',
      'a line was left out: it is no step and connects none',
    ]);
  });

  test('right-to-left text, emoji and long texts arrive whole; half a character is replaced and told', () => {
    const long = '👍'.repeat(300);
    const { document, warnings } = read(
      file(
        shape('a', 'rectangle', 0),
        text('a', 'שלום 👩‍👩‍👧 مرحبا'),
        shape('b', 'rectangle', 200),
        text('b', long),
        shape('c', 'rectangle', 400),
        text('c', 'x\ud800y'),
      ),
    );
    expect(document.nodes['a']?.title).toBe('שלום 👩‍👩‍👧 مرحبا');
    expect(document.nodes['b']).toMatchObject({ title: '👍'.repeat(200), description: long });
    expect(document.nodes['c']?.title).toBe('x\uFFFDy');
    expect(warnings.map(({ message }) => message)).toEqual([
      'a text was cut to 200 characters',
      'half of a character (a lone surrogate) was replaced by \uFFFD',
    ]);
  });
});

describe('Excalidraw files that mean harm', () => {
  test.each([
    ['no JSON', '{"type": "excalidraw", '],
    ['another JSON', '{"format": "uxflow/1"}'],
    ['a list', '[]'],
    ['elements that are none', '{"type": "excalidraw", "elements": {"length": 9}}'],
    ['a million levels', '['.repeat(1_000_000)],
    ['50 MB', `{"type": "excalidraw", "elements": [], "x": "${'x'.repeat(50_000_000)}"}`],
    ['10,001 shapes', file(...Array.from({ length: 10_001 }, (_, at) => shape(`s${at}`, 'rectangle', at)))],
    [
      '1,001 frames',
      file(...Array.from({ length: LIMITS.frames + 1 }, (_, at) => shape(`s${at}`, 'frame', at))),
    ],
  ])('%s is refused with a typed error', (_what, source) => {
    expect(() => fromExcalidraw(source)).toThrow(FlowError);
  });

  test.each(['1e999', '-1e999', 'null', '"7"', '99999999'])('a coordinate of %s is no place', (x) => {
    const { document } = read(
      file(shape('a', 'rectangle', 123_456), shape('b', 'rectangle', 5)).replace('123456', x),
    );
    expect(Math.abs(document.nodes['a']?.position.x ?? Infinity)).toBeLessThan(10_000);
    expect(document.nodes['b']?.position).toEqual({ x: 5, y: 0 });
  });

  test.each([1e300, -1e300, Number.MAX_VALUE])('an arrow that ends at %d ends nowhere', (x) => {
    const far = arrow('f', 'a', null, {
      points: [
        [0, 0],
        [x, x],
      ],
    });
    expect(read(file(shape('a', 'rectangle', 0), far)).document.edges).toEqual({});
  });

  test('keys that objects inherit are plain ids, frames inside themselves are taken out', () => {
    const { document, warnings } = read(
      '{"type":"excalidraw","__proto__":{"elements":[1]},"elements":[{"id":"__proto__","type":"rectangle","x":0,"y":0,"width":9,"height":9},{"id":"constructor","type":"toString"},{"id":"f","type":"frame","frameId":"f","x":0,"y":0,"width":9,"height":9}]}',
    );
    expect(Object.keys(document.nodes)).toHaveLength(1);
    expect(warnings.map(({ message }) => message)).toEqual([
      'a thing of unknown kind was left out: it is no step and connects none',
      'a frame inside itself was taken out',
    ]);
  });

  test('whatever stands in the elements, it is read as a valid flow', () => {
    const ids = fc.constantFrom('a', 'b', 'c');
    const place = fc.oneof(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.double(), fc.constant(null));
    const plausible = fc.record({
      id: ids,
      type: fc.constantFrom('rectangle', 'frame', 'text', 'ellipse', 'arrow'),
      x: place,
      y: place,
      width: place,
      height: place,
      frameId: ids,
      groupIds: fc.array(ids),
      points: fc.array(fc.tuple(place, place)),
    });
    const anything = fc.dictionary(
      fc.constantFrom(
        'id',
        'type',
        'x',
        'width',
        'points',
        'groupIds',
        'containerId',
        'startBinding',
        '__proto__',
      ),
      fc.oneof(fc.jsonValue({ maxDepth: 3 }), ids, fc.constantFrom('rectangle', 'arrow', 'text', 'frame')),
    );
    const element = fc.oneof<[fc.Arbitrary<Fields>, fc.Arbitrary<Fields>]>(plausible, anything);
    fc.assert(
      fc.property(fc.array(element, { maxLength: 8 }), (elements) => {
        read(file(...elements));
      }),
      { numRuns: 300 },
    );
  });
});
