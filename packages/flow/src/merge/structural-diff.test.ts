import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDocument, sketch } from '../../test/documents.ts';
import { brokenRules } from '../../test/rules.ts';
import type { FlowDocument } from '../document/types.ts';
import { align, matchRecords, merge, structuralDiff } from './index.ts';

const NODES = [
  's start Start',
  'form screen Sign in',
  'ok decision Right?',
  'home screen Home',
  'e end Done',
];
const EDGES = ['s > form', 'form > ok', 'ok > home : Yes', 'ok > form : No', 'home > e'];
const FLOW = sketch(NODES, EDGES);

/** The same document under other ids and in another order, as a file from elsewhere has it. */
function elsewhere(document: FlowDocument, prefix = 'x'): FlowDocument {
  const rename = (id: string): string => `${prefix}-${id}`;
  const turned = <T extends { id: string }>(records: Record<string, T>, change: (record: T) => Partial<T>) =>
    Object.fromEntries(
      Object.values(records)
        .map((record): [string, T] => [
          rename(record.id),
          { ...record, id: rename(record.id), ...change(record) },
        ])
        .reverse(),
    );
  return {
    ...document,
    nodes: turned(document.nodes, ({ frameId, personaIds }) => ({
      ...(frameId !== undefined && { frameId: rename(frameId) }),
      ...(personaIds && { personaIds: personaIds.map(rename) }),
    })),
    edges: turned(document.edges, ({ source, target }) => ({
      source: rename(source),
      target: rename(target),
    })),
    frames: turned(document.frames, ({ parentId }) =>
      parentId === undefined ? {} : { parentId: rename(parentId) },
    ),
    personas: turned(document.personas, () => ({})),
  };
}
const NOTHING = { name: null, added: [], removed: [], changed: [] };

describe('structural diff', () => {
  test('names what was added, removed and changed, field by field', () => {
    const after = sketch(
      [...NODES.filter((line) => !line.startsWith('home')), 'welcome screen Welcome back'],
      ['s > form', 'form > ok / submit', 'ok > welcome : Yes', 'ok > form : No', 'welcome > e'],
    );
    expect(structuralDiff(FLOW, after)).toEqual({
      name: null,
      added: [],
      removed: [],
      changed: [
        {
          kind: 'node',
          id: 'home',
          afterId: 'welcome',
          fields: [{ field: 'title', before: 'Home', after: 'Welcome back' }],
        },
        {
          kind: 'edge',
          id: 'e2',
          afterId: 'e2',
          fields: [{ field: 'trigger', before: 'click', after: 'submit' }],
        },
      ],
      unchanged: 8,
    });
  });

  test('records without a partner are added or removed', () => {
    const after = sketch([...NODES, 'help screen Help'], [...EDGES.slice(0, 4), 'home > help']);
    const { added, removed, changed } = structuralDiff(FLOW, after);
    expect([added, removed]).toEqual([[{ kind: 'node', id: 'help' }], []]);
    expect(changed).toMatchObject([
      { kind: 'edge', id: 'e5', fields: [{ field: 'target', before: 'e', after: 'help' }] },
    ]);
  });

  test('ids alone are no difference', () => {
    expect(structuralDiff(FLOW, elsewhere(FLOW))).toEqual({ ...NOTHING, unchanged: 10 });
  });

  test('ids of a foreign document mean nothing, even where they are the same', () => {
    const shuffled = sketch(
      ['form start Start', 'home screen Sign in', 's decision Right?', 'e screen Home', 'ok end Done'],
      ['form > home', 'home > s', 's > e : Yes', 's > home : No', 'e > ok'],
    );
    expect(structuralDiff(FLOW, shuffled, { ids: 'foreign' })).toEqual({ ...NOTHING, unchanged: 10 });
    expect(structuralDiff(FLOW, shuffled).changed.length).toBeGreaterThan(4);
  });

  test('where only ids of steps are shared, edges are told by their ends and texts, not by their numbers', () => {
    const nodes = [...NODES, 'help screen Help'];
    const after = sketch(nodes, ['s > form', 'form > help', ...EDGES.slice(1)]);
    const [added] = structuralDiff(FLOW, after, { ids: 'steps' }).added.filter(({ kind }) => kind === 'edge');
    expect(structuralDiff(FLOW, after, { ids: 'steps' })).toMatchObject({ changed: [], removed: [] });
    expect(after.edges[added?.id ?? '']).toMatchObject({ source: 'form', target: 'help' });
    expect(structuralDiff(FLOW, after).changed.length).toBeGreaterThan(2);
    const renamed = sketch([...NODES.slice(0, 4), 'e end Finished'], EDGES);
    expect(structuralDiff(FLOW, renamed, { ids: 'steps' }).changed).toMatchObject([
      { kind: 'node', id: 'e' },
    ]);
  });

  test('fields can be left out', () => {
    const moved = { ...FLOW, nodes: { ...FLOW.nodes } };
    for (const [id, node] of Object.entries(moved.nodes))
      moved.nodes[id] = { ...node, position: { x: 7, y: 7 } };
    expect(structuralDiff(FLOW, moved).changed).toHaveLength(5);
    expect(structuralDiff(FLOW, moved, { ignore: ['position'] })).toEqual({ ...NOTHING, unchanged: 10 });
  });

  test('steps of the same title are told apart by what they are linked with', () => {
    const form = (order: string[]): FlowDocument =>
      sketch(order, ['s > a', 'a > q', 'q > b : No', 'q > e : Yes', 'b > e']);
    const one = form(['s start Start', 'a screen Form', 'b screen Form', 'q decision Right?', 'e end Done']);
    const other = elsewhere(one);
    expect(Object.fromEntries(matchRecords(one, other).node)).toMatchObject({ a: 'x-a', b: 'x-b' });
  });
});

