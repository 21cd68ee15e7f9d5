import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../black-box.ts';
import { faultsOf, valueOf } from './schema.ts';

const schema: JsonObject = {
  type: 'object',
  required: ['id', 'kind'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^[a-z]+$' },
    kind: { enum: ['one', 'two'] },
    count: { type: 'integer', minimum: 0, maximum: 9 },
    next: { anyOf: [{ $ref: '#/components/schemas/Next' }, { type: 'null' }] },
    list: { type: 'array', items: { type: 'boolean' } },
    name: { type: 'string', maxLength: 2 },
  },
};
const schemas = { Next: { type: 'object', required: ['id'], properties: { id: { const: 'end' } } } };

test('what is made from a schema fits it', () => {
  fc.assert(
    fc.property(valueOf(schema, schemas), (value) => {
      expect(faultsOf(value, schema, schemas)).toEqual([]);
    }),
  );
});

test.each<[string, JsonObject]>([
  ['a missing field', { id: 'a' }],
  ['an undocumented field', { id: 'a', kind: 'one', more: 1 }],
  ['a wrong type', { id: 1, kind: 'one' }],
  ['a value that is none of its own', { id: 'a', kind: 'three' }],
  ['a text off its pattern', { id: 'A', kind: 'one' }],
  ['a number out of bounds', { id: 'a', kind: 'one', count: 10 }],
  ['half a number', { id: 'a', kind: 'one', count: 0.5 }],
  ['a wrong item', { id: 'a', kind: 'one', list: [true, null] }],
  ['a text that is too long', { id: 'a', kind: 'one', name: 'abc' }],
  ['what fits no choice', { id: 'a', kind: 'one', next: { id: 'start' } }],
])('the check finds %s', (_, value) => {
  expect(faultsOf(value, schema, schemas)).toHaveLength(1);
});

test('a text is as long as it has code points', () => {
  expect(faultsOf({ id: 'a', kind: 'one', name: '🚀🚀' }, schema, schemas)).toEqual([]);
});
