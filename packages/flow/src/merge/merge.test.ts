import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sketch } from '../../test/documents.ts';
import { namesFrom, randomOp, seeded, type Choose } from '../../test/random-ops.ts';
import { brokenRules } from '../../test/rules.ts';
import { applyOps } from '../document/ops.ts';
import { emptyDocument } from '../document/empty.ts';
import type { FlowDocument, JsonValue, Op } from '../document/types.ts';
import { parseDocument } from '../schema/index.ts';
import { merge, type MergeConflict } from './index.ts';

function grown(choose: Choose, from: FlowDocument, count: number): FlowDocument {
  const fresh = namesFrom(choose, 10);
  let document = from;
  for (let i = 0; i < count; i += 1)
    document = applyOps(document, [randomOp(choose, document, fresh)]).document;
  return document;
}

/** A base and two documents made from it, by random ops over few ids, so that they often meet. */
const histories = fc.tuple(fc.nat(), fc.nat(12), fc.nat(10), fc.nat(10)).map(([seed, first, mine, other]) => {
  const choose = seeded(seed);
  const base = grown(choose, emptyDocument('Base'), 12 + first);
  return { base, ours: grown(choose, base, mine), theirs: grown(choose, base, other) };
});
const runs = { numRuns: 300 };

const turned = (conflicts: readonly MergeConflict[]): MergeConflict[] =>
  conflicts.map((conflict) => ({ ...conflict, ours: conflict.theirs, theirs: conflict.ours }));

describe('merge, whatever both sides did', () => {
  test('one side’s changes alone are that side’s document, without a conflict', () => {
    fc.assert(
      fc.property(histories, ({ base, ours, theirs }) => {
        expect(merge(base, base, theirs)).toMatchObject({ document: theirs, conflicts: [] });
        expect(merge(base, base, theirs).document).toEqual(theirs);
        expect(merge(base, ours, base).document).toEqual(ours);
        expect(merge(base, ours, base).conflicts).toEqual([]);
        expect(merge(base, ours, ours)).toEqual({ document: ours, ops: [], conflicts: [] });
      }),
      runs,
    );
  });

  test('the result is valid, and its ops lead there from ours', () => {
    fc.assert(
      fc.property(histories, ({ base, ours, theirs }) => {
        const { document, ops } = merge(base, ours, theirs);
        expect(brokenRules(document)).toEqual([]);
        expect(parseDocument(document)).toEqual(document);
        expect(applyOps(ours, ops).document).toEqual(document);
      }),
      runs,
    );
  });

  test('turned round with the preference it is the same document, and the conflicts are turned round', () => {
    const reasons = new Map<string, number>();
    fc.assert(
      fc.property(histories, ({ base, ours, theirs }) => {
        const one = merge(base, ours, theirs);
        const other = merge(base, theirs, ours, { prefer: 'theirs' });
        expect(other.document).toEqual(one.document);
        expect(other.conflicts).toEqual(turned(one.conflicts));
        for (const { reason } of one.conflicts) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }),
      runs,
    );
    // Each kind of conflict was really met, not only once.
    for (const reason of ['both-changed', 'both-added', 'removed-and-changed', 'removed-and-used'])
      expect(reasons.get(reason), reason).toBeGreaterThan(5);
  });

  test('fields that only one side touched have that side’s value', () => {
    fc.assert(
      fc.property(histories, ({ base, ours, theirs }) => {
        const { document } = merge(base, ours, theirs);
        for (const [id, node] of Object.entries(document.nodes)) {
          const [before, mine, other] = [base.nodes[id], ours.nodes[id], theirs.nodes[id]];
          if (!before || !mine || !other) continue;
          for (const field of ['title', 'type', 'description', 'pinned', 'data'] as const) {
            const [was, a, b] = [before[field], mine[field], other[field]].map((value) =>
              JSON.stringify(value),
            );
            if (a === was) expect(JSON.stringify(node[field])).toBe(b);
            else if (b === was) expect(JSON.stringify(node[field])).toBe(a);
          }
        }
        // Nothing that a side made is missing.
        for (const made of [ours, theirs])
          for (const id of Object.keys(made.nodes))
            if (!Object.hasOwn(base.nodes, id)) expect(Object.keys(document.nodes)).toContain(id);
      }),
      runs,
    );
  });
});

