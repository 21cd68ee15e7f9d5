import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LIMITS } from '../document/limits.ts';
import { clientMessageSchema } from './messages.ts';
import { moves, plainCommit } from './moves.ts';
import { opsSchema } from './ops.ts';
import { validate } from './validate.ts';

const odd = fc.oneof(
  fc.constantFrom(null, '', 'x', 0, -1, 1.5, -0, NaN, Infinity, LIMITS.coordinate + 1, true, [], {}),
  fc.anything(),
);
const or = (usual: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: odd });
/** An object that has these fields, mostly: now and then one is missing, wrong or too many. */
const record = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.record(fields) },
    { weight: 1, arbitrary: fc.record(fields, { requiredKeys: [] }) },
    { weight: 1, arbitrary: fc.record({ ...fields, extra: odd }) },
    {
      weight: 1,
      arbitrary: fc
        .record(fields)
        .map((value) => Object.defineProperty(value, '__proto__', { value: 1, enumerable: true })),
    },
  );

const coordinate = or(fc.oneof(fc.double({ min: -LIMITS.coordinate, max: LIMITS.coordinate }), fc.integer()));
const op = record({
  op: or(fc.constantFrom('patch', 'put', 'remove')),
  kind: or(fc.constantFrom('node', 'frame', 'edge', 'persona')),
  id: or(fc.constantFrom('n1', 'a.b:c-d', '__proto__', 'toString', '-x', 'x'.repeat(65))),
  set: or(record({ position: or(record({ x: coordinate, y: coordinate })) })),
});
const ops = or(fc.array(op, { maxLength: 4 }));

test('what is taken without asking the schema is what the schema takes, and comes out the same', () => {
  let taken = 0;
  fc.assert(
    fc.property(ops, (value) => {
      const quick = moves(value);
      if (!quick) return;
      taken += 1;
      expect(validate(opsSchema, value)).toEqual({ ok: true, value: quick });
    }),
    { numRuns: 3_000 },
  );
  expect(taken).toBeGreaterThan(300);
});

test('a commit that is taken without asking the schema is one that the schema takes', () => {
  const message = record({
    type: or(fc.constant('commit')),
    key: or(fc.constantFrom('tab:1', 'tab:0', 'a b:1', 'x:123456789012345', 'x:1234567890123456')),
    baseClock: or(fc.maxSafeNat()),
    ops,
  });
  let taken = 0;
  fc.assert(
    fc.property(message, (value) => {
      const quick = plainCommit(value);
      if (!quick) return;
      taken += 1;
      expect(validate(clientMessageSchema, value)).toEqual({ ok: true, value: quick });
    }),
    { numRuns: 3_000 },
  );
  expect(taken).toBeGreaterThan(300);
});

test('what is taken shares nothing with what was given', () => {
  const given = [{ op: 'patch', kind: 'node', id: 'n', set: { position: { x: 1, y: 2 } } }];
  const taken = moves(given);
  for (const each of given) each.set.position.x = 9;
  expect(taken).toEqual([{ op: 'patch', kind: 'node', id: 'n', set: { position: { x: 1, y: 2 } } }]);
});
