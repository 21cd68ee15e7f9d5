import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FlowDocument } from '@uxflow/flow';
import { fromBpmn, toBpmn } from '@uxflow/flow/formats/bpmn';
import { fromMermaid, toMermaid } from '@uxflow/flow/formats/mermaid';
import { toStateDiagram } from '@uxflow/flow/formats/state-diagram';
import { compareDocuments } from '@uxflow/flow/history';
import { align } from '@uxflow/flow/merge';
import { parseDocument } from '@uxflow/flow/schema';
import { expect, test } from 'vitest';
import { ROOT } from '../lib/paths.ts';

const PAGE = 'docs/formats.md';
const MARK = '<!-- table: round-trip -->';

/** A flow in which every field of every kind of record is set. */
const FLOW: FlowDocument = {
  format: 'uxflow/1',
  name: 'Buy',
  nodes: {
    s: { id: 's', type: 'start', title: 'Start', position: { x: 1, y: 2 } },
    cart: {
      id: 'cart',
      type: 'screen',
      title: 'Cart',
      description: 'What will be bought',
      frameId: 'inner',
      pinned: true,
      position: { x: 700, y: 400 },
      size: { width: 333, height: 222 },
      screen: { elements: [{ id: 'pay', kind: 'button', label: 'Pay' }], states: [{ kind: 'error' }] },
      subflowId: 'flw_00000000000000000000000000',
      personaIds: ['ada'],
      source: { documentId: 'doc', start: 1, end: 2 },
      data: { own: 1 },
    },
    e: { id: 'e', type: 'end', title: 'Done', position: { x: 100, y: 1300 } },
  },
  edges: {
    open: { id: 'open', source: 's', target: 'cart', trigger: 'timeout', label: 'go', condition: 'x > 1' },
    pay: {
      id: 'pay',
      source: 'cart',
      target: 'e',
      trigger: 'submit',
      label: 'pay',
      elementId: 'pay',
      data: { own: 2 },
    },
  },
  frames: {
    outer: {
      id: 'outer',
      title: 'Outer',
      position: { x: 600, y: 200 },
      size: { width: 900, height: 900 },
      data: { own: 3 },
    },
    inner: {
      id: 'inner',
      title: 'Inner',
      parentId: 'outer',
      position: { x: 650, y: 300 },
      size: { width: 700, height: 500 },
    },
  },
  personas: { ada: { id: 'ada', name: 'Ada', goal: 'To buy' } },
};
const FORMATS: Readonly<Record<string, (document: FlowDocument) => FlowDocument>> = {
  JSON: (document) => parseDocument(JSON.parse(JSON.stringify(document))),
  'Mermaid flowchart': (document) => fromMermaid(toMermaid(document)).document,
  'Mermaid state diagram': (document) => fromMermaid(toStateDiagram(document)).document,
  'BPMN 2.0': (document) => fromBpmn(toBpmn(document)).document,
};
const ROWS = [
  ['name of the flow', 'flow.name'],
  ['nodes', 'node.id', 'node.type', 'node.title'],
  ['description of a node', 'node.description'],
  ['places and sizes of nodes', 'node.position', 'node.size'],
  ['pins', 'node.pinned'],
  ['screens: elements, states, pictures', 'node.screen'],
  ['sub-flow, personas and source of a node', 'node.subflowId', 'node.personaIds', 'node.source'],
  ['edges: ends, trigger, label', 'edge.source', 'edge.target', 'edge.trigger', 'edge.label'],
  ['ids of edges', 'edge.id'],
  ['condition beside a label', 'edge.condition'],
  ['element that starts an edge', 'edge.elementId'],
  ['frames, nested', 'frame.id', 'frame.title', 'frame.parentId', 'node.frameId'],
  ['places and sizes of frames', 'frame.position', 'frame.size'],
  ['personas', 'persona.id', 'persona.name', 'persona.goal'],
  ['fields of partners (`data`)', 'node.data', 'edge.data', 'frame.data'],
] as const;

/** Everything that did not come back, as `kind.field`. */
function lostIn(back: FlowDocument): Set<string> {
  const known = compareDocuments(FLOW, align(FLOW, back, { ids: 'steps' }));
  const byId = compareDocuments(FLOW, back);
  return new Set([
    ...(known.name ? ['flow.name'] : []),
    ...byId.removed.map(({ kind }) => `${kind}.id`),
    ...known.removed.flatMap(({ kind, value }) => Object.keys(value).map((field) => `${kind}.${field}`)),
    ...known.changed.flatMap(({ kind, fields }) => fields.map(({ field }) => `${kind}.${field}`)),
  ]);
}

test('docs/formats.md says what an export and an import bring back', async () => {
  const lost = Object.values(FORMATS).map((through) => lostIn(through(FLOW)));
  const every = Object.entries({
    node: FLOW.nodes,
    edge: FLOW.edges,
    frame: FLOW.frames,
    persona: FLOW.personas,
  }).flatMap(([kind, records]) =>
    Object.values(records).flatMap((record) => Object.keys(record).map((field) => `${kind}.${field}`)),
  );
  const told = ROWS.flatMap(([, ...fields]) => fields);
  expect(new Set(told)).toEqual(new Set(['flow.name', ...every]));
  const rows = ROWS.map(([title, ...fields]) => {
    const marks = lost.map((gone) => {
      const missing = fields.filter((field) => gone.has(field));
      expect([0, fields.length], `${title}: only some of its fields come back`).toContain(missing.length);
      return missing.length === 0 ? '✓' : '–';
    });
    return `| ${[title, ...marks].join(' | ')} |`;
  });
  const head = ['', ...Object.keys(FORMATS)];
  const table = [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows].join('\n');
  const page = await readFile(join(ROOT, PAGE), 'utf8');
  const [, shown = ''] = page.split(`${MARK}\n\n`);
  expect(shown.split('\n\n')[0]).toBe(table);
});
