import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDocument, sketch } from '../../../test/documents.ts';
import { LIMITS } from '../../document/limits.ts';
import type { FlowDocument, FlowNode, Frame, JsonValue } from '../../document/types.ts';
import { parseDocument } from '../../schema/index.ts';
import { ELEMENT_OF, SUB_PROCESSES, TYPE_OF, BESIDE } from './vocabulary.ts';
import { fromBpmn, toBpmn } from './index.ts';

/** XML 1.0 has no way at all to write most control characters. */
const text = fc
  .oneof(
    fc.constantFrom(
      '"quoted" & <b>',
      'two\nlines\r\n\ttabs',
      ' spaces ',
      ']]>',
      '🧑‍🚀 👍🏽',
      'مرحبا بالعالم',
      'שלום',
      '&amp;#10;',
      '__proto__',
    ),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
  )
  .map((value) =>
    value
      .slice(0, LIMITS.title)
      .replace(/\p{Surrogate}|[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, ''),
  );

/** Any document, in which frames and nodes may also remember that they were BPMN. */
const anyFlow = fc
  .tuple(
    anyDocument({ maxNodes: 14, title: text, label: text }),
    text,
    fc.array(fc.constantFrom('participant', 'process', 'group', 'lane', ...SUB_PROCESSES, undefined), {
      minLength: 5,
      maxLength: 5,
    }),
    fc.array(fc.constantFrom(...TYPE_OF.keys(), ...BESIDE.keys(), undefined, undefined), {
      minLength: 14,
      maxLength: 14,
    }),
    fc.array(fc.constantFrom('association', 'attachment', 'messageFlow', undefined, undefined), {
      minLength: 28,
      maxLength: 28,
    }),
    fc.array(fc.option(text), { minLength: 28, maxLength: 28 }),
  )
  .map(([document, name, frames, nodes, edges, conditions]) => {
    document.name = name;
    for (const [at, frame] of Object.values(document.frames).entries()) remember(frame, frames[at]);
    for (const [at, node] of Object.values(document.nodes).entries()) remember(node, nodes[at]);
    for (const [at, edge] of Object.values(document.edges).entries()) {
      if (edges[at] !== undefined) edge.data = { bpmn: { element: edges[at] } };
      const condition = conditions[at];
      if (condition) edge.condition = condition;
    }
    return document;
  });

function remember(record: FlowNode | Frame, element: string | undefined): void {
  if (element !== undefined) record.data = { bpmn: { element } };
}

/** All that BPMN carries: everything but what only says how a thing was written there. */
function essence({ name, nodes, edges, frames }: FlowDocument): unknown {
  const without = (record: object): object =>
    Object.fromEntries(Object.entries(record).filter(([key, value]) => key !== 'data' && value !== ''));
  const each = (records: object): object =>
    Object.fromEntries(
      Object.entries(records).map(([id, record]: [string, object]) => [id, without(record)]),
    );
  return { name, nodes: each(nodes), edges: each(edges), frames: each(framesOf(frames)) };
}
/** A process without a pool has no shape: its frame is put round what is in it. */
function framesOf(frames: FlowDocument['frames']): object {
  return Object.fromEntries(
    Object.values(frames).map(({ position: _position, size: _size, ...frame }) => [frame.id, frame]),
  );
}

describe('fromBpmn(toBpmn(document))', () => {
  test('keeps ids, names, types, frames, flows, places and sizes, whatever was BPMN before', () => {
    fc.assert(
      fc.property(anyFlow, (document) => {
        const { document: back, warnings } = fromBpmn(toBpmn(document));
        expect(essence(back)).toEqual(essence(document));
        expect(warnings).toEqual([]);
        parseDocument(back);
      }),
      { numRuns: 120 },
    );
  });

  test('a second time it changes nothing at all', () => {
    fc.assert(
      fc.property(anyFlow, (document) => {
        const once = fromBpmn(toBpmn(document)).document;
        expect(fromBpmn(toBpmn(once)).document).toEqual(once);
      }),
      { numRuns: 60 },
    );
  });

  test('a flow that never was BPMN comes back without any BPMN in it, and frames keep their places', () => {
    fc.assert(
      fc.property(anyDocument({ maxNodes: 12 }), (document) => {
        const { document: back } = fromBpmn(toBpmn(document));
        expect(back).toEqual(document);
      }),
      { numRuns: 60 },
    );
  });

  test('every node type has an element that leads back to it', () => {
    for (const [type, element] of Object.entries(ELEMENT_OF)) {
      expect(TYPE_OF.get(element) ?? BESIDE.get(element)).toBe(type);
    }
  });

  test('ids that XML cannot have are told beside, and taken ones replaced', () => {
    const document = sketch(
      ['1a action One', 'a:b screen Two', 'e1 end Three', 'process end'],
      ['1a > a:b', 'a:b > e1'],
    );
    expect(fromBpmn(toBpmn(document)).document).toEqual(document);
  });

  test('a thousand frames inside each other come back as they were', () => {
    const document = sketch(['a action']);
    for (let at = 0; at < 1_000; at += 1) {
      const parent = at === 0 ? {} : { parentId: `f${at - 1}` };
      document.frames[`f${at}`] = {
        id: `f${at}`,
        title: `${at}`,
        ...parent,
        position: { x: 0, y: 0 },
        size: { width: 9, height: 9 },
      };
    }
    const a = document.nodes['a'];
    if (a) a.frameId = 'f999';
    expect(fromBpmn(toBpmn(document)).document).toEqual(document);
  });

  test.each<[string, JsonValue]>([
    ['a number', 7],
    ['an element that is none', { element: '"><script>' }],
    ['attributes that are none', { element: 'task', attributes: { 'x y="': '1', isClosed: 7 } }],
    [
      'events that are none',
      { element: 'boundaryEvent', events: [null, { kind: '<x' }, { kind: 'timer', form: '<', text: 'x' }] },
    ],
    ['an id that is none', { id: '<&"' }],
    ['keys that objects inherit', { element: 'constructor', id: 'toString' }],
  ])('%s under data.bpmn does no harm', (_what, bpmn) => {
    const document = sketch(['a system A', 'b action B'], ['a > b']);
    for (const record of [...Object.values(document.nodes), ...Object.values(document.edges)])
      record.data = { bpmn };
    const { document: back } = fromBpmn(toBpmn(document));
    expect(essence(back)).toEqual(essence(document));
  });
});
