import { describe, expect, test } from 'vitest';
import { putEdge, putNode, removeNode, setTitle } from '../../test/log.ts';
import {
  applyOps,
  diff,
  emptyDocument,
  FlowError,
  invertOps,
  LIMITS,
  type FlowDocument,
  type FlowErrorCode,
  type Op,
} from '../index.ts';

const frame = (id: string, parentId?: string): Op => ({
  op: 'put',
  kind: 'frame',
  value: {
    id,
    title: id,
    position: { x: 0, y: 0 },
    size: { width: 9, height: 9 },
    ...(parentId !== undefined && { parentId }),
  },
});
const screen = (...ids: string[]) => ({
  elements: ids.map((id) => ({ id, kind: 'button', label: id })),
  states: [],
});
const sample: FlowDocument = applyOps(emptyDocument('Flow'), [
  { op: 'put', kind: 'persona', value: { id: 'p', name: 'Guest' } },
  { op: 'put', kind: 'persona', value: { id: 'q', name: 'Admin' } },
  frame('f'),
  frame('g', 'f'),
  putNode('a', { frameId: 'g', personaIds: ['p', 'q'], screen: screen('ok', 'no') }),
  putNode('b', { frameId: 'f', personaIds: ['p'] }),
  {
    op: 'put',
    kind: 'edge',
    value: { id: 'e', source: 'a', target: 'b', trigger: 'click', elementId: 'ok' },
  },
  putEdge('loop', 'b', 'b'),
]).document;

function refusal(ops: Op[], document = sample): { code: FlowErrorCode; path: string | undefined } {
  try {
    applyOps(document, ops);
  } catch (error) {
    if (error instanceof FlowError) return { code: error.code, path: error.issues[0]?.path };
    throw error;
  }
  throw new Error('was accepted');
}

describe('clean-up in the same commit', () => {
  test.each<[string, Op, Op[]]>([
    [
      'a removed node takes its edges along',
      removeNode('b'),
      [{ op: 'remove', kind: 'edge', id: 'e' }, { op: 'remove', kind: 'edge', id: 'loop' }, removeNode('b')],
    ],
    [
      'a removed frame is cleared from nodes and frames in it',
      { op: 'remove', kind: 'frame', id: 'f' },
      [
        { op: 'patch', kind: 'frame', id: 'g', set: { parentId: null } },
        { op: 'patch', kind: 'node', id: 'b', set: { frameId: null } },
        { op: 'remove', kind: 'frame', id: 'f' },
      ],
    ],
    [
      'a removed persona is cleared, the others stay',
      { op: 'remove', kind: 'persona', id: 'p' },
      [
        { op: 'patch', kind: 'node', id: 'a', set: { personaIds: ['q'] } },
        { op: 'patch', kind: 'node', id: 'b', set: { personaIds: null } },
        { op: 'remove', kind: 'persona', id: 'p' },
      ],
    ],
    [
      'a screen element patched away is cleared from edges',
      { op: 'patch', kind: 'node', id: 'a', set: { screen: screen('no') as never } },
      [
        { op: 'patch', kind: 'edge', id: 'e', set: { elementId: null } },
        { op: 'patch', kind: 'node', id: 'a', set: { screen: screen('no') as never } },
      ],
    ],
    [
      'an edge led to another source loses its element',
      { op: 'patch', kind: 'edge', id: 'e', set: { source: 'b' } },
      [{ op: 'patch', kind: 'edge', id: 'e', set: { source: 'b', elementId: null } }],
    ],
  ])('%s', (_, op, applied) => {
    expect(applyOps(sample, [op]).applied).toEqual(applied);
  });

  test('an element that stays keeps its edges', () => {
    const { document } = applyOps(sample, [
      { op: 'patch', kind: 'node', id: 'a', set: { screen: screen('new', 'ok') as never } },
    ]);
    expect(document.edges['e']?.elementId).toBe('ok');
  });
});

describe('put and patch', () => {
  test('putting over a record becomes the change of what differs, removed fields included', () => {
    expect(applyOps(sample, [putNode('b', { title: 'B' })]).applied).toEqual([
      { op: 'patch', kind: 'node', id: 'b', set: { title: 'B', frameId: null, personaIds: null } },
    ]);
  });

  test('a position is replaced as a whole, null removes, and what changes nothing leaves no trace', () => {
    const { document, applied } = applyOps(sample, [
      {
        op: 'patch',
        kind: 'node',
        id: 'b',
        set: { position: { x: 1, y: 2 }, frameId: null, title: 'Node b' },
      },
      setTitle('a', 'Node a'),
      { op: 'rename', name: 'Flow' },
    ]);
    expect(applied).toEqual([
      { op: 'patch', kind: 'node', id: 'b', set: { position: { x: 1, y: 2 }, frameId: null } },
    ]);
    expect(document.nodes['b']).toEqual({
      id: 'b',
      type: 'screen',
      title: 'Node b',
      position: { x: 1, y: 2 },
      personaIds: ['p'],
    });
    expect(document.nodes['a']).toBe(sample.nodes['a']);
    expect(document.edges).toBe(sample.edges);
  });
});

