import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDocument, sketch } from '../../../test/documents.ts';
import { LIMITS } from '../../document/limits.ts';
import type { FlowDocument } from '../../document/types.ts';
import { parseDocument } from '../../schema/index.ts';
import { fromStateDiagram, toStateDiagram } from './index.ts';

const NASTY = [
  '"quoted"',
  'a : b :: c',
  '[*] --> B',
  '}',
  'end note',
  '--',
  '<<choice>>',
  '# no comment',
  '%% no comment',
  '**bold** _it_',
  '#quot; #35; &amp;',
  '<b>bold</b><br/>',
  'two\nlines',
  ' spaces round ',
  '🧑‍🚀 emoji 👍🏽',
  'مرحبا بالعالم',
  '登録する',
  'a\\nb',
  ';;;',
  ':::class',
  '\ttab\u0000\u007F',
  '\u2028\u00A0',
];
const text = fc
  .oneof(
    fc.constantFrom(...NASTY),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc
      .array(fc.constantFrom(...'"#&<>`%\\;:*_-[](){} \nab'), { maxLength: 20 })
      .map((characters) => characters.join('')),
  )
  .map((value) => value.slice(0, LIMITS.title).replace(/\p{Surrogate}/gu, ''));

/** What a state diagram can carry. Edges are compared by what they say; their ids and order are not written. */
function essence({ name, nodes, frames, edges }: FlowDocument): unknown {
  return {
    name,
    nodes: Object.fromEntries(
      Object.values(nodes).map(({ id, type, title, frameId, description = '' }) => [
        id,
        { type, title, frameId, description },
      ]),
    ),
    frames: Object.fromEntries(
      Object.values(frames).map(({ id, title, parentId }) => [id, { title, parentId }]),
    ),
    edges: Object.values(edges)
      .map(({ source, target, trigger, label }) =>
        JSON.stringify([source, target, trigger, label?.trim() ?? '']),
      )
      .toSorted(),
  };
}

describe('fromStateDiagram(toStateDiagram(document))', () => {
  test('keeps ids, titles, types, frames, transitions, labels and triggers, whatever the texts are', () => {
    fc.assert(
      fc.property(
        anyDocument({ maxNodes: 12, title: text, label: text }),
        text,
        fc.array(text, { maxLength: 12 }),
        (document, name, descriptions) => {
          document.name = name;
          for (const [number, node] of Object.values(document.nodes).entries()) {
            const description = descriptions[number];
            if (description !== undefined) node.description = description;
          }
          const { document: back, warnings } = fromStateDiagram(toStateDiagram(document), { layout: false });
          expect(essence(back)).toEqual(essence(document));
          expect(warnings).toEqual([]);
          expect(parseDocument(JSON.parse(JSON.stringify(back)))).toEqual(back);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('starts and ends of frames, choices, forks and notes are written as Mermaid draws them, and come back', () => {
    const document = sketch(
      [
        'go start Begin',
        'a screen Log in',
        'b screen Pay',
        'c decision c',
        'f system f',
        'z end Done',
        'n note Why',
      ],
      [
        'go > a / auto',
        'a > b : send / submit',
        'b > c : paid / click',
        'c > z / success',
        'c > f / auto',
        'n > b / auto',
      ],
    );
    const f = document.nodes['f'];
    if (f) f.data = { stateKind: 'fork' };
    const written = toStateDiagram(document);
    expect(written.split('\n').slice(3)).toEqual([
      'stateDiagram-v2',
      '  state "Log in" as a',
      '  state "Pay" as b',
      '  state c <<choice>>',
      '  state f <<fork>>',
      '  %% record: ["start","go","Begin"]',
      '  [*] --> a',
      '  %% record: ["end","z","Done"]',
      '  %% trigger: success',
      '  c --> [*]',
      '  a --> b : send',
      '  b --> c : paid',
      '  c --> f',
      '  %% record: ["note","n",""]',
      '  note right of b',
      '    Why',
      '  end note',
      '',
    ]);
    const back = fromStateDiagram(written, { layout: false }).document;
    expect(essence(back)).toEqual(essence(document));
    expect(back.nodes['f']?.data).toEqual({ stateKind: 'fork' });
  });

  test('ids that Mermaid cannot have are replaced, everything else stays', () => {
    const document = sketch(
      ['state screen One', 'a-b screen Two', 'a.b screen Three', 'root screen Four'],
      ['state > a-b', 'a-b > root'],
    );
    const { document: back } = fromStateDiagram(toStateDiagram(document));
    expect(Object.values(back.nodes).map(({ title }) => title)).toEqual(['One', 'Two', 'Three', 'Four']);
    expect(Object.keys(back.edges)).toHaveLength(2);
  });
});