const BASE = applyOps(sketch(['s start', 'a screen Form', 'e end'], ['s > a', 'a > e : Send']), [
  {
    op: 'put',
    kind: 'frame',
    value: { id: 'f', title: 'F', position: { x: 0, y: 0 }, size: { width: 9, height: 9 } },
  },
  {
    op: 'put',
    kind: 'frame',
    value: { id: 'g', title: 'G', position: { x: 0, y: 0 }, size: { width: 9, height: 9 } },
  },
  {
    op: 'patch',
    kind: 'node',
    id: 'a',
    set: { frameId: 'f', screen: { elements: [{ id: 'ok', kind: 'button', label: 'OK' }], states: [] } },
  },
]).document;
const edited = (...ops: Op[]): FlowDocument => applyOps(BASE, ops).document;
const patch = (
  kind: 'node' | 'edge' | 'frame',
  id: string,
  set: Extract<Op, { op: 'patch' }>['set'],
): Op => ({ op: 'patch', kind, id, set });
const remove = (kind: 'node' | 'edge' | 'frame', id: string): Op => ({ op: 'remove', kind, id });

describe('merge', () => {
  test('takes different fields of one record from both sides', () => {
    const { document, conflicts } = merge(
      BASE,
      edited(patch('node', 'a', { title: 'Your form' })),
      edited(patch('node', 'a', { description: 'What we ask' }), { op: 'rename', name: 'New' }),
    );
    expect(conflicts).toEqual([]);
    expect(document).toMatchObject({
      name: 'New',
      nodes: { a: { title: 'Your form', description: 'What we ask' } },
    });
  });

  test('tells a field that both changed, with all three values, and takes the preferred one', () => {
    const [ours, theirs] = [
      edited(patch('node', 'a', { title: 'Ours' })),
      edited(patch('node', 'a', { title: 'Theirs' })),
    ];
    const conflict = {
      kind: 'node',
      id: 'a',
      field: 'title',
      reason: 'both-changed',
      base: 'Form',
      ours: 'Ours',
      theirs: 'Theirs',
    };
    expect(merge(BASE, ours, theirs).conflicts).toEqual([conflict]);
    expect(merge(BASE, ours, theirs).document.nodes['a']?.title).toBe('Ours');
    expect(merge(BASE, ours, theirs, { prefer: 'theirs' }).document.nodes['a']?.title).toBe('Theirs');
    expect(merge(BASE, ours, ours).conflicts).toEqual([]);
  });

  test('keeps a step that one side removed and the other changed; what went along and nobody changed stays gone', () => {
    const { document, conflicts } = merge(
      BASE,
      edited(remove('node', 'a')),
      edited(patch('node', 'a', { title: 'T' })),
    );
    expect(document.nodes['a']?.title).toBe('T');
    expect(document.edges).toEqual({});
    expect(conflicts).toMatchObject([
      { kind: 'node', id: 'a', field: null, reason: 'removed-and-changed', ours: null },
    ]);
  });

  test('brings back a step that the other side has newly linked', () => {
    const { document, conflicts } = merge(
      BASE,
      edited(remove('node', 'e')),
      edited({ op: 'put', kind: 'edge', value: { id: 'new', source: 's', target: 'e', trigger: 'click' } }),
    );
    expect(Object.keys(document.edges)).toEqual(['e1', 'new']);
    expect(document.nodes['e']).toEqual(BASE.nodes['e']);
    expect(conflicts).toMatchObject([{ kind: 'node', id: 'e', reason: 'removed-and-used' }]);
  });

  test('a transition led elsewhere before its old target was removed is no conflict', () => {
    const { document, conflicts } = merge(
      BASE,
      edited(remove('node', 'e')),
      edited(patch('edge', 'e2', { target: 's' })),
    );
    expect([document.edges['e2']?.target, conflicts]).toEqual(['s', []]);
  });

  test('what only follows from a removed frame overrides nobody', () => {
    const moved = edited(patch('node', 'a', { frameId: 'g' }));
    const { document, conflicts } = merge(BASE, edited(remove('frame', 'f')), moved);
    expect([document.nodes['a']?.frameId, conflicts]).toEqual(['g', []]);
    expect(merge(BASE, edited(remove('frame', 'f')), BASE).document.nodes['a']).not.toHaveProperty('frameId');
  });

  test('frames that both sides put into each other go back to where they were', () => {
    const { document, conflicts } = merge(
      BASE,
      edited(patch('frame', 'f', { parentId: 'g' })),
      edited(patch('frame', 'g', { parentId: 'f' })),
    );
    expect([document.frames['f']?.parentId, document.frames['g']?.parentId]).toEqual([undefined, undefined]);
    expect(conflicts.map(({ id, reason }) => [id, reason])).toEqual([
      ['f', 'frame-cycle'],
      ['g', 'frame-cycle'],
    ]);
  });

  test('a transition lets go of an element that the other side removed, and says so', () => {
    const { document, conflicts } = merge(
      BASE,
      edited(patch('node', 'a', { screen: null })),
      edited(patch('edge', 'e2', { elementId: 'ok' })),
    );
    expect(document.edges['e2']).not.toHaveProperty('elementId');
    expect(conflicts).toMatchObject([
      { kind: 'edge', id: 'e2', field: 'elementId', reason: 'removed-and-used', theirs: 'ok' },
    ]);
  });

  test('a screen is merged by its elements, states and addresses', () => {
    const button = (id: string, label: string): JsonValue => ({ id, kind: 'button', label });
    const withScreen = (
      elements: JsonValue[],
      states: JsonValue[],
      more: Record<string, JsonValue> = {},
    ): Op => patch('node', 'a', { screen: { elements, states, ...more } });
    const base = edited(withScreen([button('ok', 'OK'), button('no', 'Cancel')], [{ kind: 'default' }]));
    const side = (op: Op): FlowDocument => applyOps(base, [op]).document;
    const ours = side(
      withScreen(
        [button('ok', 'Send'), button('no', 'Cancel'), button('help', 'Help')],
        [{ kind: 'default' }, { kind: 'error', note: 'Ours' }],
      ),
    );
    const theirs = side(
      withScreen([button('ok', 'Pay'), button('back', 'Back')], [{ kind: 'default' }, { kind: 'loading' }], {
        imageUrl: 'https://example.com/a.png',
      }),
    );
    const { document, conflicts } = merge(base, ours, theirs);
    expect(document.nodes['a']?.screen).toEqual({
      elements: [button('ok', 'Send'), button('help', 'Help'), button('back', 'Back')],
      states: [{ kind: 'default' }, { kind: 'error', note: 'Ours' }, { kind: 'loading' }],
      imageUrl: 'https://example.com/a.png',
    });
    expect(conflicts).toEqual([
      {
        kind: 'node',
        id: 'a',
        field: 'screen.elements.ok',
        reason: 'both-changed',
        base: button('ok', 'OK'),
        ours: button('ok', 'Send'),
        theirs: button('ok', 'Pay'),
      },
    ]);
  });

  test('two records of one id are never mixed', () => {
    const add = (title: string, description?: string): FlowDocument =>
      edited({
        op: 'put',
        kind: 'node',
        value: {
          id: 'n',
          type: 'screen',
          title,
          position: { x: 0, y: 0 },
          ...(description && { description }),
        },
      });
    const { document, conflicts } = merge(BASE, add('Ours'), add('Theirs', 'More'));
    expect(document.nodes['n']).toEqual(add('Ours').nodes['n']);
    expect(conflicts.map(({ field, reason }) => [field, reason])).toEqual([
      ['description', 'both-added'],
      ['title', 'both-added'],
    ]);
  });

  test('more than a flow can hold is refused, not cut', () => {
    const many = (letter: string): FlowDocument =>
      sketch(Array.from({ length: 6_000 }, (_, i) => `${letter}${i} screen`));
    expect(() => merge(sketch([]), many('a'), many('b'))).toThrow(
      expect.objectContaining({ code: 'limit_exceeded' }),
    );
  });
});