describe('matching, whatever the documents', () => {
  const two = fc.tuple(anyDocument({ maxNodes: 8 }), anyDocument({ maxNodes: 8 }));

  test('each record has at most one partner of its kind', () => {
    fc.assert(
      fc.property(
        two,
        fc.constantFrom('shared' as const, 'foreign' as const, 'steps' as const),
        ([a, b], ids) => {
          const matches = matchRecords(a, b, { ids });
          for (const [kind, table] of [
            ['node', 'nodes'],
            ['edge', 'edges'],
            ['frame', 'frames'],
          ] as const) {
            const pairs = [...matches[kind]];
            expect(new Set(pairs.map(([, id]) => id)).size).toBe(pairs.length);
            expect(
              pairs.every(([id, other]) => Object.hasOwn(a[table], id) && Object.hasOwn(b[table], other)),
            ).toBe(true);
          }
        },
      ),
    );
  });

  test('an aligned document is valid, as large as before, and differs in its ids alone', () => {
    fc.assert(
      fc.property(
        two,
        fc.constantFrom('shared' as const, 'foreign' as const, 'steps' as const),
        ([a, b], ids) => {
          const aligned = align(a, b, { ids });
          expect(brokenRules(aligned)).toEqual([]);
          const count = (document: FlowDocument) =>
            [document.nodes, document.edges, document.frames, document.personas].map(
              (records) => Object.keys(records).length,
            );
          expect(count(aligned)).toEqual(count(b));
          const titles = (document: FlowDocument) =>
            Object.values(document.nodes)
              .map(({ title, type }) => `${type} ${title}`)
              .sort();
          expect(titles(aligned)).toEqual(titles(b));
          const links = ({ nodes, edges }: FlowDocument) =>
            Object.values(edges)
              .map(
                ({ source, target, trigger }) => `${nodes[source]?.title} ${trigger} ${nodes[target]?.title}`,
              )
              .sort();
          expect(links(aligned)).toEqual(links(b));
        },
      ),
    );
  });

  test('a document differs from itself in nothing, and a foreign one can be merged', () => {
    fc.assert(
      fc.property(two, ([a, b]) => {
        expect(structuralDiff(a, a)).toMatchObject(NOTHING);
        expect(merge(a, a, align(a, b, { ids: 'foreign' })).conflicts).toEqual([]);
        const { document } = merge(a, align(a, elsewhere(a), { ids: 'foreign' }), b);
        expect(brokenRules(document)).toEqual([]);
      }),
    );
  });

  test('every record is accounted for exactly once', () => {
    fc.assert(
      fc.property(two, ([a, b]) => {
        const { added, removed, changed, unchanged } = structuralDiff(a, b);
        const size = ({ nodes, edges, frames, personas }: FlowDocument) =>
          [nodes, edges, frames, personas].reduce((sum, records) => sum + Object.keys(records).length, 0);
        expect(removed.length + changed.length + unchanged).toBe(size(a));
        expect(added.length + changed.length + unchanged).toBe(size(b));
      }),
    );
  });
});
