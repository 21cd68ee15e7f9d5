import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from './assign.ts';
import { loadSet, type ExpectedFlow, type NodeType } from './load.ts';
import { scoreFlow, totals, type ActualFlow } from './score.ts';
import { normalLabel, similarity } from './text.ts';

type Edge = readonly [source: string, target: string, label?: string];

const flow = (nodes: Record<string, string>, edges: readonly Edge[]): ExpectedFlow => ({
  nodes: Object.entries(nodes).map(([id, spec]) => {
    const [type, title] = spec.split(':') as [NodeType, string];
    return { id, type, title };
  }),
  edges: edges.map(([source, target, label]) =>
    label === undefined ? { source, target } : { source, target, label },
  ),
});

/** The same flow as a document with other ids, in the given order. */
function asDocument(
  { nodes, edges }: ExpectedFlow,
  order: (count: number) => number[] = natural,
): ActualFlow {
  const id = new Map(nodes.map((node, i) => [node.id, `nod_${(i * 7919) % 10_007}`]));
  const name = (old: string): string => id.get(old) ?? 'missing';
  const pick = <T>(list: readonly T[]): T[] => order(list.length).flatMap((i) => list.slice(i, i + 1));
  return {
    nodes: Object.fromEntries(
      pick(nodes).map((node) => [
        name(node.id),
        { id: name(node.id), title: node.title, type: node.type ?? 'action' },
      ]),
    ),
    edges: Object.fromEntries(
      pick(edges).map((edge, i) => [
        `edg_${i}`,
        { ...edge, id: `edg_${i}`, source: name(edge.source), target: name(edge.target) },
      ]),
    ),
  };
}

const natural = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const reversed = (count: number): number[] => natural(count).toReversed();

/** A reproducible shuffle for any length. */
const shuffledBy =
  (seed: number) =>
  (count: number): number[] =>
    natural(count).toSorted((a, b) => (((a + 1) * seed) % 1_000_003) - (((b + 1) * seed) % 1_000_003));

const signIn = flow(
  {
    s: 'start:Start',
    a: 'action:Enter PIN',
    d: 'decision:PIN wrong?',
    l: 'decision:Three wrong PINs?',
    b: 'system:Block card for a day',
    p: 'screen:Balance page',
    e: 'end:End',
  },
  [
    ['s', 'a'],
    ['a', 'd'],
    ['d', 'l', 'yes'],
    ['d', 'p', 'no'],
    ['l', 'b', 'yes'],
    ['l', 'a', 'no'],
    ['b', 'e'],
    ['p', 'e'],
  ],
);

const changed = (
  base: ExpectedFlow,
  node: (title: string) => string,
  label: (label: string | undefined) => string | undefined = (value) => value,
): ActualFlow => {
  const document = asDocument(base);
  return {
    nodes: Object.fromEntries(
      Object.entries(document.nodes).map(([id, value]) => [id, { ...value, title: node(value.title) }]),
    ),
    edges: Object.fromEntries(
      Object.entries(document.edges).map(([id, value]) => [id, { ...value, label: label(value.label) }]),
    ),
  };
};

/** Any connected-ish flow; few titles, so that several nodes share one. */
const anyFlow: fc.Arbitrary<ExpectedFlow> = fc
  .record({
    titles: fc.array(
      fc.constantFrom(
        'Show error',
        'Enter code',
        'Code correct?',
        'Zahlungsdaten eingeben',
        'Send mail',
        'Pay',
      ),
      { minLength: 1, maxLength: 9 },
    ),
    links: fc.array(
      fc.tuple(fc.nat(10), fc.nat(10), fc.constantFrom<string | undefined>('yes', 'no', undefined)),
      { maxLength: 16 },
    ),
  })
  .map(({ titles, links }) => {
    const nodes: Record<string, string> = { s: 'start:Start', e: 'end:End' };
    for (const [i, title] of titles.entries()) nodes[`n${i}`] = `action:${title}`;
    const ids = Object.keys(nodes);
    const at = (i: number): string => ids[i % ids.length] ?? 's';
    return flow(
      nodes,
      links.map(([a, b, label]): Edge => (label === undefined ? [at(a), at(b)] : [at(a), at(b), label])),
    );
  });

