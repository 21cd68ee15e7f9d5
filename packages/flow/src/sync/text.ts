import { utf8Bytes } from '../document/json.ts';

/**
 * Cuts `text` into slices that take at most `maxBytes` each when written in UTF-8 as a JSON string, escapes
 * included. Surrogate pairs stay together. At least one slice, even of the empty text.
 */
export function splitText(text: string, maxBytes: number): string[] {
  // No character takes more than six bytes.
  if (text.length * 6 <= maxBytes) return [text];
  const slices: string[] = [];
  let start = 0;
  let bytes = 0;
  for (let i = 0; i < text.length;) {
    const point = text.codePointAt(i) ?? 0;
    const cost =
      point < 0x20
        ? 6
        : point === 0x22 || point === 0x5c
          ? 2
          : point < 0x80
            ? 1
            : point < 0x800
              ? 2
              : point < 0x1_0000
                ? 3
                : 4;
    if (bytes + cost > maxBytes && i > start) {
      slices.push(text.slice(start, i));
      start = i;
      bytes = 0;
    }
    bytes += cost;
    i += point > 0xffff ? 2 : 1;
  }
  slices.push(text.slice(start));
  return slices;
}

/** True when `text` fits into `maxBytes` of UTF-8. */
export function fits(text: string, maxBytes: number): boolean {
  return text.length * 3 <= maxBytes || (text.length <= maxBytes && utf8Bytes(text) <= maxBytes);
}
