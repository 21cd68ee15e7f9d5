import { fromMermaid, toMermaid } from '@uxflow/flow/formats/mermaid';
import { toStateDiagram } from '@uxflow/flow/formats/state-diagram';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDocument } from '../../packages/flow/test/documents.ts';
import { loadMermaid } from '../lib/mermaid.ts';

const read = await loadMermaid();

/** Texts that Mermaid would read as something else where they were not encoded. */
const NASTY = [
  '',
  '"q"',
  'a : b :: c',
  '[*] --> B',
  '}',
  'end',
  'end note',
  '--',
  '<<choice>>',
  '# no',
  '%% no',
];
const text = fc.oneof(
  fc.constantFrom(
    ...NASTY,
    '**b** _i_',
    '#quot; &amp;',
    'two\nlines',
    ' s ',
    '🧑‍🚀',
    'a\\n',
    ';;;',
    ':::c',
    '`x`',
  ),
  fc
    .array(fc.constantFrom(...'"#&<>`%\\;:*_-[](){}| \nab'), { maxLength: 12 })
    .map((characters) => characters.join('')),
);
const document = anyDocument({ maxNodes: 10, title: text, label: text });

describe('mermaid itself reads what is exported, whatever the texts are', () => {
  test('as a flowchart: every node, edge and frame', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (flow) => {
        const { db } = await read(toMermaid(flow));
        const frames = new Set(db.getSubGraphs?.().map(({ id }) => id));
        const nodes = [...(db.getVertices?.().keys() ?? [])].filter((id) => !frames.has(id));
        expect([nodes.length, db.getEdges?.().length, frames.size]).toEqual([
          Object.keys(flow.nodes).length,
          Object.keys(flow.edges).length,
          Object.keys(flow.frames).length,
        ]);
      }),
      { numRuns: 60 },
    );
  });

  test('as a state diagram: every node, edge and frame', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (flow) => {
        const { nodes = [], edges = [] } = (await read(toStateDiagram(flow))).db.getData?.() ?? {};
        expect([nodes.filter(({ shape }) => shape !== 'noteGroup').length, edges.length]).toEqual([
          Object.keys(flow.nodes).length + Object.keys(flow.frames).length,
          Object.keys(flow.edges).length,
        ]);
      }),
      { numRuns: 60 },
    );
  });

  test('and what it refuses is told apart from what it reads', async () => {
    await expect(read('flowchart TD\nA[""]')).rejects.toThrow('Parse error');
    expect(Object.keys(fromMermaid('flowchart TD\nA[""]').document.nodes)).toEqual(['A']);
  });
});
