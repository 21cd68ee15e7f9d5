import { measureText } from '../../layout/text.ts';
import type { SetLine, Typeface } from '../svg/theme.ts';
import type { Font } from './font.ts';

const BOX = '□';
/** Steer shaping and order, and are never seen: no font needs a glyph for them. */
const INVISIBLE = /^\p{Default_Ignorable_Code_Point}$/u;
/** A line may end this much over its room before it is squeezed: kerning draws lines shorter than they measure. */
const TOLERANCE = 1.02;
/** Picture pixels: smaller letters cannot be read, and cost a hundred times the memory of a bar. */
const LEGIBLE = 3.5;

/**
 * Lines set in the given fonts: what none of them has becomes a box, one for each character that a reader would see
 * (a family emoji is one), a line that is wider than its room is squeezed into it, and letters too small to be read
 * are a bar.
 */
export class FontTypeface implements Typeface {
  readonly #fonts: readonly Font[];
  readonly #graphemes: Intl.Segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

  readonly #scale: number;

  readonly #missing: Set<string>;

  /**
   * @param scale picture pixels a canvas pixel
   * @param missing takes the characters that no font has
   */
  constructor(fonts: readonly Font[], scale: number, missing: Set<string>) {
    this.#fonts = fonts;
    this.#scale = scale;
    this.#missing = missing;
  }

  set(line: string, size: number, weight: number, room: number): SetLine {
    if (size * this.#scale < LEGIBLE) return { bar: Math.max(1, Math.min(room, measureText(line, size))) };
    const fonts = [...this.#fonts].sort((a, b) => Math.abs(a.weight - weight) - Math.abs(b.weight - weight));
    let set = '';
    let width = 0;
    for (const { segment } of this.#graphemes.segment(line)) {
      let advance = advanceOf(segment, fonts);
      if (advance === undefined) {
        this.#missing.add(segment);
        advance = advanceOf(BOX, fonts) ?? 1;
        set += BOX;
      } else set += segment;
      width += advance * size;
    }
    return width <= room * TOLERANCE ? { line: set } : { line: set, length: Math.max(1, room) };
  }
}

/** In ems; undefined when a visible part of it is in no font. */
function advanceOf(grapheme: string, fonts: readonly Font[]): number | undefined {
  let sum = 0;
  for (const character of grapheme) {
    const advance = find(character.codePointAt(0) ?? 0, fonts);
    if (advance !== undefined) sum += advance;
    else if (!INVISIBLE.test(character)) return undefined;
  }
  return sum;
}

function find(codePoint: number, fonts: readonly Font[]): number | undefined {
  for (const font of fonts) {
    const advance = font.advance(codePoint);
    if (advance !== undefined) return advance;
  }
  return undefined;
}
