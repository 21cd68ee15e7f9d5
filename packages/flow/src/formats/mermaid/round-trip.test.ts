import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDocument, sketch } from '../../../test/documents.ts';
import { LIMITS } from '../../document/limits.ts';
import type { FlowDocument } from '../../document/types.ts';
import { fromMermaid, toMermaid } from './index.ts';

const NASTY = [
  '"quoted"',
  '[a] (b) {c}',
  'a]"] --> B',
  'end',
  'subgraph x',
  '#quot; #35; &amp;',
  '<b>bold</b><br/>',
  'two\nlines',
  ' spaces round ',
  '\n\n',
  '',
  '🧑‍🚀 emoji 👍🏽',
  'مرحبا بالعالم',
  'שלום',
  '登録する',
  '`code`',
  '%%{init}%%',
  '%% no comment',
  'a\\nb',
  ';;;',
  ':::class',
  'x|y',
  '\ttab\u0000\u007F',
  'a  \n  b',
  '\u2028\u00A0',
  '$$x$$',
  '---',
];
const text = fc
  .oneof(
    fc.constantFrom(...NASTY),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc
      .array(fc.constantFrom(...'"#&<>`%\\;|[](){} \nab'), { maxLength: 20 })
      .map((characters) => characters.join('')),
  )
  .map((value) => value.slice(0, LIMITS.title).replace(/\p{Surrogate}/gu, ''));

/** What Mermaid can carry. Edges are compared by what they say, in order; their ids are not written. */
function essence(document: FlowDocument): unknown {
  return {
    name: document.name,
    nodes: Object.fromEntries(
      Object.values(document.nodes).map(({ id, type, title, frameId }) => [id, { type, title, frameId }]),
    ),
    frames: Object.fromEntries(
      Object.values(document.frames).map(({ id, title, parentId }) => [id, { title, parentId }]),
    ),
    edges: Object.values(document.edges).map(({ source, target, trigger, label }) => ({
      source,
      target,
      trigger,
      label: label?.trim() ?? '',
    })),
  };
}

describe('fromMermaid(toMermaid(document))', () => {
  test('keeps ids, titles, types, frames, transitions, labels and triggers, whatever the texts are', () => {
    fc.assert(
      fc.property(anyDocument({ maxNodes: 12, title: text, label: text }), text, (document, name) => {
        document.name = name;
        const { document: back, warnings } = fromMermaid(toMermaid(document));
        expect(essence(back)).toEqual(essence(document));
        expect(warnings).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test.each(NASTY)('the title %j survives on nodes, frames and labels', (title) => {
    const document = sketch(['a screen', 'b end'], ['a > b']);
    const a = document.nodes['a'],
      edge = document.edges['e1'];
    if (a) Object.assign(a, { title, frameId: 'f' });
    if (edge) edge.label = title;
    document.frames['f'] = { id: 'f', title, position: { x: 0, y: 0 }, size: { width: 9, height: 9 } };
    expect(essence(fromMermaid(toMermaid(document)).document)).toEqual(essence(document));
  });

  test('ids that Mermaid cannot have are replaced, everything else stays', () => {
    const ids = ['end', 'endpoint', 'style', 'a.b', 'a:b', 'a--b', 'a-', 'node_1', 'x'];
    const document = sketch(
      ids.map((id) => `${id} action Title of ${id}`),
      ids.slice(1).map((id) => `x > ${id} : to ${id}`),
    );
    document.frames['x'] = {
      id: 'x',
      title: 'Same id as a node',
      position: { x: 0, y: 0 },
      size: { width: 9, height: 9 },
    };
    const { document: back } = fromMermaid(toMermaid(document));
    expect(Object.values(back.nodes).map(({ title }) => title)).toEqual(
      Object.values(document.nodes).map(({ title }) => title),
    );
    expect(back.nodes).toHaveProperty('x');
    expect(back.nodes).toHaveProperty('node_1.title', 'Title of node_1');
    expect(
      Object.values(back.edges).map(
        ({ target, label }) => `to ${back.nodes[target]?.title.slice('Title of '.length)}` === label,
      ),
    ).toEqual(ids.slice(1).map(() => true));
  });
});

describe('toMermaid', () => {
  test('writes shapes, classes, labels and subgraphs that Mermaid renders', () => {
    const document = sketch(
      ['s start Start', 'f screen Sign up', 'd decision Is "it" ok?'],
      ['s > f / auto', 'f > d : send / submit', 'd > f : no / auto'],
    );
    const f = document.nodes['f'];
    if (f) f.frameId = 'part';
    document.frames['part'] = {
      id: 'part',
      title: 'Part',
      position: { x: 0, y: 0 },
      size: { width: 9, height: 9 },
    };
    expect(toMermaid(document).split('\n').slice(3, 12)).toEqual([
      'flowchart TB',
      '  s(["Start"]):::ux_start',
      '  d{"Is #34;it#34; ok?"}:::ux_decision',
      '  subgraph part["Part"]',
      '    f["Sign up"]:::ux_screen',
      '  end',
      '  s --> f',
      '  f -->|"send"| d',
      '  d -->|"no"| f',
    ]);
  });
  test('a flow that runs sideways says so', () => {
    const document = sketch(['a start', 'b end'], ['a > b']);
    const b = document.nodes['b'];
    if (b) b.position = { x: 400, y: 10 };
    expect(toMermaid(document)).toContain('flowchart LR');
  });
});
