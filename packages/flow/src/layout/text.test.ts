import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureText, wrapText } from './text.ts';

describe('wrapText', () => {
  test('keeps every character but white space, in order, and no line is wider than asked unless it is one glyph', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.integer({ min: 40, max: 400 }),
        (text, width) => {
          const lines = wrapText(text, width, 14);
          const bare = (value: string): string => value.replace(/[ \t\n\r\f\v]/gu, '');
          expect(bare(lines.join(''))).toBe(bare(text));
          for (const line of lines)
            expect(
              measureText(line, 14) <= width + 0.001 ||
                /^.(?:\p{M}|\p{Cf}|\p{Emoji}|\p{Emoji_Modifier})*$/u.test(line),
            ).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
  test('breaks at newlines and inside words that are too long, never inside an emoji', () => {
    expect(wrapText('a\nb', 100, 14)).toEqual(['a', 'b']);
    expect(wrapText('Donaudampfschifffahrt', 60, 14).length).toBeGreaterThan(2);
    expect(wrapText('👩‍👩‍👧👩‍👩‍👧', 30, 14).every((line) => line.includes('👧'))).toBe(true);
  });
  test('ends in an ellipsis past the number of lines asked for', () => {
    expect(wrapText('one two three four five six', 60, 14, 2).at(-1)).toMatch(/…$/);
    expect(wrapText('', 60, 14)).toEqual(['']);
  });
});
