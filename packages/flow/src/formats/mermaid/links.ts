import type { Cursor } from './cursor.ts';
import { readUntil } from './shapes.ts';

export interface LinkToken {
  raw?: string;
  /** An arrow head at the beginning too: the way is walked in both directions. */
  both: boolean;
  /** `~~~`: for Mermaid's placement only, not a transition. */
  invisible: boolean;
  /** The link's own id, of `A e1@--> B`. */
  id?: string;
}

/** The strokes: what it is drawn with, how its text may begin, and what its text ends at. */
const STROKES = [
  { start: '==', body: '=', dotted: false },
  { start: '--', body: '-', dotted: false },
  { start: '-.', body: '.', dotted: true },
] as const;
type Stroke = (typeof STROKES)[number];

/** Reads `-->`, `-- text -->`, `==>|text|`, `-.->`, `<-->`, `~~~` … if one begins here. */
export function readLink(cursor: Cursor): LinkToken | undefined {
  const from = cursor.position;
  if (cursor.take('~~~')) {
    cursor.run((character) => character === '~');
    return { both: false, invisible: true };
  }
  // The id before a link that carries an id of its own: `A e1@--> B`.
  const named = /^[\p{L}\p{N}_-]{1,64}@(?=[<xo]?(?:--|==|-\.))/u.exec(cursor.source.slice(from, from + 80));
  if (named) cursor.position += named[0].length;
  const id = named ? { id: named[0].slice(0, -1) } : {};
  const head = /[<xo]/u.test(cursor.peek()) && isStroke(cursor, 1) ? cursor.peek() : '';
  cursor.position += head.length;
  const stroke = STROKES.find(({ start }) => cursor.source.startsWith(start, cursor.position));
  if (!stroke) {
    cursor.position = from;
    return undefined;
  }
  const raw = readStroke(cursor, stroke);
  cursor.spaces();
  if (raw === undefined && cursor.take('|')) {
    return { ...id, raw: readUntil(cursor, ['|'], '|'), both: head !== '', invisible: false };
  }
  return { ...id, ...(raw === undefined ? {} : { raw }), both: head !== '', invisible: false };
}

function isStroke(cursor: Cursor, ahead: number): boolean {
  return STROKES.some(({ start }) => cursor.source.startsWith(start, cursor.position + ahead));
}

/** Moves over the whole link; gives the text that stands inside it, if any. */
function readStroke(cursor: Cursor, stroke: Stroke): string | undefined {
  const line = cursor.line;
  if (closeStroke(cursor, stroke)) return undefined;
  cursor.position += 2;
  cursor.spaces();
  const from = cursor.position;
  const end = cursor.lineEnd;
  const quoted = cursor.peek() === '"';
  if (quoted) {
    const closing = cursor.source.indexOf('"', from + 1);
    cursor.position = closing < 0 ? end : closing + 1;
  }
  while (cursor.position < Math.max(end, cursor.lineEnd)) {
    const to = cursor.position;
    const mayClose = cursor.peek() === stroke.body || (stroke.dotted && cursor.peek() === '-');
    if (mayClose && closeStroke(cursor, stroke)) {
      const raw = cursor.source.slice(from, to).trim();
      return quoted && raw.length > 1 && raw.endsWith('"') ? raw.slice(1, -1) : raw;
    }
    // A run of dots that did not close is skipped as a whole: trying again from each dot would be quadratic.
    if (cursor.run((character) => character === '.') === '') cursor.position += 1;
  }
  throw cursor.fail(
    `the link is not closed: write A ${stroke.start} text ${stroke.dotted ? '.->' : `${stroke.start}>`} B`,
    line,
  );
}

/** Moves over a stroke that ends a link, such as `-->`, `---`, `==x`, `-.->` or `.->`; else stays. */
function closeStroke(cursor: Cursor, stroke: Stroke): boolean {
  const from = cursor.position;
  if (stroke.dotted) {
    cursor.take('-');
    const dots = cursor.run((character) => character === '.');
    if (dots !== '' && cursor.take('-')) {
      takeHead(cursor);
      return true;
    }
  } else {
    const length = cursor.run((character) => character === stroke.body).length;
    if (length >= 2 && (takeHead(cursor) || length >= 3)) return true;
  }
  cursor.position = from;
  return false;
}

/** An arrow head; `x` and `o` count only where a word cannot begin, so that `-- only if -->` stays text. */
function takeHead(cursor: Cursor): boolean {
  if (cursor.take('>')) return true;
  if (!/[xo]/u.test(cursor.peek()) || /[\p{L}\p{N}_]/u.test(cursor.peek(1))) return false;
  cursor.position += 1;
  return true;
}
