import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from '../schema/index.ts';
import { clip } from './clip.ts';
import { emptyDocument } from './empty.ts';
import { LIMITS } from './limits.ts';

test('keeps the first characters of any text, a surrogate pair being one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(45), (text, most) => {
      expect(clip(text, most)).toBe(Array.from(text).slice(0, most).join(''));
    }),
  );
});

test('a name clipped to the limit is allowed by the schema', () => {
  const name = clip('🚀'.repeat(LIMITS.title + 1), LIMITS.title);
  expect(parseDocument({ ...emptyDocument('x'), name }).name).toBe(name);
});
