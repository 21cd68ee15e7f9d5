import type { NodeType } from '../../document/types.ts';
import type { Cursor } from './cursor.ts';

/**
 * What a shape usually means. `terminal` becomes start or end by title and position, `box` an action or screen by
 * title.
 */
export type Meaning = NodeType | 'terminal' | 'box';

interface Shape {
  open: string;
  close: readonly string[];
  meaning: Meaning;
}

/** Longest opening first, so that `[[` is not read as `[`. */
const SHAPES: readonly Shape[] = [
  { open: '(((', close: [')))'], meaning: 'end' },
  { open: '((', close: ['))'], meaning: 'terminal' },
  { open: '([', close: ['])'], meaning: 'terminal' },
  { open: '(-', close: ['-)'], meaning: 'terminal' },
  { open: '[[', close: [']]'], meaning: 'subflow' },
  { open: '[(', close: [')]'], meaning: 'system' },
  { open: '[/', close: ['/]', '\\]'], meaning: 'screen' },
  { open: '[\\', close: ['\\]', '/]'], meaning: 'screen' },
  { open: '{{', close: ['}}'], meaning: 'system' },
  { open: '{', close: ['}'], meaning: 'decision' },
  { open: '[', close: [']'], meaning: 'box' },
  { open: '(', close: [')'], meaning: 'action' },
  { open: '>', close: [']'], meaning: 'note' },
];

/** Shapes of the `id@{ shape: … }` syntax; what is not listed is a box. */
const NAMED_SHAPES: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...['stadium', 'pill', 'terminal', 'circle', 'circ'].map((name) => [name, 'terminal'] as const),
  ...['sm-circ', 'small-circle', 'start'].map((name) => [name, 'start'] as const),
  ...['dbl-circ', 'double-circle', 'fr-circ', 'framed-circle', 'stop'].map((name) => [name, 'end'] as const),
  ...['diam', 'diamond', 'decision', 'question'].map((name) => [name, 'decision'] as const),
  ...['subproc', 'subprocess', 'subroutine', 'fr-rect', 'framed-rectangle'].map(
    (name) => [name, 'subflow'] as const,
  ),
  ...['cyl', 'cylinder', 'database', 'db', 'hex', 'hexagon', 'prepare'].map(
    (name) => [name, 'system'] as const,
  ),
  ...['lean-r', 'lean-l', 'in-out', 'out-in', 'curv-trap', 'display'].map(
    (name) => [name, 'screen'] as const,
  ),
  ...['odd', 'flag', 'comment', 'brace', 'brace-l', 'brace-r', 'braces', 'notch-rect', 'card'].map(
    (name) => [name, 'note'] as const,
  ),
  ...['rounded', 'event', 'manual', 'trap-t'].map((name) => [name, 'action'] as const),
]);

export interface ShapedText {
  raw: string;
  meaning: Meaning;
}

/** Reads `[text]`, `{"text"}` and so on if one begins here. */
export function readShape(cursor: Cursor): ShapedText | undefined {
  const shape = SHAPES.find(({ open }) => cursor.source.startsWith(open, cursor.position));
  if (!shape) return undefined;
  cursor.position += shape.open.length;
  return { raw: readUntil(cursor, shape.close, shape.open), meaning: shape.meaning };
}

/** Text up to one of `closes`: in quotes it may hold anything and span lines, else it ends with its line. */
export function readUntil(cursor: Cursor, closes: readonly string[], open: string): string {
  const line = cursor.line;
  const from = cursor.position;
  cursor.run((character) => /\s/u.test(character));
  if (cursor.peek() === '"') {
    const text = readQuoted(cursor);
    cursor.run((character) => /\s/u.test(character));
    if (closes.some((close) => cursor.take(close))) return text;
    throw cursor.fail(`expected "${closes[0]}" after the quoted text, found ${cursor.excerpt}`, line);
  }
  cursor.position = from;
  const end = findClose(cursor, closes, open);
  if (end === undefined) {
    throw cursor.fail(
      `"${open}" is not closed: add "${closes[0]}", and put text with brackets in double quotes`,
      line,
    );
  }
  const text = cursor.source.slice(from, end.at);
  cursor.position = end.at + end.close.length;
  return text;
}

/** A bracket of the same kind inside the text must be closed first: `[list[0]]`. */
function findClose(
  cursor: Cursor,
  closes: readonly string[],
  open: string,
): { at: number; close: string } | undefined {
  const nests = open.length === 1 && open !== '|' && open !== '>';
  const end = cursor.lineEnd;
  let depth = 0;
  for (let at = cursor.position; at < end; at += 1) {
    const close = closes.find((candidate) => cursor.source.startsWith(candidate, at));
    if (close !== undefined && depth === 0) return { at, close };
    if (close !== undefined) depth -= 1;
    else if (nests && cursor.source.charAt(at) === open) depth += 1;
  }
  return undefined;
}

/** The inside of a double-quoted text that begins here. */
export function readQuoted(cursor: Cursor): string {
  const line = cursor.line;
  cursor.position += 1;
  const end = cursor.source.indexOf('"', cursor.position);
  if (end < 0)
    throw cursor.fail(
      'a double quote is not closed: add the closing " (write a quote inside text as #quot;)',
      line,
    );
  const text = cursor.source.slice(cursor.position, end);
  cursor.position = end + 1;
  return text;
}

/** Reads the fields of `@{ shape: diam, label: "Text" }`, behind the `@{`. */
export function readFields(cursor: Cursor): { raw?: string; meaning?: Meaning } {
  const line = cursor.line;
  const fields = new Map<string, string>();
  for (;;) {
    cursor.run((character) => /[\s,]/u.test(character));
    if (cursor.take('}')) break;
    const key = cursor.run((character) => /[\w-]/u.test(character));
    cursor.spaces();
    if (key === '' || !cursor.take(':'))
      throw cursor.fail('expected "name: value" pairs and a closing "}" after "@{"', line);
    cursor.spaces();
    const value =
      cursor.peek() === '"' ? readQuoted(cursor) : cursor.run((character) => !/[,}\n]/u.test(character));
    fields.set(key, value.trim());
  }
  const raw = fields.get('label'),
    shape = fields.get('shape');
  return {
    ...(raw === undefined ? {} : { raw }),
    ...(shape === undefined ? {} : { meaning: NAMED_SHAPES.get(shape.toLowerCase()) ?? 'box' }),
  };
}
