/**
 * Text measuring without a font engine, so that sizes are the same in a browser, on the server and in a file.
 * Widths are those of Helvetica in thousandths of an em, widened a little because the sans-serif that a reader
 * really has (Inter, Segoe UI, Roboto, bold weights) runs wider.
 */
const WIDEN = 1.08;
const ASCII_WIDTHS = [
  278,
  278,
  355,
  556,
  556,
  889,
  667,
  191,
  333,
  333,
  389,
  584,
  278,
  333,
  278,
  278, // space to /
  556,
  556,
  556,
  556,
  556,
  556,
  556,
  556,
  556,
  556,
  278,
  278,
  584,
  584,
  584,
  556, // 0 to ?
  1015,
  667,
  667,
  722,
  722,
  667,
  611,
  778,
  722,
  278,
  500,
  667,
  556,
  833,
  722,
  778, // @ to O
  667,
  778,
  722,
  667,
  611,
  722,
  667,
  944,
  667,
  667,
  611,
  278,
  278,
  278,
  469,
  556, // P to _
  333,
  556,
  556,
  500,
  556,
  556,
  278,
  556,
  556,
  222,
  222,
  500,
  222,
  833,
  556,
  556, // ` to o
  556,
  556,
  333,
  500,
  278,
  556,
  500,
  722,
  500,
  500,
  500,
  334,
  260,
  334,
  584, // p to ~
];
const COMBINING = /^[\p{Mn}\p{Me}\p{Cf}\p{Emoji_Modifier}]$/u;
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60]$/u;
const EMOJI = /^\p{Extended_Pictographic}$/u;

function glyphWidth(glyph: string): number {
  const code = glyph.codePointAt(0) ?? 0;
  const ascii = ASCII_WIDTHS[code - 32];
  if (ascii !== undefined) return ascii;
  if (code < 32) return 0;
  if (COMBINING.test(glyph)) return 0;
  if (WIDE.test(glyph)) return 1000;
  if (EMOJI.test(glyph)) return 1300;
  return 600;
}

/** Estimated width of one line of text in pixels at `fontSize` pixels. */
export function measureText(text: string, fontSize: number): number {
  let width = 0;
  for (const glyph of text) width += glyphWidth(glyph);
  return (width * fontSize * WIDEN) / 1000;
}

/** The longest prefix of `word` that fits, never ending inside a combined character; at least one glyph. */
function splitWord(word: string, maxWidth: number, fontSize: number): [string, string] {
  let head = '';
  let width = 0;
  let joined = false;
  for (const glyph of word) {
    const glyphPixels = (glyphWidth(glyph) * fontSize * WIDEN) / 1000;
    if (head !== '' && !joined && !COMBINING.test(glyph) && width + glyphPixels > maxWidth) break;
    head += glyph;
    width += glyphPixels;
    joined = glyph === '\u200D'; // a zero-width joiner glues the next glyph to this one
  }
  return [head, word.slice(head.length)];
}

/**
 * Breaks text into lines of at most `maxWidth` pixels: at newlines, between words, and inside words that are
 * wider than a line. Past `maxLines` the last line ends in an ellipsis. Always at least one line.
 */
export function wrapText(
  text: string,
  maxWidth: number,
  fontSize: number,
  maxLines: number = Infinity,
): string[] {
  const space = measureText(' ', fontSize);
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    let lineWidth = 0;
    for (const word of paragraph.split(/[ \t\r\f\v]+/)) {
      if (word === '') continue;
      let rest = word;
      let width = measureText(rest, fontSize);
      if (line !== '' && lineWidth + space + width <= maxWidth) {
        line += ` ${rest}`;
        lineWidth += space + width;
        continue;
      }
      if (line !== '') lines.push(line);
      while (width > maxWidth) {
        const [head, tail] = splitWord(rest, maxWidth, fontSize);
        if (tail === '') break;
        lines.push(head);
        rest = tail;
        width = measureText(rest, fontSize);
      }
      line = rest;
      lineWidth = width;
    }
    lines.push(line);
  }
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, Math.max(1, maxLines));
  const last = kept.length - 1;
  const [head] = splitWord(kept[last] ?? '', maxWidth - measureText('…', fontSize), fontSize);
  kept[last] = `${head.trimEnd()}…`;
  return kept;
}
