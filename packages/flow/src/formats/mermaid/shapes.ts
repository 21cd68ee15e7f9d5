import type { NodeType } from '../../document/types.ts';
import type { Cursor } from './cursor.ts';

/**
 * What a shape usually means. `terminal` becomes start or end by title and position, `box` an action or screen by
 * title.
 */
export type Meaning = NodeType | 'terminal' | 'box';

/** A label as it was written. Markdown strings are `"` and a backtick on either side, and the labels of `@{ … }`. */
export interface Text {
  raw: string;
  markdown: boolean;
}

interface Brackets {
  open: string;
  close: readonly string[];
  /** What unquoted text holds for certain without its end. */
  plain: RegExp;
}
interface Shape extends Brackets {
  meaning: Meaning;
}

const PLAIN = /[^[\](){}|"]*/y;
const TRAPEZOID = /[^[\](){}|"\\/]*/y;
const ELLIPSE = /[^[\](){}|"\\/-]*/y;

/** Longest opening first, so that `[[` is not read as `[`. */
const SHAPES: readonly Shape[] = [
  { open: '(((', close: [')))'], plain: PLAIN, meaning: 'end' },
  { open: '((', close: ['))'], plain: PLAIN, meaning: 'terminal' },
  { open: '([', close: ['])'], plain: PLAIN, meaning: 'terminal' },
  { open: '(-', close: ['-)', '/)'], plain: ELLIPSE, meaning: 'terminal' },
  { open: '[[', close: [']]'], plain: PLAIN, meaning: 'subflow' },
  { open: '[(', close: [')]'], plain: PLAIN, meaning: 'system' },
  { open: '[/', close: ['/]', '\\]'], plain: TRAPEZOID, meaning: 'screen' },
  { open: '[\\', close: ['\\]', '/]'], plain: TRAPEZOID, meaning: 'screen' },
  { open: '{{', close: ['}}'], plain: PLAIN, meaning: 'system' },
  { open: '{', close: ['}'], plain: PLAIN, meaning: 'decision' },
  { open: '[', close: [']'], plain: PLAIN, meaning: 'box' },
  { open: '(', close: [')'], plain: PLAIN, meaning: 'action' },
  { open: '>', close: [']'], plain: PLAIN, meaning: 'note' },
];
/** `A[|border:red|text]`: a box with a property, which is not kept. */
const PROPERTY = /\|[^|\]\n]*\|/y;

export interface ShapedText {
  text: Text;
  meaning: Meaning;
}

/** Reads `[text]`, `{"text"}` and so on if one begins here. */
export function readShape(cursor: Cursor): ShapedText | undefined {
  const first = cursor.peek();
  if (first !== '[' && first !== '(' && first !== '{' && first !== '>') return undefined;
  const shape = SHAPES.find(({ open }) => cursor.sees(open));
  if (!shape) return undefined;
  cursor.position += shape.open.length;
  if (shape.open === '[') cursor.match(PROPERTY);
  return { text: readText(cursor, shape), meaning: shape.meaning };
}

/** Text up to one of `close`; in quotes it may hold anything. Both kinds may span lines. */
export function readText(cursor: Cursor, { open, close, plain }: Brackets): Text {
  const line = cursor.line;
  const from = cursor.position;
  cursor.white();
  if (cursor.peek() === '"') {
    const text = readQuotedText(cursor);
    cursor.white();
    if (close.some((candidate) => cursor.take(candidate))) return text;
    throw cursor.fail(`expected "${close[0]}" after the quoted text, found ${cursor.excerpt}`, line);
  }
  cursor.position = from;
  cursor.match(plain);
  const end = findClose(cursor, close, open);
  if (end === undefined) {
    throw cursor.fail(
      `"${open}" is not closed: add "${close[0]}", and put text with brackets in double quotes`,
      line,
    );
  }
  const raw = cursor.source.slice(from, end.at);
  cursor.position = end.at + end.close.length;
  return { raw, markdown: false };
}

/**
 * A bracket of the same kind inside the text must be closed first: `[list[0]]`. Mermaid itself refuses such text, so
 * that what it takes for something else never ends here.
 */
function findClose(
  cursor: Cursor,
  closes: readonly string[],
  open: string,
): { at: number; close: string } | undefined {
  const nests = open.length === 1 && open !== '|' && open !== '>';
  const { source } = cursor;
  const first = new Set(closes.map((close) => close.charAt(0)));
  // Behind the first bracket the text must end with its line: what follows is likelier another statement.
  let end = source.length;
  let depth = 0;
  for (let at = cursor.position; at < end; at += 1) {
    const character = source.charAt(at);
    if (first.has(character)) {
      const close = closes.find((candidate) => source.startsWith(candidate, at));
      if (close !== undefined && depth === 0) return { at, close };
      if (close !== undefined) depth -= 1;
    } else if (nests && character === open) {
      depth += 1;
    }
    if (end === source.length && /[[\](){}|"]/u.test(character)) {
      const lineEnd = source.indexOf('\n', at);
      if (lineEnd >= 0) end = lineEnd;
    }
  }
  return undefined;
}

/** A double-quoted text that begins here; with backticks inside the quotes it is Markdown. */
export function readQuotedText(cursor: Cursor): Text {
  const raw = readQuoted(cursor);
  const markdown = raw.length > 1 && raw.startsWith('`') && raw.endsWith('`');
  return markdown ? { raw: raw.slice(1, -1), markdown } : { raw, markdown };
}

/** The inside of a double-quoted text that begins here. */
export function readQuoted(cursor: Cursor): string {
  const line = cursor.line;
  const from = cursor.position + 1;
  const end = cursor.source.indexOf('"', from);
  if (end < 0)
    throw cursor.fail(
      'a double quote is not closed: add the closing " (write a quote inside text as #quot;)',
      line,
    );
  cursor.position = end + 1;
  return cursor.source.slice(from, end);
}
