import { describe, expect, test } from 'vitest';
import { namesFrom, randomOp, seeded } from '../../test/random-ops.ts';
import { applyOps, emptyDocument, FlowError, type Op } from '../index.ts';
import { FrameReader } from './packed-frame.ts';
import { packOp, unpackOp } from './packed-op.ts';

describe('a packed op', () => {
  test('is read as what it was, whatever it does [E9]', () => {
    const kinds = new Set<string>();
    for (let seed = 1; seed <= 60; seed += 1) {
      const choose = seeded(seed);
      const fresh = namesFrom(choose, 30);
      let document = emptyDocument('Flow');
      for (let i = 0; i < 60; i += 1) {
        const op = randomOp(choose, document, fresh);
        const { document: next, applied } = applyOps(document, [op]);
        document = next;
        for (const each of [op, ...applied]) {
          kinds.add(`${each.op} ${each.op === 'rename' ? '' : each.kind}`);
          const text = JSON.stringify(packOp(each));
          expect({ seed, op: unpackOp(JSON.parse(text)) }).toEqual({ seed, op: each });
        }
      }
    }
    // Three of each of the four kinds, and rename.
    expect(kinds.size).toBe(13);
  }, 30_000);

  test.each<Op>([
    { op: 'patch', kind: 'node', id: 'a', set: { position: { x: 1.5, y: -2 } } },
    { op: 'patch', kind: 'frame', id: 'a', set: { position: { x: 0, y: 0 }, size: { width: 1, height: 2 } } },
    { op: 'patch', kind: 'node', id: 'a', set: { description: null, data: { position: { x: 1, y: 2 } } } },
    { op: 'patch', kind: 'edge', id: 'e', set: { label: '' } },
    { op: 'rename', name: '' },
  ])('keeps what is unusual about $op $set [E9]', (op) => {
    expect(unpackOp(JSON.parse(JSON.stringify(packOp(op))))).toEqual(op);
  });

  test.each([[null], [{}], [[]], [[9, 'a']], [[0, 5]], [[0, 'a', 'b']], [[0, 'a', 1]], [[0, 'a', []]]])(
    'is none: %j',
    (packed) => {
      expect(unpackOp(packed)).toBeUndefined();
    },
  );
});

describe('a packed frame', () => {
  const ada = { id: 'user:ada', name: 'Ada' };

  test('holds changes, own answers and messages in their order, and remembers who and when [E9]', () => {
    const reader = new FrameReader();
    const run = { type: 'run', runId: 'run_1', status: 'running' };
    const committed = { type: 'committed', key: 'c:2', clock: 9, conflicts: [] };
    expect(
      reader.read([
        4,
        [1_000, 5],
        [[0, ada], 0, [2, 'a', 7, 8]],
        'c:1',
        run,
        committed,
        [0, { dt: 3, key: 'd:1' }, ['x']],
      ]),
    ).toEqual([
      {
        type: 'changes',
        clock: 5,
        ops: [{ op: 'patch', kind: 'node', id: 'a', set: { position: { x: 7, y: 8 } } }],
        actor: ada,
        at: 1_005,
      },
      { type: 'committed', key: 'c:1', clock: 6, conflicts: [] },
      run,
      committed,
      { type: 'changes', clock: 10, ops: [{ op: 'rename', name: 'x' }], actor: ada, at: 1_008, key: 'd:1' },
    ]);
    expect(reader.read([10, 70, [0, 0, [2, 'a']]])).toMatchObject([{ clock: 11, actor: ada, at: 1_070 }]);
  });

  test.each([
    ['no clock', []],
    ['no time', [1]],
    ['an actor nobody has named', [1, 0, [7, 0, ['x']]]],
    ['an op that is none', [1, 0, [[0, ada], 0, [9]]]],
    ['an item that is none', [1, 0, 5]],
    ['no time of a change', [1, 0, [[0, ada], {}, ['x']]]],
  ])('with %s is not understood [E9]', (_, frame) => {
    expect(() => new FrameReader().read(frame)).toThrow(FlowError);
  });
});
