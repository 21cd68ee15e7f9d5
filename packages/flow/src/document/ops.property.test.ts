import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromNumbers, namesFrom, randomOp, seeded } from '../../test/random-ops.ts';
import { brokenRules } from '../../test/rules.ts';
import { applyOps, diff, emptyDocument, FlowError, invertOps, type FlowDocument, type Op } from '../index.ts';
import { utf8Bytes } from './json.ts';
import { DocumentState } from './state.ts';

/** A document grown by `count` random ops, and the ops. */
function grow(numbers: number[], count: number): { before: FlowDocument; after: FlowDocument; ops: Op[] } {
  const choose = fromNumbers(numbers);
  const fresh = namesFrom(choose, 12);
  let before = emptyDocument('Start');
  for (let i = 0; i < 8; i += 1) before = applyOps(before, [randomOp(choose, before, fresh)]).document;
  let after = before;
  const ops: Op[] = [];
  for (let i = 0; i < count; i += 1) {
    const op = randomOp(choose, after, fresh);
    after = applyOps(after, [op]).document;
    ops.push(op);
  }
  return { before, after, ops };
}

const choices = fc.array(fc.nat(9_999), { minLength: 30, maxLength: 300 });
const options = { numRuns: 400 };

describe('applyOps, invertOps and diff on any document and ops', () => {
  test('a series of ops does the same in one commit as in many, and leaves no broken reference [E5]', () => {
    fc.assert(
      fc.property(choices, fc.integer({ min: 1, max: 25 }), (numbers, count) => {
        const { before, after, ops } = grow(numbers, count);
        expect(applyOps(before, ops).document).toEqual(after);
        expect(brokenRules(after)).toEqual([]);
      }),
      options,
    );
  });

  test('what was applied gives the same document again, and is then applied unchanged', () => {
    fc.assert(
      fc.property(choices, fc.integer({ min: 1, max: 25 }), (numbers, count) => {
        const { before, after, ops } = grow(numbers, count);
        const { applied } = applyOps(before, ops);
        const again = applyOps(before, applied);
        expect(again.document).toEqual(after);
        expect(again.applied).toEqual(applied);
      }),
      options,
    );
  });

  test('the inverse restores the document exactly, and the inverse of the inverse does the edit again', () => {
    fc.assert(
      fc.property(choices, fc.integer({ min: 1, max: 25 }), (numbers, count) => {
        const { before, after, ops } = grow(numbers, count);
        const inverse = invertOps(before, ops);
        expect(applyOps(after, inverse).document).toEqual(before);
        expect(applyOps(before, invertOps(after, inverse)).document).toEqual(after);
      }),
      options,
    );
  });

  test('a diff leads from any document to any other with at most one op for each differing record', () => {
    fc.assert(
      fc.property(choices, choices, (one, other) => {
        const from = grow(one, 15).after;
        const to = grow(other, 15).after;
        const ops = diff(from, to);
        expect(applyOps(from, ops).document).toEqual(to);
        const touched = ops.map((op) =>
          op.op === 'rename' ? 'name' : `${op.kind}:${op.op === 'put' ? op.value.id : op.id}`,
        );
        expect(new Set(touched).size).toBe(touched.length);
        expect(diff(from, from)).toEqual([]);
      }),
      options,
    );
  });

  test('a refused series changes nothing, wherever in it the bad op stands', () => {
    fc.assert(
      fc.property(choices, fc.integer({ min: 1, max: 15 }), fc.nat(15), (numbers, count, at) => {
        const { before, ops } = grow(numbers, count);
        const untouched = structuredClone(before);
        const state = new DocumentState(before);
        const bad = ops.toSpliced(at, 0, { op: 'remove', kind: 'node', id: 'nobody' });
        expect(() => state.applyAll(bad)).toThrow(FlowError);
        expect(state.document).toEqual(untouched);
        expect(before).toEqual(untouched);
      }),
      options,
    );
  });

  test('records and collections that no op touched keep their identity', () => {
    fc.assert(
      fc.property(choices, (numbers) => {
        const { before, ops } = grow(numbers, 3);
        const { document, applied } = applyOps(before, ops);
        const touched = new Set(
          applied.map((op) =>
            op.op === 'rename' ? '' : `${op.kind}:${op.op === 'put' ? op.value.id : op.id}`,
          ),
        );
        for (const node of Object.values(before.nodes)) {
          if (!touched.has(`node:${node.id}`)) expect(document.nodes[node.id]).toBe(node);
        }
        if (!applied.some((op) => op.op !== 'rename' && op.kind === 'edge'))
          expect(document.edges).toBe(before.edges);
      }),
      options,
    );
  });

  test('the running byte count is that of the JSON, one separator a record included', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const choose = seeded(seed);
        const state = new DocumentState(emptyDocument('Bytes'));
        for (let i = 0; i < 40; i += 1) {
          const known = i % 3 === 0 ? state.bytes : 0;
          state.applyAll([randomOp(choose, state.document, namesFrom(choose, 10))]);
          expect(known).toBeGreaterThanOrEqual(0);
        }
        const { nodes, edges, frames, personas } = state.document;
        const separators = [nodes, edges, frames, personas].filter(
          (records) => Object.keys(records).length > 0,
        ).length;
        expect(state.bytes).toBe(utf8Bytes(JSON.stringify(state.document)) + separators);
      }),
      { numRuns: 100 },
    );
  });
});