describe('scoreFlow', () => {
  it('gives 1 to the same flow under other ids', () => {
    const score = scoreFlow(signIn, asDocument(signIn, reversed));
    expect(score).toMatchObject({ nodeF1: 1, edgeF1: 1, labelAccuracy: 1, typeAccuracy: 1 });
    expect(score.matches).toHaveLength(7);
  });

  it('gives 1 to every labelled flow against itself', () => {
    for (const half of ['dev', 'test']) {
      for (const item of loadSet(fileURLToPath(new URL(`./sets/designer.${half}.jsonl`, import.meta.url)))) {
        expect({
          id: item.id,
          ...scoreFlow(item.expected, asDocument(item.expected, reversed)),
        }).toMatchObject({
          id: item.id,
          nodeF1: 1,
          edgeF1: 1,
          labelAccuracy: 1,
          typeAccuracy: 1,
        });
      }
    }
  });

  it('gives 1 to any flow against itself, whatever ids and order', () => {
    fc.assert(
      fc.property(anyFlow, fc.integer({ min: 1, max: 999_999 }), (expected, seed) => {
        const score = scoreFlow(expected, asDocument(expected, shuffledBy(seed)));
        expect(score.nodeF1).toBe(1);
        expect(score.edgeF1).toBe(1);
        expect(score.labelAccuracy ?? 1).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  it('gives less when a node is missing, and stays between 0 and 1', () => {
    fc.assert(
      fc.property(anyFlow, fc.nat(20), (expected, which) => {
        const gone = expected.nodes[which % expected.nodes.length]?.id ?? '';
        const rest: ExpectedFlow = {
          nodes: expected.nodes.filter((node) => node.id !== gone),
          edges: expected.edges.filter((edge) => edge.source !== gone && edge.target !== gone),
        };
        const score = scoreFlow(expected, asDocument(rest));
        expect(score.nodeF1).toBeLessThan(1);
        expect(score.nodeF1).toBeGreaterThanOrEqual(0);
        const lost = expected.edges.length - rest.edges.length;
        expect(score.edgeF1).toBeLessThanOrEqual(lost === 0 ? 1 : 0.999);
      }),
    );
  });

  it('gives the same to a flow in another order', () => {
    fc.assert(
      fc.property(anyFlow, anyFlow, fc.integer({ min: 1, max: 999_999 }), (expected, other, seed) => {
        const { matches: _, ...inOrder } = scoreFlow(expected, asDocument(other));
        const { matches: __, ...shuffled } = scoreFlow(expected, asDocument(other, shuffledBy(seed)));
        expect(shuffled).toEqual(inOrder);
      }),
      { numRuns: 500 },
    );
  });

  it('gives 0 to nothing and to a flow about something else', () => {
    expect(scoreFlow(signIn, { nodes: {}, edges: {} })).toMatchObject({
      nodeF1: 0,
      edgeF1: 0,
      labelAccuracy: null,
    });
    const other = flow({ a: 'action:Book hotel', b: 'action:Fly home' }, [['a', 'b']]);
    expect(scoreFlow(signIn, asDocument(other))).toMatchObject({ nodeF1: 0, edgeF1: 0 });
  });

  it('punishes nodes and edges nobody asked for', () => {
    const chatty: ExpectedFlow = {
      nodes: [...signIn.nodes, { id: 'x', type: 'note', title: 'Remember the colours' }],
      edges: [...signIn.edges, { source: 'x', target: 'a' }],
    };
    const score = scoreFlow(signIn, asDocument(chatty));
    expect(score.nodeF1).toBeCloseTo(14 / 15);
    expect(score.edgeF1).toBeCloseTo(16 / 17);
  });

  it('counts an edge only in its direction', () => {
    const turned: ExpectedFlow = {
      nodes: signIn.nodes,
      edges: signIn.edges.map(({ source, target }) => ({ source: target, target: source })),
    };
    expect(scoreFlow(signIn, asDocument(turned)).edgeF1).toBe(0);
  });

  it('tells nodes with one title apart by their edges', () => {
    const twice = flow(
      { s: 'start:Start', a: 'system:Show error', b: 'action:Pay', c: 'system:Show error', e: 'end:End' },
      [
        ['s', 'a'],
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'e'],
      ],
    );
    expect(scoreFlow(twice, asDocument(twice, reversed)).edgeF1).toBe(1);
  });

  it('accepts other words for labels and reports wrong ones', () => {
    const german = changed(
      signIn,
      (title) => title,
      (label) => (label === 'yes' ? 'Ja' : label === 'no' ? 'nein.' : undefined),
    );
    expect(scoreFlow(signIn, german).labelAccuracy).toBe(1);
    const swapped = changed(
      signIn,
      (title) => title,
      (label) => (label === 'yes' ? 'no' : label === 'no' ? 'yes' : undefined),
    );
    expect(scoreFlow(signIn, swapped)).toMatchObject({ edgeF1: 1, labelAccuracy: 0 });
    const bare = changed(
      signIn,
      (title) => title,
      () => undefined,
    );
    expect(scoreFlow(signIn, bare)).toMatchObject({ edgeF1: 1, labelAccuracy: 0 });
  });

  it('reports types without letting them weigh', () => {
    const document = asDocument(signIn);
    const flat = {
      ...document,
      nodes: Object.fromEntries(
        Object.entries(document.nodes).map(([id, node]) => [
          id,
          { ...node, type: node.type === 'start' || node.type === 'end' ? node.type : 'action' },
        ]),
      ),
    };
    expect(scoreFlow(signIn, flat)).toMatchObject({ nodeF1: 1, edgeF1: 1, typeAccuracy: 1 / 5 });
  });

  it('matches start and end by type, whatever their titles', () => {
    const document = changed(signIn, (title) =>
      title === 'Start' ? 'Los' : title === 'End' ? 'Fertig' : title,
    );
    expect(scoreFlow(signIn, document)).toMatchObject({ nodeF1: 1, edgeF1: 1 });
  });

  it('leaves start and end out where the expected flow has none', () => {
    const bare = flow({ a: 'action:Enter PIN', p: 'screen:Balance page' }, [['a', 'p']]);
    const full = flow({ s: 'start:Start', a: 'action:Enter PIN', p: 'screen:Balance page', e: 'end:End' }, [
      ['s', 'a'],
      ['a', 'p'],
      ['p', 'e'],
    ]);
    expect(scoreFlow(bare, asDocument(full))).toMatchObject({ nodeF1: 1, edgeF1: 1 });
  });

  it('takes an untyped Start or End for one', () => {
    const untyped: ExpectedFlow = {
      nodes: signIn.nodes.map(({ id, title }) => ({ id, title })),
      edges: signIn.edges,
    };
    expect(scoreFlow(untyped, asDocument(signIn))).toMatchObject({
      nodeF1: 1,
      edgeF1: 1,
      typeAccuracy: null,
    });
  });
});

describe('totals', () => {
  it('are means over the items, without accuracies there was nothing to judge for', () => {
    const one = { nodeF1: 1, edgeF1: 0.5, labelAccuracy: null, typeAccuracy: 1 };
    const two = { nodeF1: 0.5, edgeF1: 0, labelAccuracy: 0.25, typeAccuracy: 0 };
    expect(totals([one, two])).toEqual({
      items: 2,
      nodeF1: 0.75,
      edgeF1: 0.25,
      labelAccuracy: 0.25,
      typeAccuracy: 0.5,
    });
  });
});

describe('similarity', () => {
  it.each([
    ['Enter e-mail and password', 'Enters the email and a password', 0.99],
    ['Type in code', 'Enter the code', 0.6],
    ['Three wrong PINs?', 'Wrong PIN 3 times?', 0.8],
    ['Zahlungsdaten eingeben', 'Gibt die Zahlungsdaten an', 0.6],
    ['Bestätigungsmail verschicken', 'Bestätigungs-E-Mail senden', 0.7],
    ['Konto für eine Minute sperren', 'Sperrung des Kontos (eine Minute)', 0.9],
    ['Verify identity', 'Identity verified', 0.99],
    ['Größe wählen', 'Grösse auswählen', 0.6],
    ['Payments', 'payment', 0.99],
  ])('%s ~ %s', (a, b, least) => {
    expect(similarity(a, b)).toBeGreaterThanOrEqual(least);
  });

  it.each([
    ['Enter code', 'Enter amount'],
    ['Show error message', 'Show success page'],
    ['Code eingeben', 'Betrag eingeben'],
    ['Pay', 'Play'],
    ['Send receipt', 'Send reminder'],
  ])('%s is not %s', (a, b) => {
    expect(similarity(a, b)).toBeLessThan(0.5);
  });

  it('is symmetric, within 0 and 1, and 1 for a title and itself', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
        expect(similarity(a, b)).toBeCloseTo(similarity(b, a), 9);
        expect(similarity(a, b)).toBeGreaterThanOrEqual(0);
        expect(similarity(a, b)).toBeLessThanOrEqual(1 + 1e-9);
        expect(similarity(a, a)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('normalLabel', () => {
  it.each([
    ['Yes', 'ja'],
    ['No!', 'sonst'],
    ['keep the trip', 'Keep trip'],
  ])('%s is %s', (a, b) => {
    expect(normalLabel(a)).toBe(normalLabel(b));
  });
});

describe('assign', () => {
  const totalOf = (weights: readonly (readonly number[])[], columns: readonly number[]): number =>
    columns.reduce((sum, column, row) => sum + (column < 0 ? 0 : (weights[row]?.[column] ?? 0)), 0);
  const bestOf = (weights: readonly (readonly number[])[], used: readonly number[] = []): number => {
    const [row, ...rest] = weights;
    if (row === undefined) return 0;
    return Math.max(
      bestOf(rest, used),
      ...row.map((weight, j) => (used.includes(j) ? 0 : weight + bestOf(rest, [...used, j]))),
    );
  };

  it('finds the greatest total, as trying everything does', () => {
    const matrix = fc
      .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
      );
    fc.assert(
      fc.property(matrix, (weights) => {
        const columns = assign(weights);
        const taken = columns.filter((column) => column >= 0);
        expect(new Set(taken).size).toBe(taken.length);
        expect(totalOf(weights, columns)).toBe(bestOf(weights));
      }),
    );
  });
});