describe('refused, with code and place', () => {
  test.each<[string, Op, FlowErrorCode, string]>([
    ['an edge to a missing node', putEdge('x', 'a', 'zz'), 'dangling_reference', 'ops.0.value.target'],
    [
      'a patch that leads an edge nowhere',
      { op: 'patch', kind: 'edge', id: 'e', set: { source: 'zz' } },
      'dangling_reference',
      'ops.0.set.source',
    ],
    [
      'a node in a missing frame',
      putNode('x', { frameId: 'zz' }),
      'dangling_reference',
      'ops.0.value.frameId',
    ],
    [
      'a missing persona',
      { op: 'patch', kind: 'node', id: 'a', set: { personaIds: ['p', 'zz'] } },
      'dangling_reference',
      'ops.0.set.personaIds',
    ],
    [
      'a missing element',
      { op: 'patch', kind: 'edge', id: 'e', set: { elementId: 'zz' } },
      'dangling_reference',
      'ops.0.set.elementId',
    ],
    [
      'a frame in itself',
      { op: 'patch', kind: 'frame', id: 'f', set: { parentId: 'f' } },
      'frame_cycle',
      'ops.0.set.parentId',
    ],
    [
      'a frame in its own child',
      { op: 'patch', kind: 'frame', id: 'f', set: { parentId: 'g' } },
      'frame_cycle',
      'ops.0.set.parentId',
    ],
    ['a patch of nobody', setTitle('zz', 'x'), 'unknown_record', 'ops.0.id'],
    ['a removal of nobody', removeNode('toString'), 'unknown_record', 'ops.0.id'],
    [
      'a change of the id',
      { op: 'patch', kind: 'node', id: 'a', set: { id: 'z' } },
      'invalid_request',
      'ops.0.set.id',
    ],
    [
      'an unknown field',
      { op: 'patch', kind: 'node', id: 'a', set: { colour: 'red' } },
      'invalid_request',
      'ops.0.set.colour',
    ],
    [
      'a required field removed',
      { op: 'patch', kind: 'node', id: 'a', set: { title: null } },
      'invalid_request',
      'ops.0.set.title',
    ],
    ['a reserved id', putNode('__proto__'), 'invalid_request', 'ops.0.value.id'],
    ['an inherited name as id', putNode('toString'), 'invalid_request', 'ops.0.value.id'],
    [
      'a missing field',
      { op: 'put', kind: 'persona', value: { id: 'x' } as never },
      'invalid_request',
      'ops.0.value.name',
    ],
    [
      'an unknown kind',
      { op: 'put', kind: 'line' as never, value: { id: 'x' } as never },
      'invalid_request',
      'ops.0.kind',
    ],
    [
      'an inherited name as kind',
      { op: 'remove', kind: 'constructor' as never, id: 'x' },
      'invalid_request',
      'ops.0.kind',
    ],
    ['an unknown op', { op: 'move', kind: 'node', id: 'a' } as never, 'invalid_request', 'ops.0.op'],
  ])('%s', (_, op, code, path) => {
    expect(refusal([op])).toEqual({ code, path });
  });

  test('one record more than a limit, while the limit itself is fine and can be kept by removing', () => {
    const personas = Array.from({ length: LIMITS.personas }, (_, i): Op => ({
      op: 'put',
      kind: 'persona',
      value: { id: `p${i}`, name: '' },
    }));
    const full = applyOps(emptyDocument('Full'), personas).document;
    const more: Op = { op: 'put', kind: 'persona', value: { id: 'more', name: '' } };
    expect(refusal([more], full)).toEqual({ code: 'limit_exceeded', path: 'personas' });
    expect(
      applyOps(full, [more, { op: 'remove', kind: 'persona', id: 'p0' }]).document.personas['more'],
    ).toBeDefined();
  });

  test('more bytes than a document may have; a document that is too large can still be made smaller', () => {
    const heavy = (id: string) => putNode(id, { description: '確'.repeat(4_000) });
    let document = emptyDocument('Heavy');
    document = applyOps(
      document,
      Array.from({ length: 690 }, (_, i) => heavy(`n${i}`)),
    ).document;
    expect(
      refusal(
        [...Array(10).keys()].map((i) => heavy(`x${i}`)),
        document,
      ),
    ).toEqual({ code: 'limit_exceeded', path: '' });
    const tooLarge: FlowDocument = { ...document, nodes: { ...document.nodes } };
    for (let i = 0; i < 20; i += 1) tooLarge.nodes[`y${i}`] = { ...document.nodes['n0']!, id: `y${i}` };
    expect(applyOps(tooLarge, [removeNode('y0')]).applied).toHaveLength(1);
  });
});

describe('diff', () => {
  test('leaves out what follows by itself', () => {
    const to = applyOps(sample, [removeNode('b'), { op: 'remove', kind: 'frame', id: 'f' }]).document;
    expect(diff(sample, to)).toEqual([removeNode('b'), { op: 'remove', kind: 'frame', id: 'f' }]);
  });

  test('turns two frames inside out without passing through a cycle', () => {
    const to: FlowDocument = {
      ...sample,
      frames: { f: { ...sample.frames['f']!, parentId: 'g' }, g: { ...sample.frames['g']! } },
    };
    delete to.frames['g']!.parentId;
    expect(applyOps(sample, diff(sample, to)).document).toEqual(to);
  });

  test('refuses a target that breaks the rules', () => {
    expect(() => diff(sample, { ...sample, nodes: {} })).toThrow(FlowError);
  });
});

test('inverting brings back what the clean-up took', () => {
  const ops: Op[] = [
    removeNode('a'),
    { op: 'remove', kind: 'persona', id: 'p' },
    { op: 'remove', kind: 'frame', id: 'f' },
  ];
  const { document } = applyOps(sample, ops);
  expect(applyOps(document, invertOps(sample, ops)).document).toEqual(sample);
});
