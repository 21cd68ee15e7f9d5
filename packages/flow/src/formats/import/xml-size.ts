import { unreadable } from './limits.ts';

/** Elements inside each other; the parser calls itself once a level. */
const MAX_DEPTH = 400;
/** A flow at its limits needs fewer, and each costs memory before anything is read. */
const MAX_ELEMENTS = 250_000;
const MAX_ATTRIBUTES = 600_000;

/**
 * Refuses what would cost the parser its stack or its memory: one cheap pass that counts tags and quotes. It may
 * count too much where the file is not well-formed, never too little.
 */
export function checkXmlSize(source: string): void {
  let depth = 0,
    elements = 0,
    attributes = 0;
  for (let at = source.indexOf('<'); at >= 0; at = source.indexOf('<', at)) {
    if (source.startsWith('<!DOCTYPE', at)) {
      at = afterDoctype(source, at);
      continue;
    }
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
    elements += 1;
    attributes += tag.attributes;
    depth += 1;
    if (depth > MAX_DEPTH)
      throw unreadable(`elements are nested deeper than ${MAX_DEPTH} levels: flatten it`);
    if (elements > MAX_ELEMENTS) throw unreadable(`more than ${MAX_ELEMENTS} elements: split the file`);
    if (attributes > MAX_ATTRIBUTES)
      throw unreadable(`more than ${MAX_ATTRIBUTES} attributes: split the file`);
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

/**
 * No diagram needs declarations of its own, and their texts could hide from this pass what the parser then meets: a
 * comment that begins in an entity, and entities that grow.
 */
function afterDoctype(source: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === '>') return at + 1;
    if (character === '[') {
      const line = source.slice(0, from).split('\n').length;
      throw unreadable(
        'declarations in <!DOCTYPE … [ ]> are not read: remove them, and write texts for entities',
        line,
      );
    }
    if (character !== '"' && character !== "'") continue;
    const close = source.indexOf(character, at + 1);
    if (close < 0) break;
    at = close;
  }
  return source.length;
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
