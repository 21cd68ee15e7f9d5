/**
 * The first `most` characters of `text`. A character is a Unicode code point, as in JSON Schema and in the limits of a
 * document: a surrogate pair counts as one and is never cut in half.
 */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (let count = 0; count < most && end < text.length; count += 1) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}
