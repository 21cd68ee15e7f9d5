/** Keeps a text from reaching into what stands round it: shared by every export that writes text for people or parsers. */

const LINE_BREAKS_AND_CONTROLS = /[\p{Cc}\u2028\u2029]+/gu;
const OPENS_ISOLATE = new Set(['\u2066', '\u2067', '\u2068']);
const OPENS_EMBEDDING = new Set(['\u202A', '\u202B', '\u202D', '\u202E']);
const ISOLATE_END = '\u2069';
const EMBEDDING_END = '\u202C';
const HAS_BIDI_CONTROL = /[\u202A-\u202E\u2066-\u2069]/u;

/** Half of a surrogate pair cannot be written in UTF-8; it becomes U+FFFD, as every encoder would make it. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** The text in one line without control characters, with what it opens of bidirectional runs closed again. */
export function oneLine(text: string): string {
  return closeBidi(wellFormed(text).replace(LINE_BREAKS_AND_CONTROLS, ' ').replace(/ {2,}/g, ' ').trim());
}

/**
 * A right-to-left override in a title must not turn round the line that the title stands in ("Trojan Source"):
 * every run that is opened is closed at the end, and an end without a beginning is taken out.
 */
function closeBidi(text: string): string {
  if (!HAS_BIDI_CONTROL.test(text)) return text;
  const open: string[] = [];
  let out = '';
  for (const character of text) {
    if (OPENS_ISOLATE.has(character)) open.push(ISOLATE_END);
    else if (OPENS_EMBEDDING.has(character)) open.push(EMBEDDING_END);
    else if (character === ISOLATE_END || character === EMBEDDING_END) {
      if (open.at(-1) !== character) continue;
      open.pop();
    }
    out += character;
  }
  return out + open.reverse().join('');
}
