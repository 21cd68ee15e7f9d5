import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromNumbers, namesFrom, randomOp } from '../../test/random-ops.ts';
import { applyOps, emptyDocument, type FlowDocument, type JsonValue } from '../index.ts';
import { compareDocuments, type DocumentComparison } from './compare.ts';

const COLLECTION = { node: 'nodes', edge: 'edges', frame: 'frames', persona: 'personas' } as const;

function grown(numbers: number[], count: number, from = emptyDocument('Start')): FlowDocument {
  const choose = fromNumbers(numbers);
  const fresh = namesFrom(choose, 12);
  let document = from;
  for (let i = 0; i < count; i += 1)
    document = applyOps(document, [randomOp(choose, document, fresh)]).document;
  return document;
}

/** Makes one document from the other with the readable entries alone, value by value, knowing no rule of the graph. */
function rewritten(
  document: FlowDocument,
  comparison: DocumentComparison,
  way: 'forward' | 'back',
): FlowDocument {
  const next = structuredClone(document) as unknown as Record<
    string,
    Record<string, Record<string, JsonValue>>
  > & {
    name: string;
  };
  const [gone, come] =
    way === 'forward' ? [comparison.removed, comparison.added] : [comparison.added, comparison.removed];
  if (comparison.name) next.name = comparison.name[way === 'forward' ? 'after' : 'before'];
  for (const { kind, id } of gone) delete next[COLLECTION[kind]]?.[id];
  for (const { kind, id, value } of come) (next[COLLECTION[kind]] ?? {})[id] = value;
  for (const { kind, id, fields } of comparison.changed) {
    const record = next[COLLECTION[kind]]?.[id] ?? {};
    for (const { field, before, after } of fields) {
      const value = way === 'forward' ? after : before;
      if (value === null) delete record[field];
      else record[field] = value;
    }
  }
  return next as unknown as FlowDocument;
}

const choices = fc.array(fc.nat(9_999), { minLength: 30, maxLength: 300 });
const options = { numRuns: 300 };

describe('comparing any two documents', () => {
  test('its ops turn the one into the other, and those of the way back lead back [V6]', () => {
    fc.assert(
      fc.property(choices, choices, (one, other) => {
        const before = grown(one, 15);
        const after = grown(other, 15);
        expect(applyOps(before, compareDocuments(before, after).ops).document).toEqual(after);
        expect(applyOps(after, compareDocuments(after, before).ops).document).toEqual(before);
      }),
      options,
    );
  });

  test('its readable entries say everything: with them alone either document is made from the other [V6]', () => {
    fc.assert(
      fc.property(choices, choices, fc.boolean(), (one, other, related) => {
        const before = grown(one, 15);
        const after = grown(other, 12, related ? before : undefined);
        const comparison = compareDocuments(before, after);
        expect(rewritten(before, comparison, 'forward')).toEqual(after);
        expect(rewritten(after, comparison, 'back')).toEqual(before);
      }),
      options,
    );
  });

  test('it says nothing that is not so: equal documents have no entry, each entry holds a real difference [V6]', () => {
    fc.assert(
      fc.property(choices, choices, (one, other) => {
        const before = grown(one, 15);
        const after = grown(other, 12, before);
        expect(compareDocuments(before, structuredClone(before))).toEqual({
          added: [],
          removed: [],
          changed: [],
          ops: [],
        });
        const { added, removed, changed } = compareDocuments(before, after);
        const names = [...added, ...removed, ...changed].map(({ kind, id }) => `${kind} ${id}`);
        expect(new Set(names).size).toBe(names.length);
        for (const { fields } of changed) {
          expect(fields.length).toBeGreaterThan(0);
          for (const change of fields) expect(change.before).not.toEqual(change.after);
        }
      }),
      options,
    );
  });
});

test('records are called as people call them, in reading order', () => {
  const before = applyOps(emptyDocument('Shop'), [
    { op: 'put', kind: 'node', value: { id: 'a', type: 'screen', title: 'Cart', position: { x: 0, y: 0 } } },
    { op: 'put', kind: 'node', value: { id: 'b', type: 'end', title: '', position: { x: 0, y: 0 } } },
    { op: 'put', kind: 'edge', value: { id: 'e', source: 'a', target: 'b', trigger: 'click', label: 'buy' } },
  ]).document;
  const after = applyOps(before, [
    { op: 'rename', name: 'Store' },
    { op: 'remove', kind: 'edge', id: 'e' },
    { op: 'put', kind: 'persona', value: { id: 'p', name: 'Ada' } },
    { op: 'patch', kind: 'node', id: 'a', set: { title: 'Basket', description: 'What is bought' } },
    { op: 'put', kind: 'edge', value: { id: 'f', source: 'b', target: 'a', trigger: 'back' } },
  ]).document;
  expect(compareDocuments(before, after)).toMatchObject({
    name: { before: 'Shop', after: 'Store' },
    added: [
      { kind: 'edge', id: 'f', label: 'b → Basket' },
      { kind: 'persona', id: 'p', label: 'Ada', value: { id: 'p', name: 'Ada' } },
    ],
    removed: [{ kind: 'edge', id: 'e', label: 'Cart → b (buy)' }],
    changed: [
      {
        kind: 'node',
        id: 'a',
        label: 'Basket',
        fields: [
          { field: 'title', before: 'Cart', after: 'Basket' },
          { field: 'description', before: null, after: 'What is bought' },
        ],
      },
    ],
  });
});
