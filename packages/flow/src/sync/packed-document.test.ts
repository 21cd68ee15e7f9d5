import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDocument } from '../../test/documents.ts';
import { namesFrom, randomOp, seeded } from '../../test/random-ops.ts';
import { applyOps, emptyDocument, FlowError, type FlowDocument, type FlowNode } from '../index.ts';
import { packDocument, unpackDocument } from './packed-document.ts';

const MOST = 64 * 1024;

function roundTrip(document: FlowDocument, most = MOST): FlowDocument {
  const blocks = packDocument(document, most);
  if (!blocks) throw new Error('A record is too long');
  expect(Math.max(...blocks.map(({ bytes }) => bytes))).toBeLessThanOrEqual(most);
  for (const { text, bytes } of blocks) expect(Buffer.byteLength(text)).toBe(bytes);
  return unpackDocument(JSON.parse(`[${blocks.map(({ text }) => text).join(',')}]`) as unknown[]);
}

function node(id: string, more: Partial<FlowNode> = {}): FlowNode {
  return { id, type: 'screen', title: id, position: { x: 0, y: 0 }, ...more };
}

describe('a packed document', () => {
  test('is read as what it was, in any size of blocks [H7]', () => {
    const data = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { maxKeys: 4 }) as fc.Arbitrary<
      NonNullable<FlowNode['data']>
    >;
    const text = fc.string({ unit: 'grapheme', maxLength: 12 });
    fc.assert(
      fc.property(
        anyDocument({ title: text, label: text }),
        fc.array(data, { maxLength: 8 }),
        fc.integer({ min: 2_000, max: MOST }),
        (document, datas, most) => {
          Object.values(document.nodes).forEach((each, at) => {
            const more = datas[at];
            if (more) each.data = more;
          });
          expect(roundTrip(document, most)).toEqual(JSON.parse(JSON.stringify(document)));
          expect(Object.keys(roundTrip(document).nodes)).toEqual(Object.keys(document.nodes));
        },
      ),
      { numRuns: 100 },
    );
  }, 30_000);

  test('is read as what it was after any edits: all fields of all kinds [H7]', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const choose = seeded(seed);
      const fresh = namesFrom(choose, 30);
      let document = emptyDocument(`Seed ${seed}`);
      for (let i = 0; i < 80; i += 1)
        document = applyOps(document, [randomOp(choose, document, fresh)]).document;
      expect({ seed, document: roundTrip(document) }).toEqual({ seed, document });
    }
  }, 30_000);

  test('keeps null in data, empty texts, lone surrogates, numbers of every kind and equal texts apart [H7]', () => {
    const document = emptyDocument('\u{1F6D2} "quoted" \\ \u202Eright to left');
    const data = JSON.parse(
      '{"a":null,"__proto__":{"x":1},"b":[],"c":"0","d":1e-7,"e":[0,1],"f":{}}',
    ) as object;
    document.nodes['a'] = node('a', { data: data as never, title: '\uD83D', description: '' });
    document.nodes['b'] = node('b', { title: '\uD83D', position: { x: -0.5, y: 1e6 }, personaIds: [] });
    document.nodes['c'] = node('c', { title: '0', pinned: false, size: { width: 1.5, height: 2 } });
    document.edges['e'] = { id: 'e', source: 'c', target: 'a', trigger: 'click', label: 'a' };
    document.edges['f'] = { id: 'f', source: 'a', target: 'a', trigger: 'click', label: 'a' };
    const back = roundTrip(document);
    expect(back).toEqual(document);
    expect(JSON.stringify(back.nodes['a']?.data)).toBe(JSON.stringify(data));
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  test('is none when one record does not fit', () => {
    const document = emptyDocument('Flow');
    document.nodes['a'] = node('a', { description: 'é'.repeat(3_000) });
    expect(packDocument(document, 5_000)).toBeUndefined();
    expect(roundTrip(document, 6_200)).toEqual(document);
  });

  test.each<[string, unknown[]]>([
    ['nothing', []],
    ['no name', [[2, 1, {}]]],
    ['no block', ['x', 5]],
    ['an unknown kind', ['x', [4, 1, { id: ['a'] }]]],
    ['a kind of another type', ['x', ['length', 1, { id: ['a'] }]]],
    ['no rows', ['x', [0, 0, {}]]],
    ['rows without end', ['x', [0, 1e9, { id: ['a'] }]]],
    ['half a row', ['x', [0, 1.5, { id: ['a'], name: ['a'] }]]],
    ['no columns', ['x', [0, 1, null]]],
    ['a short column', ['x', [0, 2, { id: ['a', 'b'], name: ['x'] }]]],
    ['a missing field', ['x', [0, 1, { id: ['a'] }]]],
    ['a field that records do not have', ['x', [0, 1, { id: ['a'], name: ['a'], constructor: ['b'] }]]],
    ['a field of objects', ['x', [0, 1, JSON.parse('{"id":["a"],"name":["a"],"__proto__":["b"]}')]]],
    ['an id of objects', ['x', [0, 1, { id: ['__proto__'], name: ['a'] }]]],
    ['an id twice', ['x', [0, 2, { id: ['a', 'a'], name: ['a', 'b'] }]]],
    ['a text that is not there', ['x', [0, 1, { id: ['a'], name: [2] }]]],
    ['a text that is a number', ['x', [0, 2, { id: ['a', 'b'], name: [1, 1] }]]],
    ['null for a cell', ['x', [0, 1, { id: ['a'], name: [null] }]]],
    ['three in a cell', ['x', [0, 1, { id: ['a'], name: [[1, 2, 3]] }]]],
    ['a pair that is none', ['x', [0, 1, { id: ['a'], name: [[1, 2]] }]]],
    ['a node that is not there', ['x', [3, 1, { id: ['e'], source: [1], target: [1], trigger: ['click'] }]]],
  ])('that holds %s is refused [H7]', (_, blocks) => {
    expect(() => unpackDocument(blocks)).toThrow(FlowError);
  });
});
