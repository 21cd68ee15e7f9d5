import { unreadable } from './limits.ts';

/** Elements inside each other; the parser calls itself once a level. */
const MAX_DEPTH = 400;
/** Elements and attributes; a flow at its limits needs fewer, and each costs memory before anything is read. */
const MAX_PARTS = 800_000;

/**
 * Refuses what would cost the parser its stack or its memory: one cheap pass that counts tags and quotes. It may
 * count too much where the file is not well-formed, never too little.
 */
export function checkXmlSize(source: string): void {
  let depth = 0,
    parts = 0;
  for (let at = source.indexOf('<'); at >= 0; at = source.indexOf('<', at)) {
    const skipped = afterMarkup(source, at);
    if (skipped !== undefined) {
      at = skipped;
      continue;
    }
    if (source.startsWith('</', at)) {
      depth -= 1;
      at += 2;
      continue;
    }
    const tag = afterTag(source, at + 1);
    parts += 1 + tag.attributes;
    depth += 1;
    if (depth > MAX_DEPTH)
      throw unreadable(`elements are nested deeper than ${MAX_DEPTH} levels: flatten it`);
    if (parts > MAX_PARTS) throw unreadable(`more than ${MAX_PARTS} elements and attributes: split the file`);
    if (source.charAt(tag.end - 2) === '/') depth -= 1;
    at = tag.end;
  }
}

/** The place after a comment, CDATA section, instruction or declaration that begins here. */
function afterMarkup(source: string, at: number): number | undefined {
  for (const [open, close] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ] as const) {
    if (!source.startsWith(open, at)) continue;
    const end = source.indexOf(close, at + open.length);
    return end < 0 ? source.length : end + close.length;
  }
  return source.startsWith('<!', at) ? at + 2 : undefined;
}

function afterTag(source: string, from: number): { end: number; attributes: number } {
  let attributes = 0;
  for (let at = from; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === '>') return { end: at + 1, attributes };
    if (character === '"' || character === "'") {
      const close = source.indexOf(character, at + 1);
      if (close < 0) break;
      attributes += 1;
      at = close;
    }
  }
  return { end: source.length, attributes };
}
